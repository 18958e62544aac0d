using System.Text.Json;
using Referrals.Engine.History;

namespace Referrals.Engine.Network.Organisations;

/// <summary>One line of the network's directory.</summary>
public sealed record OrganisationListItem(
    OrganisationId Id,
    OrganisationProfile Profile,
    InitialAnalysis? Analysis,
    IReadOnlyList<ServiceItem> Services,
    DateTimeOffset RegisteredAt,
    DateTimeOffset ChangedAt)
{
    /// <summary>When it left the network; null: it belongs to it.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>Its keys for contact cards, oldest first; <see cref="CardKey.Current"/> says to which one is sealed now.</summary>
    public IReadOnlyList<CardKey> CardKeys { get; init; } = [];
}

/// <summary>A service in the directory, and how much of it is free where that was reported.</summary>
public sealed record ServiceItem(string Service, Capacity? Capacity);

/// <summary>The rows that are written with each change of an organisation.</summary>
public static class OrganisationBoard
{
    /// <summary>The directory, in the network's tenant, so that every organisation can read it: status is the kind, subject the first policy field.</summary>
    public const string List = "organisations";

    /// <summary>The stream of an organisation, in its own tenant.</summary>
    public static StreamName Stream(OrganisationId id) => new(id.Value, "organisation", RowId(id));

    /// <summary>Identity of its row in the directory.</summary>
    public static Guid RowId(OrganisationId id) => Codes.StableGuid("organisation", id.Value);

    /// <summary>The rows after a change.</summary>
    public static IReadOnlyList<RowChange> Rows(OrganisationState state, DateTimeOffset now)
    {
        var item = new OrganisationListItem(
            state.Id, state.Profile, state.Analysis,
            [.. state.Services.Select(s => new ServiceItem(s, state.Capacities.GetValueOrDefault(s)))],
            state.RegisteredAt, now)
        {
            LeftAt = state.LeftAt,
            CardKeys = state.CardKeys,
        };
        return
        [
            new RowChange.PutListRow(new ListRow(
                StreamName.Network, List, RowId(state.Id), state.Profile.Kind, state.Profile.PolicyFields[0], null, null,
                state.RegisteredAt, JsonSerializer.Serialize(item, EventCodec.Json))),
        ];
    }

    /// <summary>The line of a row.</summary>
    public static OrganisationListItem Read(ListRow row) =>
        JsonSerializer.Deserialize<OrganisationListItem>(row.Data, EventCodec.Json) ?? throw new JsonException("an organisation's row is null");
}
