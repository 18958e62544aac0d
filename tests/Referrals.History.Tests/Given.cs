using System.Text.Json.Serialization;
using Referrals.Engine;
using Referrals.Engine.History;

namespace Referrals.History.Tests;

public sealed record Opened(string Title);

public sealed record Counted(int Number, string? Note = null);

public sealed record Moved(Shape To);

public sealed record Told(int Number, [property: Sealed] string? Words = null, [property: Sealed] string? More = null);

[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Square), "square")]
public abstract record Shape
{
    private Shape() { }

    public sealed record Circle(decimal R) : Shape;

    public sealed record Square(decimal A) : Shape;
}

/// <summary>What the tests write: events of their own, so that no change of the domain touches them.</summary>
public static class Given
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(1));

    public static EventCodec Codec { get; } = new(
        new EventType("opened", typeof(Opened)),
        new EventType("counted_v2", typeof(Counted), new Upcast("counted", old => new() { ["number"] = old["count"]!.DeepClone() })),
        new EventType("moved", typeof(Moved)),
        new EventType("told", typeof(Told)));

    public static EventContext Context(string user = "frau-muster") => new(Noon, user, "jobcenter-elbland", "request-1", "message-1", "00-aa-bb-01");

    public static StreamName Stream(string tenant = "alpha", string type = "thing") => new(tenant, type, Guid.NewGuid());

    public static Append Append(StreamName stream, long expected, params IReadOnlyList<object> events) =>
        Referrals.Engine.History.Append.To(stream, expected, events, Context());

    public static Append Rows(params IReadOnlyList<RowChange> rows) => new(Context(), [], rows);

    public static ListRow Row(string tenant, string list, Guid id, int minutes = 0, string status = "open", DateTimeOffset? due = null) =>
        new(tenant, list, id, status, "chain-a", "kita-am-park", due, Noon.AddMinutes(minutes), """{"title":"x"}""");
}
