using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Referrals;
using Referrals.Workers.Commands.Drive;

namespace Referrals.Workers.Commands.Demo;

/// <summary>One referral of the history. Between two slots the simulation reads it; within a slot only its lane does.</summary>
internal sealed class CaseLife(HistoryOrder order, Arrival arrival)
{
    private int _ids;

    /// <summary>How it came.</summary>
    public Arrival Arrival { get; } = arrival;

    /// <summary>Its chance.</summary>
    public Dice Dice { get; } = new(order.Seed, arrival.Index);

    /// <summary>Its identity.</summary>
    public ReferralId Id { get; } = new(IdOf(order, arrival.Index, 0));

    /// <summary>Where it stands; null before its start.</summary>
    public ReferralState? State { get; set; }

    /// <summary>What it waits for.</summary>
    public FlowResult Next { get; set; } = new([], [], null);

    /// <summary>The version of the chain that it runs on.</summary>
    public ChainVersion Chain { get; set; } = null!;

    /// <summary>The last time at which something happened in it.</summary>
    public DateTimeOffset LastAt { get; set; }

    /// <summary>When it is looked at next because time has passed.</summary>
    public DateTimeOffset? WakesAt { get; set; }

    /// <summary>What partners do for it, by assignment.</summary>
    public Dictionary<AssignmentId, Job> Jobs { get; } = [];

    /// <summary>Its streams, as far as written by this history and still needed.</summary>
    public Dictionary<StreamName, List<RecordedEvent>> Streams { get; } = [];

    /// <summary>Streams that are only in the log any more.</summary>
    public HashSet<StreamName> Shelved { get; } = [];

    /// <summary>The rows by which a partner's message finds the referral.</summary>
    public Dictionary<Guid, ListRow> OfferRows { get; } = [];

    /// <summary>What the caseworker has in mind to decide.</summary>
    public HashSet<string> Attended { get; } = [];

    /// <summary>Whether it is or will be opened once more; once is enough.</summary>
    public bool HasBeenReopened { get; set; }

    /// <summary>Whether it runs.</summary>
    public bool IsOpen => State is { Ended: null };

    /// <summary>The next id; the same for the same seed.</summary>
    public Guid NewId() => IdOf(order, Arrival.Index, ++_ids);

    /// <summary>Who looks after it.</summary>
    public Actor Caseworker(string? by = null) => new(by ?? State?.Caseworker ?? "demo", Arrival.Holder);

    /// <summary>Lets go of its streams after its end; if it is opened again, they are read from the log.</summary>
    public void Shelve()
    {
        Shelved.UnionWith(Streams.Keys);
        Streams.Clear();
        foreach (var gone in Jobs.Where(j => j.Value.Stage == JobStage.Gone).Select(j => j.Key).ToList())
        {
            Jobs.Remove(gone);
        }
    }

    private static Guid IdOf(HistoryOrder order, int index, int number) => Codes.StableGuid("history", $"{order.Seed} {order.From:O}", $"{index}", $"{number}");
}
