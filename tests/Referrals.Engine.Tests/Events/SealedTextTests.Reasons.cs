namespace Referrals.Engine.Tests.Events;

public sealed partial class SealedTextTests
{
    private const string Coded = "a code, from a list or checked to be one";
    private const string Person = "sign-in name of a colleague, none of a client";
    private const string Transport = "in the clear on its way only: it lies sealed where it is sent and where it is received";
    private const string Agreed = "agreed text of a chain, before any client: every organisation may read it";
    private const string Steering = "words of the steering group on whole chains, which sees no single client";
    private const string Public = "public profile of an organisation";
    private const string Apart = "not among the row's data: the row keeps it sealed, with the key of the referral";
    private const string Hash = "hash of a chain's content";
    private const string Proof = "derived from a random code on a slip that names nobody; says nothing without the slip";
    private const string Number = "number of a row";

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["Assignments.AssignmentEvent.Assigned.To"] = Person,
        ["Assignments.AssignmentEvent.Completed.Facts"] = Coded,
        ["Assignments.AssignmentEvent.Completed.Outcome"] = Coded,
        ["Assignments.AssignmentEvent.Completed.Reported"] = Coded,
        ["Assignments.AssignmentEvent.Declined.Reason"] = Coded,
        ["Assignments.AssignmentEvent.Erased.Reason"] = Coded,
        ["Assignments.AssignmentEvent.HandoverReceived.Proof"] = Proof,
        ["Assignments.AssignmentEvent.HandoverTried.Proof"] = Proof,
        ["Assignments.AssignmentEvent.Received.Facts"] = Coded,
        ["Assignments.AssignmentEvent.Reminded.Reminder"] = Coded,
        ["Assignments.AssignmentEvent.WithdrawnBySender.Reason"] = Coded,
        ["Assignments.AssignmentListItem.Assignee"] = Person,
        ["Assignments.AssignmentListItem.Service"] = Coded,
        ["CaseNumber.Series"] = Number,
        ["Chains.ChainEvent.Objected.Code"] = Coded,
        ["Chains.ChainEvent.Objected.Reason"] = Agreed,
        ["Chains.ChainEvent.PartnerWithdrew.Reason"] = Agreed,
        ["Chains.ChainEvent.Proposed.ContentHash"] = Hash,
        ["Chains.ChainNode.Step.Outcomes"] = Coded,
        ["Chains.ChainNode.Step.PassFacts"] = Coded,
        ["Chains.ChainNode.Step.ReturnFacts"] = Coded,
        ["Chains.ChainNode.Step.Service"] = Coded,
        ["Chains.ChainVersion.FederalState"] = Coded,
        ["Chains.CodeTitle.Code"] = Coded,
        ["Chains.Condition.Fact.Name"] = Coded,
        ["Chains.Condition.Outcome.In"] = Coded,
        ["Chains.FactDeclaration.Name"] = Coded,
        ["Chains.FactValue.Code.Value"] = Coded,
        ["Chains.LocalText.De"] = Agreed,
        ["Chains.LocalText.En"] = Agreed,
        ["Network.Contracts.AnswerV1.Text"] = Transport,
        ["Network.Contracts.DeclinedV1.Note"] = Transport,
        ["Network.Contracts.OfferV1.Note"] = Transport,
        ["Network.Contracts.QuestionV1.Text"] = Transport,
        ["Network.EscalationListItem.Deadline"] = Coded,
        ["Network.EscalationListItem.HandledBy"] = Person,
        ["Network.Measures.MeasureEvent.FollowedUp.Note"] = Steering,
        ["Network.Measures.MeasurePlan.What"] = Steering,
        ["Network.Measures.MeasurePlan.Who"] = Steering,
        ["Network.Operations.OperationEvent.LetterDiscarded.Reason"] = Coded,
        ["Network.Operations.OperationEvent.LetterDiscarded.Type"] = Coded,
        ["Network.Operations.OperationEvent.LetterRedelivered.Reason"] = Coded,
        ["Network.Operations.OperationEvent.LetterRedelivered.Type"] = Coded,
        ["Network.Organisations.Capacity.Unit"] = Public,
        ["Network.Organisations.OrganisationEvent.CapacityReported.Service"] = Coded,
        ["Network.Organisations.OrganisationEvent.ServicesOffered.Services"] = Coded,
        ["Network.Organisations.OrganisationProfile.Coordinates"] = Public,
        ["Network.Organisations.OrganisationProfile.Kind"] = Public,
        ["Network.Organisations.OrganisationProfile.Municipality"] = Public,
        ["Network.Organisations.OrganisationProfile.Name"] = Public,
        ["Network.Organisations.OrganisationProfile.PolicyFields"] = Public,
        ["Network.Organisations.OrganisationProfile.Roles"] = Public,
        ["Referrals.Consent.Purpose"] = Coded,
        ["Referrals.ReferralEvent.CaseworkerChanged.To"] = Person,
        ["Referrals.ReferralEvent.HandoverIssued.Proof"] = Proof,
        ["Referrals.ReferralEvent.MovedToVersion.ContentHash"] = Hash,
        ["Referrals.ReferralEvent.Started.Caseworker"] = Person,
        ["Referrals.ReferralEvent.Started.ContentHash"] = Hash,
        ["Referrals.ReferralEvent.Started.Facts"] = Coded,
        ["Referrals.ReferralEvent.StepCompleted.Facts"] = Coded,
        ["Referrals.ReferralEvent.StepCompleted.Outcome"] = Coded,
        ["Referrals.ReferralEvent.StepDeclined.Reason"] = Coded,
        ["Referrals.ReferralEvent.StepOffered.Facts"] = Coded,
        ["Referrals.ReferralEvent.Withdrawn.Reason"] = Coded,
        ["Referrals.ReferralListItem.Assignee"] = Person,
        ["Referrals.ReferralListItem.CaseReference"] = Apart,
    };
}
