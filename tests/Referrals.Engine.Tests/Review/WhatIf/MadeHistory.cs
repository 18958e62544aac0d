using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Visits;
using Referrals.Engine.Review.WhatIf.Model;
using Referrals.Engine.Review.WhatIf.Running;
using Referrals.Engine.Tests.Referrals;

namespace Referrals.Engine.Tests.Review.WhatIf;

/// <summary>A history that a known model makes, as the review would hold it.</summary>
internal sealed class MadeHistory
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.For("BB");

    private readonly List<(double At, Guid Case, int Visit)> _ends = [];
    private readonly List<ReviewCase> _cases = [];
    private readonly Dictionary<SimCase, List<Visit>> _running = [];

    private MadeHistory() { }

    public IReadOnlyList<ReviewCase> Cases => _cases;

    /// <summary>Plays a model over some working days up to where it ends, and hands out the table.</summary>
    public static ReviewTable Of(NetworkModel model, int days, int seed = 7, int threshold = 1, double? until = null)
    {
        var made = new MadeHistory();
        var network = new CompiledNetwork(model);
        var end = until ?? model.Until;
        var window = new Window(end - days, end - days, end, GoesOn: false);
        var run = new Replication(network, window) { Ended = made.End, Closed = made.Close };
        run.Run(Arrivals.Make(model, network.Chains, Draw.Key(0, (ulong)seed), (int)window.Begins, (int)window.Until), (ulong)seed, CancellationToken.None);
        return made.Table(model, end, threshold);
    }

    public static uint Moment(double at)
    {
        var day = TestNetworks.Days.Date(at).ToDateTime(new TimeOnly(12, 0));
        var midnight = Calendar.Deadline(new DateTimeOffset(day.AddDays(-1), TimeSpan.Zero), 0);
        return Moments.Of(midnight.AddSeconds((at - Math.Floor(at)) * Moments.Day));
    }

    private static uint MomentOr0(double at) => double.IsFinite(at) ? Moment(at) : 0;

    private void End(SimVisit visit, double at, VisitEnd end, string reason)
    {
        if (!_running.TryGetValue(visit.Case, out var visits))
        {
            _running.Add(visit.Case, visits = []);
        }

        var step = visit.Case.Plan.Steps[visit.Step].Step;
        visits.Add(new Visit(step.Id.Value, step.Partners[visit.Partner].Value, (byte)visit.Case.RoundOf(visit.Step), 1, Moment(visit.Offered))
        {
            AcknowledgeBy = Moment(visit.AcknowledgeBy),
            Acknowledged = MomentOr0(visit.Acknowledged),
            Accepted = MomentOr0(visit.Accepted),
            CompleteBy = MomentOr0(visit.CompleteBy),
            Started = MomentOr0(visit.Started),
            Ended = end == VisitEnd.Open ? 0 : Moment(at),
            End = end,
            Reason = end == VisitEnd.Open ? null : reason,
        });
    }

    private void Close(SimCase walk, double at, bool dropped)
    {
        _running.Remove(walk, out var visits);
        var inOrder = (visits ?? []).OrderBy(v => v.Offered).ToList();
        var id = Guid.NewGuid();
        _ends.AddRange(inOrder.Select((v, i) => ((double)v.Ended, id, i)).Where(e => e.Item1 > 0));
        _cases.Add(new ReviewCase(id, TestChains.Holder, walk.Plan.Chain.Id, walk.Plan.Chain.Version, Moment(walk.Started))
        {
            Ended = MomentOr0(at),
            Closing = double.IsNaN(at) ? null : dropped ? ClosingReason.Withdrawn : ClosingReason.Completed,
            Visits = [.. inOrder.Select((v, i) => v with { Attempt = (byte)(1 + inOrder.Take(i).Count(o => o.Step == v.Step && o.Round == v.Round)) })],
        });
        if (!double.IsNaN(at))
        {
            _ends.Add((Moment(at), id, -1));
        }
    }

    // Positions in the log by time, as ends of visits and referrals have them.
    private ReviewTable Table(NetworkModel model, double end, int threshold)
    {
        var positions = _ends.OrderBy(e => e.At).Select((e, i) => (e.Case, e.Visit, Position: (long)i + 1)).ToDictionary(e => (e.Case, e.Visit), e => e.Position);
        var told = _cases.OrderBy(c => c.Started).Select(c => c with
        {
            EndedAt = positions.GetValueOrDefault((c.Id, -1)),
            Visits = [.. c.Visits.Select((v, i) => v with { EndedAt = positions.GetValueOrDefault((c.Id, i)) })],
        }).ToList();
        var chains = model.Chains.SelectMany(c => c.Earlier.Append(c.Current)).ToList();
        var clock = new Lazy<WorkingClock>(() => WorkingClock.For("BB"));
        var builder = new ReviewTableBuilder((id, version) => ChainFacts.Of(chains.First(c => c.Id == id && c.Version == version), _ => clock.Value), threshold);
        told.ForEach(builder.Announce);
        builder.Settle();
        told.ForEach(c => builder.Add(c));
        return builder.Build(Moment(end));
    }
}
