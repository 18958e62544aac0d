using System.Text.Json;
using System.Text.Json.Serialization;
using Referrals.Engine.History;

namespace Referrals.Engine.Chains;

/// <summary>One line of the list of chains.</summary>
/// <param name="Id">The chain.</param>
/// <param name="Title">Title of the version in force, else of the newest, else of the draft.</param>
/// <param name="Coordinator">Who coordinates it.</param>
/// <param name="Status"><c>in-force</c> where a version is, else where the newest stands, else <c>draft</c>.</param>
/// <param name="Silent">Partners whose word on an open proposal is missing.</param>
/// <param name="HasDraft">Whether the coordinator is working on a next version.</param>
/// <param name="ChangedAt">The last change.</param>
/// <param name="InForce">Number of the version in force, or null.</param>
/// <param name="ContentHash">Hash of the version in force, or null.</param>
/// <param name="Latest">Number of the newest version proposed, or null.</param>
/// <param name="LatestStatus">Where that stands, or null.</param>
/// <param name="From">The day from which the newest version is to be in force, where it waits for that or for agreement; else null.</param>
/// <param name="Withdrawn">Partners that withdrew from the version in force: the chain needs a new one. Null: none.</param>
/// <param name="LatestWasAgreed">Whether the newest version was in force at some time; null: there is none, or the row is older than this field.</param>
public sealed record ChainListItem(
    ChainId Id,
    LocalText Title,
    OrganisationId Coordinator,
    string Status,
    IReadOnlyList<OrganisationId> Silent,
    bool HasDraft,
    DateTimeOffset ChangedAt,
    int? InForce = null,
    string? ContentHash = null,
    int? Latest = null,
    ChainStatus? LatestStatus = null,
    DateOnly? From = null,
    IReadOnlyList<OrganisationId>? Withdrawn = null,
    bool? LatestWasAgreed = null)
{
    /// <summary>Whether a partner of the version in force ended its agreement.</summary>
    [JsonIgnore]
    public bool NeedsNewVersion => Withdrawn is { Count: > 0 };
}

/// <summary>The rows that are written with each change of a chain.</summary>
public static class ChainBoard
{
    /// <summary>The list of chains in the network's tenant.</summary>
    public const string List = "chains";

    /// <summary>Kind of a chain's stream.</summary>
    public const string StreamType = "chain";

    /// <summary>Status of a chain of which nothing was proposed yet.</summary>
    public const string Draft = "draft";

    /// <summary>The stream of a chain.</summary>
    public static StreamName Stream(ChainId id) => new(StreamName.Network, StreamType, Codes.StableGuid("chain", id.Value));

    /// <summary>The rows after a change.</summary>
    public static IReadOnlyList<RowChange> Rows(ChainState state, DateTimeOffset now)
    {
        if (state is { Draft: null, Versions.IsEmpty: true })
        {
            return [new RowChange.DropListRow(StreamName.Network, List, Codes.StableGuid("chain", state.Id.Value))];
        }

        var item = Item(state, now);
        return
        [
            new RowChange.PutListRow(new ListRow(
                StreamName.Network, List, Codes.StableGuid("chain", state.Id.Value), item.Status, state.Id.Value, item.Coordinator.Value,
                null, now, JsonSerializer.Serialize(item, EventCodec.Json))),
            Due(state),
        ];
    }

    /// <summary>When the chain next needs a decision because time has passed.</summary>
    public static RowChange Due(ChainState state) => new RowChange.SetDue(Stream(state.Id), state.DueAt);

    /// <summary>The line of a row.</summary>
    public static ChainListItem Read(ListRow row) =>
        JsonSerializer.Deserialize<ChainListItem>(row.Data, EventCodec.Json) ?? throw new JsonException("a chain's row is null");

    /// <summary>The code of a status, as lists filter by it.</summary>
    public static string StatusCode(ChainStatus status) => JsonNamingPolicy.KebabCaseLower.ConvertName(status.ToString());

    private static ChainListItem Item(ChainState state, DateTimeOffset now)
    {
        var (inForce, latest) = (state.InForce, state.Latest);
        var shown = (inForce ?? latest)?.Definition ?? state.Draft ?? throw new InvalidOperationException($"chain {state.Id} has no content");
        return new ChainListItem(
            state.Id, shown.Title, state.Coordinator ?? shown.Coordinator,
            (inForce ?? latest)?.Status is { } status ? StatusCode(status) : Draft,
            latest?.Status == ChainStatus.Proposed ? [.. latest.Silent()] : [], state.Draft is not null, now,
            inForce?.Definition.Version, inForce?.ContentHash, latest?.Definition.Version, latest?.Status,
            latest is { Status: ChainStatus.Proposed or ChainStatus.Agreed } ? latest.From : null,
            state.NeedsNewVersion ? [.. inForce!.Withdrawals.OrderBy(w => w.Value.At).Select(w => w.Key)] : null, latest?.WasAgreed);
    }
}
