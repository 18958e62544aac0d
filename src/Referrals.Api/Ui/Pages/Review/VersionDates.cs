using System.Collections.Concurrent;
using Referrals.Engine;
using Referrals.Engine.Chains;

namespace Referrals.Api.Ui.Pages.Review;

/// <summary>Since when versions of chains are in force. What was read is kept for a minute.</summary>
public sealed class VersionDates(ChainService chains, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ChainId, (DateTimeOffset At, IReadOnlyDictionary<int, DateOnly> Days)> _read = new();

    /// <summary>The day in Europe/Berlin on which each version came into force that ever was, by chain and number.</summary>
    /// <param name="of">The chains asked for.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyDictionary<(ChainId Chain, int Version), DateOnly>> OfAsync(IEnumerable<ChainId> of, CancellationToken ct)
    {
        var all = new Dictionary<(ChainId, int), DateOnly>();
        foreach (var chain in of)
        {
            foreach (var (version, day) in await DaysAsync(chain, ct))
            {
                all[(chain, version)] = day;
            }
        }

        return all;
    }

    private async Task<IReadOnlyDictionary<int, DateOnly>> DaysAsync(ChainId chain, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (_read.TryGetValue(chain, out var read) && now - read.At < Kept)
        {
            return read.Days;
        }

        var versions = await chains.FindAsync(chain, ct) is { Chain.Versions: var found } ? found.Values : [];
        var days = versions.Where(v => v.InForceAt is not null).ToDictionary(v => v.Definition.Version, v => WorkingCalendar.LocalDay(v.InForceAt!.Value));
        _read[chain] = (now, days);
        return days;
    }
}
