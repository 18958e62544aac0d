using System.Text.Json;
using System.Text.Json.Serialization;

namespace Referrals.Engine.History;

/// <summary>What of an event's context has no column of its own, as Marten's <c>headers</c>.</summary>
internal sealed record EventHeaders(string? Organisation, [property: JsonPropertyName("traceparent")] string? TraceParent)
{
    /// <summary>The headers as JSON, or null when there are none.</summary>
    public static string? Write(EventContext context) =>
        context.Organisation is null && context.TraceParent is null
            ? null
            : JsonSerializer.Serialize(new EventHeaders(context.Organisation, context.TraceParent), EventCodec.Json);
}
