using System.Text.Json;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;

namespace Referrals.Workers.Commands.Show;

/// <summary>Events in plain words. Free text is left out: a terminal's history keeps what it shows.</summary>
internal static class Words
{
    /// <summary>What happened.</summary>
    public static string Of(object happened) => happened switch
    {
        ReferralEvent.Started e => $"started on {e.Chain} version {e.ChainVersion}, case {e.CaseReference}, consent of {e.Consent.Given:yyyy-MM-dd}{Facts(e.Facts)}",
        ReferralEvent.MovedToVersion e => $"goes on on version {e.To} instead of {e.From}",
        ReferralEvent.CaseworkerChanged e => e.To is { } to ? $"handed to {to}" : "looked after by nobody",
        ReferralEvent.BranchTaken e => e.Branch is { } branch ? $"{e.Place}: takes branch {branch + 1}" : $"{e.Place}: takes no branch",
        ReferralEvent.RoundEnded e => $"{e.Place}: round {e.Round} ended, {(e.Again ? "another one follows" : "no other follows")}",
        ReferralEvent.PartDecided e => $"{e.Place}: {(e.Included ? "included" : "left out")}",
        ReferralEvent.PartnerChosen e => $"{e.Place}: {e.Partner} chosen",
        ReferralEvent.StepOffered e => $"{e.Place}: offered to {e.Partner} as {e.Assignment}{Facts(e.Facts)}",
        ReferralEvent.StepReceived e => $"{e.Assignment}: arrived",
        ReferralEvent.StepAcknowledged e => $"{e.Assignment}: acknowledged",
        ReferralEvent.StepAccepted e => $"{e.Assignment}: accepted",
        ReferralEvent.StepAcknowledgementUndone e => $"{e.Assignment}: acknowledgement taken back",
        ReferralEvent.StepAcceptanceUndone e => $"{e.Assignment}: acceptance taken back",
        ReferralEvent.StepDeclined e => $"{e.Assignment}: declined, {e.Reason}",
        ReferralEvent.StepAsked e => $"{e.Assignment}: partner asked",
        ReferralEvent.StepAnswered e => $"{e.Assignment}: answered",
        ReferralEvent.StepStarted e => $"{e.Assignment}: work started",
        ReferralEvent.FirstContactMade e => $"{e.Assignment}: first contact",
        ReferralEvent.StepPaused e => $"{e.Assignment}: paused",
        ReferralEvent.StepResumed e => $"{e.Assignment}: resumed",
        ReferralEvent.StepCompleted e => $"{e.Assignment}: completed, {e.Outcome}{Facts(e.Facts)}",
        ReferralEvent.StepReminded e => $"{e.Assignment}: {e.Partner} reminded, {Word(e.Reminder)}",
        ReferralEvent.StepEscalated e => $"{e.Assignment}: {e.Coordinator} told that the time to {Word(e.Deadline)} passed",
        ReferralEvent.OfferWithdrawn e => $"{e.Assignment}: taken back from {e.Partner}, {Word(e.Reason)}",
        ReferralEvent.StepRerouted e => $"{e.Place}: moved to {e.To}",
        ReferralEvent.StepSkipped e => $"{e.Place}: skipped{(e.ByRule ? " by the agreed rule" : "")}",
        ReferralEvent.ConsentRecorded e => $"consent of {e.Consent.Given:yyyy-MM-dd} recorded",
        ReferralEvent.ConsentWithdrawn => "consent withdrawn",
        ReferralEvent.ConsentEnding e => $"consent ends after {e.Until:yyyy-MM-dd}",
        ReferralEvent.ConsentExpired e => $"consent ended after {e.Until:yyyy-MM-dd}",
        ReferralEvent.ConsentNarrowed e => $"consent withdrawn for {string.Join(", ", e.Steps)}",
        ReferralEvent.ConsentOverridden e => $"without consent for {string.Join(", ", e.Steps)}, {Word(e.Ground)}",
        ReferralEvent.ReleaseRecorded e => $"release from secrecy of {e.Release.Given:yyyy-MM-dd} recorded for {string.Join(", ", e.Release.Steps)}",
        ReferralEvent.ReleaseWithdrawn e => $"release from secrecy withdrawn for {string.Join(", ", e.Steps)}",
        ReferralEvent.ReleaseExpired e => $"release from secrecy ended after {e.Until:yyyy-MM-dd}",
        ReferralEvent.Withdrawn e => $"taken back, {e.Reason}",
        ReferralEvent.Closed e => $"closed, {Word(e.Reason)}",
        ReferralEvent.Reopened e => $"opened again at {string.Join(", ", e.Again)}",
        ReferralEvent.StepErased e => $"{e.Assignment}: {e.Partner} told to erase its words, {Word(e.Reason)}",
        ReferralEvent.Erased e => $"words and case reference erased, {Word(e.Reason)}",
        ReferralEvent.HandoverIssued e => $"{e.Assignment}: code {e.Issue} made for the client, until {e.Until:yyyy-MM-dd}",
        ReferralEvent.HandoverRevoked e => $"{e.Assignment}: code {e.Issue} revoked",
        ReferralEvent.HandoverRedeemed e => $"{e.Assignment}: the client came with the code",
        ReferralEvent.HandoverBlocked e => $"{e.Assignment}: code {e.Issue} blocked after too many wrong ones",
        ReferralEvent.CardSealed e => $"{e.Assignment}: contact card {e.Issue} sealed, until {e.Until:yyyy-MM-dd}",
        ReferralEvent.CardWithdrawn e => $"{e.Assignment}: contact card {e.Issue} taken back",
        ReferralEvent.CardExpired e => $"{e.Assignment}: contact card {e.Issue} not opened in time",
        ReferralEvent.CardOpened e => $"{e.Assignment}: contact card {e.Issue} opened",
        ReferralEvent.CardReturned e => $"{e.Assignment}: contact card {e.Issue} could not be opened",
        AssignmentEvent e => Of(e),
        _ => happened.GetType().Name,
    };

