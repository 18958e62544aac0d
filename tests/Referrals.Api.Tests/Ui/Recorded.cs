using Referrals.Engine.Assignments;
using Referrals.Engine.History;
using Referrals.Engine.Referrals;
using Referrals.Engine.Tests.Referrals;

namespace Referrals.Api.Tests.Ui;

/// <summary>Events as the log would have recorded them: what people do, and what follows at once, by <c>anna</c>; the rest by the worker.</summary>
internal static class Recorded
{
    public static readonly Func<string, string?> Users = login => login == "anna" ? "A. Lindner" : null;

    public static IReadOnlyList<RecordedEvent> Of(IEnumerable<ReferralEvent> events) => Of(events, e => e.At);

    public static IReadOnlyList<RecordedEvent> Of(IEnumerable<AssignmentEvent> events) => Of(events, e => e.At);

    private static IReadOnlyList<RecordedEvent> Of<T>(IEnumerable<T> events, Func<T, DateTimeOffset> at)
        where T : notnull
    {
        var people = events.Where(e => IsByPerson(e)).Select(at).ToHashSet();
        return [.. events.Select((e, i) => new RecordedEvent(
            i + 1, Guid.Empty, new StreamName(TestChains.Holder.Value, "stream", Guid.Empty), i + 1, "", e,
            new EventContext(at(e), people.Contains(at(e)) ? "anna" : "worker")))];
    }

    private static bool IsByPerson(object happened) => happened is ReferralEvent.Started or ReferralEvent.PartDecided or ReferralEvent.PartnerChosen
        or ReferralEvent.StepRerouted or ReferralEvent.StepAnswered or ReferralEvent.ConsentRecorded or ReferralEvent.ConsentWithdrawn
        or ReferralEvent.ReleaseRecorded or ReferralEvent.ReleaseWithdrawn or ReferralEvent.ConsentNarrowed or ReferralEvent.ConsentOverridden or ReferralEvent.Withdrawn or ReferralEvent.Reopened
        or AssignmentEvent.Acknowledged or AssignmentEvent.Accepted or AssignmentEvent.Declined or AssignmentEvent.Asked or AssignmentEvent.Completed;
}
