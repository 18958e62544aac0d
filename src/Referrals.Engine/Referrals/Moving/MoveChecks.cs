using System.Text.Json;
using Referrals.Engine.Chains;
using Referrals.Engine.History;

namespace Referrals.Engine.Referrals.Moving;

/// <summary>
/// Holds what has happened in a referral against another version of its chain. What is with a partner was agreed with that partner as it was
/// offered: the new version has to have the step at the same place, with the same partner, and on the same terms.
/// </summary>
internal sealed class MoveChecks(ReferralState state, ChainVersion from, ChainVersion to)
{
    private readonly ChainPlaces _to = new(to);
    private readonly List<MoveObstacle> _obstacles = [];

    /// <summary>What stands in the way; empty: nothing.</summary>
    public IReadOnlyList<MoveObstacle> Obstacles => _obstacles;

    /// <summary>Places reached that the new version doesn't have.</summary>
    public IReadOnlyList<Place> Left =>
    [
        .. state.Runs.Keys.Where(p => !Has<ChainNode.Step>(p))
            .Concat(state.Branches.Keys.Where(p => !Has<ChainNode.Choice>(p)))
            .Concat(state.Repeats.Keys.Where(p => !Has<ChainNode.Repeat>(p)))
            .Concat(state.Parts.Keys.Where(p => !Has<ChainNode.Optional>(p)))
            .OrderBy(p => p.Value, StringComparer.Ordinal),
    ];

