using Referrals.Engine.History;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Chains;

/// <summary>What somebody did with a version of a chain.</summary>
public enum ChainAct
{
    /// <summary>Laid it before its partners.</summary>
    Proposed,

    /// <summary>Agreed to it.</summary>
    Agreed,

    /// <summary>Objected to it.</summary>
    Objected,

    /// <summary>Ended its agreement.</summary>
    Withdrew,

    /// <summary>All had agreed and its day had come.</summary>
    PutInForce,

    /// <summary>Took it out of use, or back.</summary>
    Retired,
}

/// <summary>As what somebody acted on a chain.</summary>
public enum ChainRole
{
    /// <summary>Coordinates it.</summary>
    Coordinator,

    /// <summary>Was asked for its word.</summary>
    Partner,

    /// <summary>Administers the network.</summary>
    Administrator,
}

/// <summary>One entry of the record of a chain: who did what, and when.</summary>
/// <param name="Act">What was done.</param>
/// <param name="Version">Number of the version.</param>
/// <param name="ContentHash">The hash of the content that it was done to.</param>
/// <param name="Organisation">The organisation in whose name it was done; null: by the rule alone.</param>
/// <param name="Person">Sign-in name of the person, or name of the client or worker.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Reason">Why, in the organisation's words; null: none was given.</param>
/// <param name="LeftNetwork">Whether it was done because the organisation left the network.</param>
/// <param name="From">The day from which the version was to be in force, if it was proposed with one.</param>
public sealed record ChainEntry(
    ChainAct Act, int Version, string ContentHash, OrganisationId? Organisation, string Person, DateTimeOffset At, Note? Reason = null, bool LeftNetwork = false,
    DateOnly? From = null)
{
    /// <summary>The organisation that the person acted for; null: none, or not known.</summary>
    public OrganisationId? PersonOf { get; init; }

    /// <summary>As what the person acted; null: the rule alone.</summary>
    public ChainRole? As => Act switch
    {
        ChainAct.Proposed or ChainAct.Retired => ChainRole.Coordinator,
        ChainAct.Agreed or ChainAct.Objected or ChainAct.Withdrew => LeftNetwork ? ChainRole.Administrator : ChainRole.Partner,
        ChainAct.PutInForce => null,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Whether a partner said something of the version with it.</summary>
    public bool IsPartnersWord => Act is ChainAct.Agreed or ChainAct.Objected or ChainAct.Withdrew;
}

/// <summary>The record of a chain: what the log knows of who said what of which content.</summary>
public static class ChainRecord
{
    /// <summary>Names of the events that make the record: all but drafts, of which a chain may have thousands, and what is beside the versions.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [
        .. ChainEventTypes.All.Where(t => t.Clr != typeof(ChainEvent.Drafted) && t.Clr != typeof(ChainEvent.DraftUndone)
            && t.Clr != typeof(ChainEvent.DraftRedone) && t.Clr != typeof(ChainEvent.DraftDiscarded) && t.Clr != typeof(ChainEvent.RetentionSet)).SelectMany(t => t.Upcasts.Select(u => u.Name).Prepend(t.Name)),
    ];

    /// <summary>The entries of a chain's history, the oldest first; what was only drafted is none.</summary>
    public static IReadOnlyList<ChainEntry> Of(IEnumerable<RecordedEvent> history)
    {
        var (entries, hashes) = (new List<ChainEntry>(), new Dictionary<int, string>());
        foreach (var recorded in history)
        {
            if (recorded.Data is ChainEvent.Proposed proposed)
            {
                hashes[proposed.Definition.Version] = proposed.ContentHash;
            }

            if (Entry(recorded) is { } entry)
            {
                entries.Add(entry with
                {
                    ContentHash = hashes.GetValueOrDefault(entry.Version, ""),
                    PersonOf = recorded.Context.Organisation is { } o ? new OrganisationId(o) : null,
                });
            }
        }

        return entries;
    }

    private static ChainEntry? Entry(RecordedEvent recorded)
    {
        var (person, by) = (recorded.Context.User, recorded.Context.Organisation is { } o ? new OrganisationId(o) : (OrganisationId?)null);
        return (ChainEvent)recorded.Data switch
        {
            ChainEvent.Proposed e => new(ChainAct.Proposed, e.Definition.Version, "", by, person, e.At, From: e.From),
            ChainEvent.Agreed e => new(ChainAct.Agreed, e.Version, "", e.Partner, person, e.At),
            ChainEvent.Objected e => new(ChainAct.Objected, e.Version, "", e.Partner, person, e.At, e.Reason, e.Code == ChainEvent.Objected.LeftNetwork),
            ChainEvent.PartnerWithdrew e => new(ChainAct.Withdrew, e.Version, "", e.Partner, person, e.At, e.Reason, e.Left),
            ChainEvent.PutInForce e => new(ChainAct.PutInForce, e.Version, "", null, person, e.At),
            ChainEvent.Retired e => new(ChainAct.Retired, e.Version, "", by, person, e.At),
            ChainEvent.Drafted or ChainEvent.DraftUndone or ChainEvent.DraftRedone or ChainEvent.DraftDiscarded or ChainEvent.RetentionSet => null,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
