using System.Collections.Concurrent;
using Referrals.Engine.Chains;

namespace Referrals.Workers.Commands.Drive;

/// <summary>What is driven.</summary>
/// <param name="Count">How many referrals.</param>
/// <param name="Seed">Decides everything that people do.</param>
/// <param name="Parallel">How many referrals run at once.</param>
/// <param name="Timeout">How long one referral may take.</param>
internal sealed record DriveOrder(int Count, long Seed, int Parallel, TimeSpan Timeout);

/// <summary>How one referral went.</summary>
/// <param name="Index">Which one.</param>
/// <param name="Plan">What it was started with.</param>
/// <param name="Expected">The last picture as the seed says.</param>
/// <param name="Actual">The last picture through the API, or null when it did not come so far.</param>
/// <param name="Fault">Why not.</param>
/// <param name="Events">Events in its histories, as far as seen.</param>
internal sealed record DrivenReferral(int Index, StartPlan Plan, Picture Expected, Picture? Actual, string? Fault, long Events)
{
    /// <summary>Whether it ended, or waits, as the seed says.</summary>
    public bool IsAsExpected => Actual is not null && Fault is null && Actual.Ending() == Expected.Ending();
}

/// <summary>How everything went.</summary>
/// <param name="Referrals">Each referral, in order.</param>
/// <param name="Took">How long it took, without the comparison at the end.</param>
/// <param name="Disagreements">Assignments on which case holder and partner see different things at the end.</param>
internal sealed record DriveResult(IReadOnlyList<DrivenReferral> Referrals, TimeSpan Took, IReadOnlyList<string> Disagreements)
{
    /// <summary>Whether everything is as the seed says, on both sides.</summary>
    public bool IsAsExpected => Disagreements.Count == 0 && Referrals.All(r => r.IsAsExpected);
}

/// <summary>Plays referrals through the API, several at once, and compares each with what the seed expects.</summary>
internal sealed class Driver(ApiNetwork api, DrivenNetwork network, DriveOrder order, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    /// <summary>Plays all of them.</summary>
    /// <param name="finished">Is told of each one that has come to its end.</param>
    /// <param name="ct">Ends it early.</param>
    public async Task<DriveResult> RunAsync(Action<DrivenReferral> finished, CancellationToken ct)
    {
        var (now, run, done) = (time.GetUtcNow(), Guid.NewGuid().ToString("N"), new ConcurrentBag<DrivenReferral>());
        var began = time.GetTimestamp();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = order.Parallel, CancellationToken = ct };
        await Parallel.ForEachAsync(Enumerable.Range(0, order.Count), parallel, async (index, token) =>
        {
            var referral = await PlayAsync(index, now, run, token);
            done.Add(referral);
            finished(referral);
        });
        var took = time.GetElapsedTime(began);
        return new DriveResult([.. done.OrderBy(r => r.Index)], took, await CompareAsync(done, ct));
    }

    /// <summary>What the seed says of a referral: its plan and its last picture.</summary>
    public static async Task<(StartPlan Plan, Picture Last)> ExpectAsync(DrivenNetwork network, long seed, int index, DateTimeOffset now, CancellationToken ct)
    {
        var dice = new Dice(seed, index);
        var plan = StartPlan.Of(dice, network, WorkingCalendar.LocalDay(now));
        return (plan, await Play.RunAsync(new MemoryStage(now), dice, plan, ct));
    }

    private async Task<DrivenReferral> PlayAsync(int index, DateTimeOffset now, string run, CancellationToken ct)
    {
        var (plan, expected) = await ExpectAsync(network, order.Seed, index, now, ct);
        var stage = new ApiStage(api, $"{run}-{index}", plan.Holder);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(order.Timeout);
        try
        {
            var actual = await Play.RunAsync(stage, new Dice(order.Seed, index), plan, limit.Token);
            return new DrivenReferral(index, plan, expected, actual, null, stage.Events);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new DrivenReferral(index, plan, expected, stage.Last, $"not at its end after {order.Timeout.TotalSeconds:0} s", stage.Events);
        }
        catch (Exception e) when (e is DriveException or HttpRequestException or System.Text.Json.JsonException or ChangedMeanwhileException)
        {
            return new DrivenReferral(index, plan, expected, stage.Last, e.Message, stage.Events);
        }
    }

    // In the end both sides say the same of every assignment, whatever crossed on the way.
    private async Task<IReadOnlyList<string>> CompareAsync(IEnumerable<DrivenReferral> referrals, CancellationToken ct)
    {
        var held = referrals.Where(r => r.Actual is not null).SelectMany(r => r.Actual!.Offers).ToList();
        var began = time.GetTimestamp();
        while (true)
        {
            var seen = new Dictionary<Guid, string>();
            foreach (var partner in held.Select(o => o.Partner).Distinct())
            {
                foreach (var line in await api.Of(partner).Assignments.AllAsync(ct))
                {
                    seen[line.Id] = line.Status;
                }
            }

            var different = held.Where(o => seen.GetValueOrDefault(o.Assignment.Value) != o.Status).ToList();
            if (different.Count == 0 || time.GetElapsedTime(began) > Patience)
            {
                return [.. different.Select(o => $"{o.Assignment} at {o.Place}: case holder sees {o.Status}, {o.Partner} sees {seen.GetValueOrDefault(o.Assignment.Value) ?? "nothing"}")];
            }

            await Task.Delay(Glance, ct);
        }
    }
}
