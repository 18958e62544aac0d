using Referrals.Engine.Chains;
using Referrals.Engine.History;

namespace Referrals.Workers.Commands.Demo;

/// <summary>Many lanes side by side, in step: what is done in one slot shares transactions, and no lane begins the next slot before all are done.</summary>
internal sealed class Lanes
{
    private readonly Lane[] _lanes;

    /// <param name="log">The real log.</param>
    /// <param name="chains">The chains, for all lanes.</param>
    /// <param name="began">Where time begins.</param>
    /// <param name="count">How many.</param>
    public Lanes(IEventLog log, ChainService chains, DateTimeOffset began, int count) =>
        _lanes = [.. Enumerable.Range(0, count).Select(_ => new Lane(log, chains, began))];

    /// <summary>Does all this, each referral in its lane, and gives what happened in the order of time.</summary>
    public async Task<IReadOnlyList<Happening>> DoAsync(IEnumerable<(CaseLife Life, IReadOnlyList<Deed> Deeds)> slot, CancellationToken ct)
    {
        var lanes = slot.GroupBy(s => s.Life.Arrival.Index % _lanes.Length);
        var done = await Task.WhenAll(lanes.Select(lane => DoAsync(_lanes[lane.Key], lane, ct)));

        // The sort is stable: what happened at the same instant in one referral stays in its order.
        return [.. done.SelectMany(h => h).OrderBy(h => h.At).ThenBy(h => h.Life.Arrival.Index)];
    }

    private static async Task<List<Happening>> DoAsync(Lane lane, IEnumerable<(CaseLife Life, IReadOnlyList<Deed> Deeds)> work, CancellationToken ct)
    {
        var happenings = new List<Happening>();
        foreach (var (life, deeds) in work)
        {
            await lane.DoAsync(life, deeds, happenings, ct);
        }

        return happenings;
    }
}
