using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>An open visit with the probability that it misses the time agreed for what comes next. For the organisation that holds the case alone.</summary>
/// <param name="Case">The referral.</param>
/// <param name="Step">Step.</param>
/// <param name="Partner">Code of the organisation that has it.</param>
/// <param name="Completion">Whether it is to be completed by then; else acknowledged.</param>
/// <param name="Due">By when.</param>
/// <param name="Probability">
/// Of those like it that were open as long, the share that was still open at the agreed time, from 0 to 0.99. The greatest stands for "and more", also
/// where nothing like it is known to have been open as long: no experience makes anything certain.
/// </param>
/// <param name="N">How many like it are known: of the same step at the same partner, or, where those are few, of the same step.</param>
public sealed record LikelyLate(Guid Case, StepName Step, string Partner, bool Completion, DateTimeOffset Due, double Probability, int N)
{
    /// <summary>The greatest probability that is told: it stands for all above it.</summary>
    public const double Surest = 0.99;

    /// <summary>Whether the probability is this great or greater.</summary>
    public bool IsSurest => Probability >= Surest;
}

/// <summary>Makes the list of <see cref="LikelyLate"/>: from curves over everything that counts, whatever is filtered.</summary>
internal sealed class LikelyLateFigures(Scope scope)
{
    private const int Enough = 20;

    private readonly Dictionary<(int Step, int Partner, bool Completion), ToldCurve> _curves = [];

    public IReadOnlyList<LikelyLate> Of(IEnumerable<ReviewCase> own) =>
        [.. own.SelectMany(c => c.Visits.Select(v => Of(c, v))).OfType<LikelyLate>().OrderByDescending(l => l.Probability).ThenBy(l => l.Due)];

    private LikelyLate? Of(ReviewCase told, Visit visit)
    {
        var now = scope.Table.AsOf;
        var completion = visit.Acknowledged > 0;
        var (from, due) = completion ? (visit.Accepted, visit.CompleteBy) : (visit.Offered, visit.AcknowledgeBy);
        var step = scope.IndexOf(told.Chain, visit.Step);
        if (told.Ended > 0 || visit.End != VisitEnd.Open || from == 0 || due <= now || step < 0 || Clock(told) is not { } clock)
        {
            return null;
        }

        var curve = Curve(step, scope.PartnerOf(visit.Partner), completion);
        double Left(uint at) => curve.After(clock.Between(from, at) / (double)Moments.Day);
        var still = Left(now);
        return curve.N == 0
            ? null
            : new(told.Id, scope.Steps[step].Name, visit.Partner, completion, Moments.At(due)!.Value, still > 0 ? Math.Min(Math.Round(Left(due) / still, 3), LikelyLate.Surest) : LikelyLate.Surest, curve.N);
    }

    private WorkingClock? Clock(ReviewCase told) =>
        (scope.Table.Chains.FirstOrDefault(c => c.Id == told.Chain && c.Version == told.Version) ?? scope.Table.Chains.FirstOrDefault(c => c.Id == told.Chain))?.Clock;

    private ToldCurve Curve(int step, int partner, bool completion)
    {
        var here = partner < 0 ? null : Known(step, partner, completion);
        return here is { N: >= Enough } ? here : Known(step, -1, completion);
    }

    private ToldCurve Known(int step, int partner, bool completion)
    {
        if (!_curves.TryGetValue((step, partner, completion), out var curve))
        {
            _curves.Add((step, partner, completion), curve = Make(step, partner, completion));
        }

        return curve;
    }

    private ToldCurve Make(int step, int partner, bool completion)
    {
        var key = scope.Visits(1, scope.OnlyStep(step), partner < 0 ? scope.PartnerKeys() : scope.OnlyPartner(partner));
        var until = completion ? Until.EndSinceAcceptance : Until.Acknowledged;
        var happened = completion ? EndKey.Completed : EndKey.Answered;
        using var ends = Scan.Gather(scope.Table, new EndKey(key, happened), Passed.Of(scope.Table, until));
        using var others = completion ? null : Scan.Gather(scope.Table, new EndKey(key, EndKey.TakenBack), Passed.Of(scope.Table, until));
        return ToldCurves.Of(scope.Law, ends.All, others is null ? Open(step, partner) : others.All.With(ToldCurves.Open(scope, step, partner, false)));
    }

    // How long those are accepted already that are open.
    private Measured Open(int step, int partner)
    {
        var visits = scope.Table.Moving.Visits;
        var level = partner < 0 ? Shown.Step : Shown.Partner;
        var (seconds, repeats) = (new List<uint>(), new GroupCount());
        for (var row = 0; row < visits.Count; row++)
        {
            if (visits.Accepted[row] > 0 && OpenVisits.Of(scope, visits, row, level, (s, p) => s == step && (partner < 0 || p == partner) ? 0 : -1) == 0)
            {
                seconds.Add(scope.Table.Chains[scope.Table.Steps[visits.Step[row]].Chain].Clock.Between(visits.Accepted[row], scope.Table.AsOf));
                repeats.Add(1 + visits.Case[row]);
            }
        }

        return new(seconds.ToArray(), repeats.Repeats, repeats.Most);
    }
}