    /// <summary>The numbers of the branches taken as the new version counts them, where they differ.</summary>
    public SortedDictionary<Place, int?> Branches { get; } = new(Comparer<Place>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value)));

    /// <summary>
    /// Working days agreed for what is with a partner, where the new version says otherwise: the partner counts by what it was offered, also when it takes an
    /// acceptance back.
    /// </summary>
    public Dictionary<AssignmentId, int?> CompleteWithin => state.OpenOffers
        .Where(o => Agreed(o) != to.FindStep(o.Step)?.CompleteWithin || o.Agreed is not null)
        .OrderBy(o => o.Assignment.Value)
        .ToDictionary(o => o.Assignment, Agreed);

    /// <summary>Optional parts of the new version in which something happened already, so that they are included.</summary>
    public IEnumerable<Place> Included =>
        from part in _to.Nodes.OfType<ChainNode.Optional>()
        from run in state.Runs.Keys
        where Has<ChainNode.Step>(run)
        let place = _to.Around(part.Id, run)
        where place is not null && !state.Parts.ContainsKey(place.Value) && !state.Start.Parts.ContainsKey(part.Id)
        group run by place.Value into reached
        orderby reached.Key.Value
        select reached.Key;

    /// <summary>What the consent still covers: nothing that it was not given for; null: it stays as it is.</summary>
    public Consent? Consent()
    {
        if (state.Consent is not { } consent)
        {
            return null;
        }

        var covered = to.Steps().Where(s => consent.Steps?.Contains(s.Id) != false && from.FindStep(s.Id) is { } before && AsksNoMore(s, before)).Select(s => s.Id).ToList();
        return covered.Count == (consent.Steps ?? [.. to.Steps().Select(s => s.Id)]).Count ? null : consent with { Steps = covered };
    }

    /// <summary>What the release from secrecy still covers, as the consent; null: it stays as it is.</summary>
    public Release? Release()
    {
        var covered = state.Release?.Steps.Where(s => to.FindStep(s) is { Secrecy: true } now && from.FindStep(s) is { } before && AsksNoMore(now, before)).ToList();
        return covered is null || covered.Count == state.Release!.Steps.Count ? null : state.Release with { Steps = covered };
    }

    // To the same partners, for the same, with no more of what is known of the client.
    private static bool AsksNoMore(ChainNode.Step now, ChainNode.Step before) =>
        now.Service == before.Service && now.Partners.All(before.Partners.Contains) && now.PassFacts.All(before.PassFacts.Contains)
        && now.ReturnFacts.All(before.ReturnFacts.Contains) && now.Feedback <= before.Feedback;

    public void Run()
    {
        if (state.Start.Note?.Kept is not null && !to.KeepsNames)
        {
            Add("names-not-kept", null, "In der Notiz stehen Namen, was die neue Fassung nicht zulässt.", "The note has names, which the new version doesn't let stay.");
        }

        foreach (var run in state.Runs.OrderBy(r => r.Key.Value, StringComparer.Ordinal))
        {
            CheckRun(run.Key, run.Value);
        }

        foreach (var (place, taken) in state.Branches.OrderBy(b => b.Key.Value, StringComparer.Ordinal))
        {
            CheckBranch(place, taken);
        }

        foreach (var (place, rounds) in state.Repeats.OrderBy(r => r.Key.Value, StringComparer.Ordinal))
        {
            if (Has<ChainNode.Repeat>(place) && (rounds.Again ? rounds.Ended + 1 : rounds.Ended) > _to.Find<ChainNode.Repeat>(place.Node)!.MaxRounds)
            {
                Add("rounds-exceeded", place.Node, "hat schon mehr Runden, als die neue Fassung erlaubt.", "has had more rounds than the new version allows.");
            }
        }

        foreach (var (name, value) in state.Facts)
        {
            if (to.FindFact(name) is { } fact && !fact.Type.Allows(value))
            {
                Add("fact-value", null,
                    $"Die Angabe „{fact.Title.De}“ hat einen Wert, den die neue Fassung nicht kennt.", $"The fact “{fact.Title.En ?? fact.Title.De}” has a value that the new version doesn't know.");
            }
        }
    }

    private int? Agreed(Offer offer) => offer.Agreed is { } agreed ? agreed.Days : from.Step(offer.Step).CompleteWithin;

    private bool Has<T>(Place place)
        where T : ChainNode => _to.Has(place) && _to.Find<T>(place.Node) is not null;

    private void CheckRun(Place place, StepRun run)
    {
        var open = run.Offers.Select(id => state.Offers[id]).Where(o => o.IsOpen).ToList();
        if (_to.Find<ChainNode.Step>(place.Node) is not { } step)
        {
            if (open.Count > 0)
            {
                Add("step-gone", place.Node, "liegt bei einem Partner und kommt in der neuen Fassung nicht vor.", "is with a partner and isn't in the new version.");
            }
        }
        else if (!_to.Has(place))
        {
            Add("step-elsewhere", place.Node, "steht in der neuen Fassung an anderer Stelle (in oder außerhalb einer Wiederholung).", "is elsewhere in the new version (in or outside a repeat).");
        }
        else
        {
            open.ForEach(offer => CheckOffer(offer, step));
        }
    }

    private void CheckOffer(Offer offer, ChainNode.Step step)
    {
        if (from.FederalState != to.FederalState)
        {
            Add("calendar-differs", step.Id, "liegt bei einem Partner, und die neue Fassung zählt andere Feiertage.", "is with a partner, and the new version counts other public holidays.");
        }

        if (!step.Partners.Contains(offer.Partner))
        {
            Add("partner-gone", step.Id, "liegt bei einem Partner, den die neue Fassung dafür nicht nennt.", "is with a partner that the new version doesn't name for it.");
        }
        else if (Terms(step) != Terms(from.Step(step.Id)))
        {
            Add("terms-differ", step.Id,
                "liegt bei einem Partner, und die neue Fassung vereinbart dafür andere Leistung, Ergebnisse, Angaben oder Rückmeldung.",
                "is with a partner, and the new version agrees on another service, outcomes, facts or feedback for it.");
        }
    }

    // Times may differ: what was offered keeps those that were agreed then.
    private static string Terms(ChainNode.Step step) =>
        $"{step.Service}|{step.Feedback}|{step.Secrecy}|{Join(step.Outcomes)}|{Join(step.PassFacts)}|{Join(step.ReturnFacts)}";

    private static string Join(IEnumerable<string> codes) => string.Join(',', codes.Order(StringComparer.Ordinal));

    private void CheckBranch(Place place, int? taken)
    {
        if (taken is not { } branch || !Has<ChainNode.Choice>(place) || _to.Find<ChainNode.Choice>(place.Node) is not { } now
            || from.Nodes().FirstOrDefault(n => n.Id == place.Node) is not ChainNode.Choice before)
        {
            return;
        }

        if (Number(before, branch, now) is not { } number)
        {
            Add("branch-gone", now.Id, "ging einen Weg, den es in der neuen Fassung so nicht gibt.", "took a way that the new version doesn't have.");
        }
        else if (number != branch)
        {
            Branches[place] = number;
        }
    }

    private static int? Number(ChainNode.Choice before, int branch, ChainNode.Choice now)
    {
        if (branch == before.Branches.Count)
        {
            return now.Otherwise is null ? null : now.Branches.Count;
        }

        var asked = Json(before.Branches[branch].When);
        var found = now.Branches.ToList().FindIndex(b => Json(b.When) == asked);
        return found < 0 ? null : found;
    }

    private static string Json(Condition condition) => JsonSerializer.Serialize(condition, EventCodec.Json);

    public void Add(string code, NodeId? node, string de, string en)
    {
        var title = node is { } id ? (from.Nodes().Concat(to.Nodes()).FirstOrDefault(n => n.Id == id)?.Title ?? new LocalText(id.Value)) : null;
        var message = title is null ? new LocalText(de, en) : new LocalText($"„{title.De}“ {de}", $"“{title.En ?? title.De}” {en}");
        if (!_obstacles.Exists(o => o.Code == code && o.Node == node && o.Message == message))
        {
            _obstacles.Add(new MoveObstacle(code, message, node));
        }
    }
}
