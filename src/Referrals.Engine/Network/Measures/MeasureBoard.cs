using System.Text.Json;
using Referrals.Engine.History;

namespace Referrals.Engine.Network.Measures;

/// <summary>The rows that are written with each change of a measure.</summary>
public static class MeasureBoard
{
    /// <summary>The list, in the network's tenant: status is how it stands, subject the chain, counterpart the partner, due the day until which.</summary>
    public const string List = "measures";

    /// <summary>The stream of a measure.</summary>
    public static StreamName Stream(MeasureId id) => new(StreamName.Network, "measure", id.Value);

    /// <summary>The rows after a change.</summary>
    public static IReadOnlyList<RowChange> Rows(MeasureState state) =>
    [
        new RowChange.PutListRow(new ListRow(
            StreamName.Network, List, state.Id.Value, Code(state.Status), state.Plan.Chain?.Value ?? "", state.Plan.Partner?.Value,
            null, state.NotedAt, JsonSerializer.Serialize(state, EventCodec.Json))),
    ];

    /// <summary>The measure of a row.</summary>
    public static MeasureState Read(ListRow row) =>
        JsonSerializer.Deserialize<MeasureState>(row.Data, EventCodec.Json) ?? throw new JsonException("a measure's row is null");

    /// <summary>The code of a status.</summary>
    public static string Code(MeasureStatus status) => JsonNamingPolicy.KebabCaseLower.ConvertName(status.ToString());
}
