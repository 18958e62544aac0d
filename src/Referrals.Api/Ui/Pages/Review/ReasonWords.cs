using Referrals.Engine.Chains;
using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Visits;

namespace Referrals.Api.Ui.Pages.Review;

/// <summary>How a visit ended, in words.</summary>
internal static class ReasonWords
{
    /// <summary>The words; a code that nobody has words for as it is.</summary>
    public static string Of(Words words, Fate fate) => fate.End switch
    {
        VisitEnd.Completed when fate.Reason.Length > 0 => Words.Of(OutcomeCodes.TitleOf(fate.Reason) ?? new LocalText(fate.Reason)),
        VisitEnd.Completed => words["ReviewReason.Completed"],
        VisitEnd.Declined => words["ReviewReason.Declined", words.Find($"Assignment.Reason.{fate.Reason}") ?? fate.Reason],
        VisitEnd.Expired => words["ReviewReason.Expired"],
        _ => words.Find($"ReviewReason.Withdrawn.{fate.Reason}") ?? words["ReviewReason.TakenBack"],
    };
}
