using System.Collections.Frozen;
using System.Collections.Immutable;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Reading;

/// <summary>
/// A referral as the review sees it, as the fold of the events of the holder's stream, which holds every time stamp of both sides. Pure.
/// </summary>
public static class CaseFold
{
    private static readonly FrozenDictionary<string, ClosingReason> Closings =
        Enum.GetValues<ClosingReason>().ToFrozenDictionary(CaseEvent.CodeOf, StringComparer.Ordinal);

    /// <summary>The case after one more event.</summary>
    /// <param name="known">The case before it; null before the first.</param>
    /// <param name="happened">The event.</param>
    /// <param name="sequence">Its position in the log.</param>
    /// <exception cref="InvalidOperationException">The events are not those of one referral, from its start on.</exception>
    public static ReviewCase Evolve(ReviewCase? known, ReferralEvent happened, long sequence) => Apply(known, CaseEvent.Of(happened), sequence);

    /// <summary>The case after one more event, reduced to what is kept of it.</summary>
    internal static ReviewCase Apply(ReviewCase? known, in CaseEvent e, long sequence)
    {
        if (e.Change == CaseChange.Started)
        {
            return known is not null
                ? throw new InvalidOperationException($"a referral is started once, and again at position {sequence}")
                : new ReviewCase(e.Referral, new OrganisationId(e.Holder!), new ChainId(e.Chain!), e.Version, e.At);
        }

        if (known is null)
        {
            throw new InvalidOperationException($"a referral begins with its start, not with {e.Change} at position {sequence}");
        }

        return e.Change switch
        {
            CaseChange.Nothing => known,
            CaseChange.Offered => known with { Visits = known.Visits.Add(Offered(known, e)) },
            CaseChange.Closed => known with { Ended = e.At, Closing = Closings[e.Reason!], EndedAt = sequence },
            CaseChange.Reopened => known with { Ended = 0, Closing = null, EndedAt = 0, Reopened = known.Reopened + 1, FirstEnd = known.Counted },
            _ => known with { Visits = Changed(known.Visits, e, sequence) },
        };
    }

    // Offers of the same step in the same round, also those before the case was opened again.
    private static Visit Offered(ReviewCase known, in CaseEvent e)
    {
        var before = 0;
        foreach (ref readonly var visit in known.Visits.AsSpan())
        {
            before += visit.Step == e.Step && visit.Round == e.Round ? 1 : 0;
        }

        return new Visit(e.Step!, e.Partner!, e.Round, (byte)Math.Min(before + 1, byte.MaxValue), e.At) { Assignment = e.Assignment, AcknowledgeBy = e.By };
    }

    private static ImmutableArray<Visit> Changed(ImmutableArray<Visit> visits, in CaseEvent e, long sequence)
    {
        for (var i = visits.Length - 1; i >= 0; i--)
        {
            if (visits[i].Assignment == e.Assignment)
            {
                return visits.SetItem(i, VisitFold.Apply(visits[i], e, sequence));
            }
        }

        throw new InvalidOperationException($"{e.Change} at position {sequence} is of an assignment that was never offered");
    }
}
