using Referrals.Engine.Chains;
using Referrals.Engine.Review.Reading;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.WhatIf.Jobs;

/// <summary>What there is to rest on now.</summary>
/// <param name="Basis">The model; null while it is being made, or where there is too little history.</param>
/// <param name="IsPreparing">Whether it is being made, or the history is being read for the first time.</param>
public sealed record WhatIfStanding(WhatIfBasis? Basis, bool IsPreparing);

/// <summary>
/// The model that questions rest on, one for a process: kept for some minutes, so that what a group asks one after the other can be compared,
/// and fitted on a thread of its own.
/// </summary>
public sealed class WhatIfModels(OwnReview own, ChainService chains, ReviewOptions options, TimeProvider time)
{
    private static readonly TimeSpan ErrorsKept = TimeSpan.FromDays(1);
    private static readonly TimeSpan FirstRead = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private WhatIfBasis? _basis;
    private DateTimeOffset _fittedAt;
    private Task<WhatIfStanding>? _fitting;
    private (DateTimeOffset At, IReadOnlyList<PredictionError> Errors)? _errors;

    /// <summary>The model, no older than <see cref="ReviewOptions.ModelKept"/> unless making another one takes longer than the caller waits.</summary>
    /// <param name="patience">How long to wait while it is being made; making goes on whoever stops waiting.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<WhatIfStanding> LatestAsync(TimeSpan patience, CancellationToken ct)
    {
        if (_basis is { } known && time.GetUtcNow() - _fittedAt < options.ModelKept)
        {
            return new(known, false);
        }

        try
        {
            return await Begin().WaitAsync(patience, time, ct);
        }
        catch (TimeoutException)
        {
            // One that is a little old is better than none.
            return new(_basis, _basis is null);
        }
    }

    /// <summary>How far off the simulation is on this network's own history: see <see cref="Validation"/>. Looked at once a day; takes some seconds then.</summary>
    public async Task<IReadOnlyList<PredictionError>> ErrorsAsync(CancellationToken ct)
    {
        if (_errors is { } kept && time.GetUtcNow() - kept.At < ErrorsKept)
        {
            return kept.Errors;
        }

        if (await own.LatestAsync(FirstRead, ct) is not { } table || WhatIfBasis.Begin(table) is not { } begin)
        {
            return [];
        }

        var known = await VersionsAsync(ct);
        var errors = await Apart(() => Validation.Run(
            table, Simulated(known, table), begin, begin + ((table.AsOf - begin) / 2), table.AsOf, arrivalsAsObserved: true, new() { Replications = 10 }, ct)?.Errors ?? [], ct);
        _errors = (time.GetUtcNow(), errors);
        return errors;
    }

    /// <summary>Runs something long on a thread of its own.</summary>
    public static Task<T> Apart<T>(Func<T> work, CancellationToken ct) => Task.Factory.StartNew(work, ct, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private Task<WhatIfStanding> Begin()
    {
        lock (_lock)
        {
            return _fitting is { IsCompleted: false } running ? running : _fitting = Task.Run(() => FitAsync(CancellationToken.None));
        }
    }

    private async Task<WhatIfStanding> FitAsync(CancellationToken ct)
    {
        if (await own.LatestAsync(FirstRead, ct) is not { } table)
        {
            return new(null, true);
        }

        var known = await VersionsAsync(ct);
        var basis = await Apart(() => WhatIfBasis.Fit(table, Simulated(known, table), ct), ct);
        (_fittedAt, _basis) = (time.GetUtcNow(), basis is null ? null : basis with { Versions = known.ToDictionary(v => (v.Definition.Id, v.Definition.Version), v => v.Definition) });
        return new(_basis, false);
    }

    // Of every chain the versions that referrals run on, and the one in force; what is only proposed starts nothing.
    private static IReadOnlyList<ChainVersion> Simulated(IReadOnlyList<ProposedVersion> known, ReviewTable table)
    {
        var used = table.Chains.Select(c => (c.Id, c.Version)).ToHashSet();
        return [.. known.Where(v => v.Status == ChainStatus.InForce || used.Contains((v.Definition.Id, v.Definition.Version))).Select(v => v.Definition)];
    }

    private async Task<IReadOnlyList<ProposedVersion>> VersionsAsync(CancellationToken ct)
    {
        var found = new List<ProposedVersion>();
        foreach (var item in await chains.AllAsync(ct))
        {
            if (await chains.FindAsync(item.Id, ct) is var (chain, _))
            {
                found.AddRange(chain.Versions.Values);
            }
        }

        return found;
    }
}
