namespace Referrals.Engine.Review.Visits;

/// <summary>
/// All that figures tell two ended visits, or two finished cases, apart by. Whatever a page filters or breaks down by must be in here, or a small
/// number could be had by it.
/// </summary>
/// <param name="Step">Step of the visit; of a case the step that it ended at.</param>
/// <param name="Before">Step before it; of a case its chain version.</param>
/// <param name="Partner">Partner; of a case 0.</param>
/// <param name="Reason">Outcome or reason; of a case 0.</param>
/// <param name="End">How it ended; of a case 128 + why.</param>
/// <param name="Marks">Late or not, whether work began (else there is no working time), offered again or not, repeated or not; of a case whether it went back and forth.</param>
internal readonly record struct Kind(ushort Step, ushort Before, ushort Partner, ushort Reason, byte End, byte Marks)
{
    private const VisitMarks Told = VisitMarks.AcknowledgedLate | VisitMarks.CompletedLate;
    private const byte Began = 4;
    private const byte Again = 64;
    private const byte Repeated = 128;

    public static Kind Of(ReviewCase told, int visit, TableWords words)
    {
        var v = told.Visits[visit];
        var chain = words.Chain(told.Chain, told.Version);
        return new(words.Step(chain, v.Step), IndexOf(words, chain, CaseRows.Before(told, visit)), words.Partner(v.Partner), words.Reason(v.Reason), (byte)v.End, MarksOf(v));
    }

    public static Kind Of(ReviewCase told, TableWords words)
    {
        var chain = words.Chain(told.Chain, told.Version);
        return new(IndexOf(words, chain, CaseRows.LastStep(told)), chain, 0, 0, (byte)(128 + (int)(told.Counted?.Closing ?? 0)), (byte)(CaseRows.Marks(told) & CaseMarks.BackAndForth));
    }

    private static byte MarksOf(in Visit visit) =>
        (byte)((int)(CaseRows.Marks(visit, 0) & Told) | (visit.Started > 0 ? Began : 0) | (visit.Attempt > 1 ? Again : 0) | (visit.Round > 1 ? Repeated : 0));

    private static ushort IndexOf(TableWords words, ushort chain, string? step) => step is null ? ReviewTable.NoStep : words.Step(chain, step);
}
