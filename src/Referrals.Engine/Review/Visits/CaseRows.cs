using Referrals.Engine.Review.Release;

namespace Referrals.Engine.Review.Visits;

/// <summary>Writes cases into columns.</summary>
internal static class CaseRows
{
    /// <summary>Writes a case as the next row of a part that has room for it.</summary>
    public static ReviewPart Write(ReviewPart part, ReviewCase told, TableWords words, Releases<Kind> releases, uint now)
    {
        var (cases, visits) = (part.Cases, part.Visits);
        var row = cases.Count;
        var chain = words.Chain(told.Chain, told.Version);
        (cases.Chain[row], cases.Holder[row]) = (chain, words.Partner(told.Holder.Value));
        var end = told.Counted;
        (cases.Started[row], cases.Ended[row]) = (told.Started, end?.Ended ?? 0);
        cases.Took[row] = end is { Ended: var ended } ? words.Clock(chain).Between(told.Started, ended) : 0;
        cases.Closing[row] = end?.Closing is { } closing ? (byte)(1 + (int)closing) : (byte)0;
        (cases.FirstVisit[row], cases.VisitCount[row]) = (visits.Count, (ushort)told.Visits.Length);
        cases.LastStep[row] = LastStep(told) is { } last ? words.Step(chain, last) : ReviewTable.NoStep;
        cases.Month[row] = end is { } counted ? releases.MonthOf(counted.EndedAt) : (ushort)0;
        cases.Shown[row] = Shown.Nowhere;
        cases.Hash[row] = told.Id.GetHashCode();
        cases.Marks[row] = Marks(told) | (IsStuck(told, now) ? CaseMarks.Stuck : CaseMarks.None);
        for (var i = 0; i < told.Visits.Length; i++)
        {
            Write(visits, visits.Count + i, row, chain, told, i, words, releases, now);
        }

        return new(cases with { Count = row + 1 }, visits with { Count = visits.Count + told.Visits.Length });
    }

    /// <summary>What is marked on a case apart from whether it is stuck.</summary>
    public static CaseMarks Marks(ReviewCase told) =>
        (told.Reopened > 0 ? CaseMarks.Reopened : CaseMarks.None) | (IsBackAndForth(Counting(told)) ? CaseMarks.BackAndForth : CaseMarks.None)
        | (told.Ended == 0 ? CaseMarks.Running : CaseMarks.None);

    /// <summary>What is marked on a visit.</summary>
    public static VisitMarks Marks(in Visit visit, uint now) =>
        (visit.AcknowledgedLate ? VisitMarks.AcknowledgedLate : 0) | (visit.CompletedLate ? VisitMarks.CompletedLate : 0)
        | (visit.Escalated ? VisitMarks.Escalated : 0) | (visit.Reminders > 0 ? VisitMarks.Reminded : 0) | (visit.Questions > 0 ? VisitMarks.Asked : 0)
        | (IsOverdue(visit, now) ? VisitMarks.Stuck : 0) | (visit is { End: VisitEnd.Open, Started: > 0 } ? VisitMarks.InWork : 0);

    /// <summary>The step whose visit ended last, or null; of a case that was opened again, last before it first ended.</summary>
    public static string? LastStep(ReviewCase told)
    {
        var last = -1;
        var visits = Counting(told);
        for (var i = 0; i < visits.Length; i++)
        {
            last = visits[i].Ended > 0 && (last < 0 || visits[i].Ended >= visits[last].Ended) ? i : last;
        }

        return last < 0 ? null : visits[last].Step;
    }

    /// <summary>Waiting by a clock, see <see cref="VisitColumns.Waited"/>.</summary>
    public static uint Waited(in Visit visit, WorkingClock clock) => visit.Ended == 0 ? 0 : clock.Between(visit.Offered, visit.Started > 0 ? visit.Started : visit.Ended);

    /// <summary>Working time by a clock, see <see cref="VisitColumns.Worked"/>.</summary>
    public static uint Worked(in Visit visit, WorkingClock clock)
    {
        if (visit.Started == 0 || visit.Ended <= visit.Started)
        {
            return 0;
        }

        var (all, between) = (visit.Ended - visit.Started, clock.Between(visit.Started, visit.Ended));
        return visit.Paused == 0 ? between : (uint)((ulong)between * (all - Math.Min(all, visit.Paused)) / all);
    }

    /// <summary>
    /// The visit that ended last when another one was offered, or null. Of one that has ended itself only those count that the log tells of before, so
    /// that what is told later does not change what it stands for.
    /// </summary>
    public static string? Before(ReviewCase told, int visit)
    {
        var best = -1;
        var (offered, until) = (told.Visits[visit].Offered, told.Visits[visit].EndedAt > 0 ? told.Visits[visit].EndedAt : long.MaxValue);
        for (var i = 0; i < visit; i++)
        {
            var ended = told.Visits[i].EndedAt < until ? told.Visits[i].Ended : 0;
            best = ended > 0 && ended <= offered && (best < 0 || ended >= told.Visits[best].Ended) ? i : best;
        }

        return best < 0 ? null : told.Visits[best].Step;
    }

    private static void Write(VisitColumns to, int row, int @case, ushort chain, ReviewCase told, int index, TableWords words, Releases<Kind> releases, uint now)
    {
        var visit = told.Visits[index];
        (to.Case[row], to.Step[row]) = (@case, words.Step(chain, visit.Step));
        to.Before[row] = Before(told, index) is { } before ? words.Step(chain, before) : ReviewTable.NoStep;
        (to.Partner[row], to.Round[row], to.Attempt[row]) = (words.Partner(visit.Partner), visit.Round, visit.Attempt);
        (to.Offered[row], to.AcknowledgeBy[row], to.Acknowledged[row]) = (visit.Offered, visit.AcknowledgeBy, visit.Acknowledged);
        (to.Accepted[row], to.CompleteBy[row], to.FirstContact[row]) = (visit.Accepted, visit.CompleteBy, visit.FirstContact);
        (to.Started[row], to.Ended[row], to.Paused[row]) = (visit.Started, visit.Ended, visit.Paused);
        (to.Waited[row], to.Worked[row]) = (Waited(visit, words.Clock(chain)), Worked(visit, words.Clock(chain)));
        (to.End[row], to.Reason[row], to.Marks[row]) = (visit.End, words.Reason(visit.Reason), Marks(visit, now));
        (to.Month[row], to.Shown[row]) = (visit.EndedAt > 0 ? releases.MonthOf(visit.EndedAt) : (ushort)0, Shown.Nowhere);
    }

    private static bool IsOverdue(in Visit visit, uint now) =>
        visit.End == VisitEnd.Open && (visit.Acknowledged == 0 ? visit.AcknowledgeBy is > 0 and var by && by < now : visit.CompleteBy is > 0 and var due && due < now);

    private static bool IsStuck(ReviewCase told, uint now) =>
        told.Ended == 0 && (told.Visits.All(v => v.End != VisitEnd.Open) || told.Visits.Any(v => IsOverdue(v, now)));

    // The visits up to the end with which it counts as finished.
    private static ReadOnlySpan<Visit> Counting(ReviewCase told) => told.Visits.AsSpan()[..Math.Min(told.FirstEnd?.Visits ?? int.MaxValue, told.Visits.Length)];

    private static bool IsBackAndForth(ReadOnlySpan<Visit> visits)
    {
        for (var i = 2; i < visits.Length; i++)
        {
            if (visits[i].Partner == visits[i - 2].Partner && visits[i].Partner != visits[i - 1].Partner)
            {
                return true;
            }
        }

        return false;
    }
}