    /// <summary>A word of the API.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static string Of(AssignmentEvent happened) => happened switch
    {
        AssignmentEvent.Received e => $"arrived from {e.Sender}: {e.Step} of {e.Chain} version {e.ChainVersion}{Facts(e.Facts)}",
        AssignmentEvent.Acknowledged => "acknowledged",
        AssignmentEvent.Accepted => "accepted",
        AssignmentEvent.AcknowledgementUndone => "acknowledgement taken back",
        AssignmentEvent.AcceptanceUndone => "acceptance taken back",
        AssignmentEvent.Assigned e => e.To is { } to ? $"given to {to}" : "given to nobody",
        AssignmentEvent.Declined e => $"declined, {e.Reason}",
        AssignmentEvent.Asked => "asked",
        AssignmentEvent.AnswerReceived => "answer arrived",
        AssignmentEvent.Started => "work started",
        AssignmentEvent.FirstContactMade => "first contact",
        AssignmentEvent.Paused => "paused",
        AssignmentEvent.Resumed => "resumed",
        AssignmentEvent.Completed e => $"completed, {e.Outcome}{Facts(e.Facts)}",
        AssignmentEvent.Reminded e => $"reminded, {e.Reminder}",
        AssignmentEvent.WithdrawnBySender e => $"taken back by {e.Sender}, {e.Reason}",
        AssignmentEvent.HandoverReceived e => $"code {e.Issue} made for the client by {e.Sender}, until {e.Until:yyyy-MM-dd}",
        AssignmentEvent.HandoverRevokedBySender e => $"code {e.Issue} revoked by {e.Sender}",
        AssignmentEvent.HandoverTried e => $"wrong code instead of code {e.Issue}",
        AssignmentEvent.HandoverBlocked e => $"code {e.Issue} blocked after too many wrong ones",
        AssignmentEvent.HandoverRedeemed e => $"the client came with code {e.Issue}",
        AssignmentEvent.CardReceived e => $"contact card {e.Issue} sealed by {e.Sender}, until {e.Until:yyyy-MM-dd}",
        AssignmentEvent.CardWithdrawnBySender e => $"contact card {e.Issue} taken back by {e.Sender}",
        AssignmentEvent.CardFetched e => $"contact card {e.Issue} fetched by a browser",
        AssignmentEvent.CardOpened e => $"contact card {e.Issue} opened",
        AssignmentEvent.CardReturned e => $"contact card {e.Issue} could not be opened",
        AssignmentEvent.Erased e => $"words erased with the sender's, {e.Reason}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Facts(IReadOnlyDictionary<string, FactValue> facts) => facts.Count == 0
        ? ""
        : $"; {string.Join(", ", facts.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key} {JsonSerializer.Serialize(f.Value)}"))}";
}
