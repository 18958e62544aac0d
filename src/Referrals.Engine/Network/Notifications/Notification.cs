using Referrals.Engine.Chains;

namespace Referrals.Engine.Network.Notifications;

/// <summary>Something that a person is told of.</summary>
/// <param name="Id">Its identity in the organisation; later ones are greater.</param>
/// <param name="Kind">One of <see cref="NotificationKinds"/>.</param>
/// <param name="Number">Number of the case on the own side; null where it is about none.</param>
/// <param name="Step">Title of the step, or of the chain where it is about one as such; null: neither.</param>
/// <param name="At">When it happened (UTC).</param>
/// <param name="ReadAt">When the person read it, or null.</param>
public sealed record Notification(long Id, string Kind, CaseNumber? Number, LocalText? Step, DateTimeOffset At, DateTimeOffset? ReadAt)
{
    /// <summary>The chain that it is about, where it is about one as such; else null.</summary>
    public ChainId? Chain { get; init; }

    /// <summary>What it is about.</summary>
    public NotificationArea Area => NotificationKinds.AreaOf(Kind);
}

/// <summary>A notification to be written.</summary>
/// <param name="Person">Sign-in name.</param>
/// <param name="EventId">The event, or row of a list, that it comes from; a person is told of it once.</param>
/// <param name="Kind">One of <see cref="NotificationKinds"/>.</param>
/// <param name="Number">Number of the case on the own side, or null.</param>
/// <param name="Step">Title of the step, or of the chain where it is about one as such; null: neither.</param>
/// <param name="At">When it happened (UTC).</param>
/// <param name="MailDue">When it is to be mailed (UTC); null: not.</param>
public sealed record NewNotification(
    string Person, Guid EventId, string Kind, CaseNumber? Number, LocalText? Step, DateTimeOffset At, DateTimeOffset? MailDue)
{
    /// <summary>The chain that it is about, where it is about one as such; else null.</summary>
    public ChainId? Chain { get; init; }
}

/// <summary>What a notification is about, and so where its link leads.</summary>
public enum NotificationArea
{
    /// <summary>A referral of the own organisation.</summary>
    Referral,

    /// <summary>An assignment of the own organisation.</summary>
    Assignment,

    /// <summary>The coordinator's list.</summary>
    Escalation,

    /// <summary>A message that could not be handled or sent.</summary>
    DeadLetter,

    /// <summary>A chain that is to be agreed to, or was.</summary>
    Chain,
}

/// <summary>What people are told of.</summary>
public static class NotificationKinds
{
    /// <summary>A partner asked something.</summary>
    public const string Question = "question";

    /// <summary>A partner declined.</summary>
    public const string Declined = "declined";

    /// <summary>A caseworker has to decide how a referral goes on.</summary>
    public const string Decision = "decision";

    /// <summary>A deadline passed.</summary>
    public const string Overdue = "overdue";

    /// <summary>A partner completed a step.</summary>
    public const string Completed = "completed";

    /// <summary>A referral ended.</summary>
    public const string Closed = "closed";

    /// <summary>The client came to a partner with the code.</summary>
    public const string HandedOver = "handed-over";

    /// <summary>A partner blocked a client's code after too many wrong ones.</summary>
    public const string HandoverBlocked = "handover-blocked";

    /// <summary>A partner opened the contact card.</summary>
    public const string CardOpened = "card-opened";

    /// <summary>A partner could not open the contact card, or not in time: a new one may be needed.</summary>
    public const string CardReturned = "card-returned";

    /// <summary>A contact card came with an assignment.</summary>
    public const string CardReceived = "card-received";

    /// <summary>A colleague gave a referral to the person.</summary>
    public const string ReferralHanded = "referral-handed";

    /// <summary>The consent of a referral ends in a week.</summary>
    public const string ConsentEnding = "consent-ending";

    /// <summary>The consent of a referral has ended; its open steps were stopped.</summary>
    public const string ConsentExpired = "consent-expired";

    /// <summary>The release from professional secrecy has ended; the steps that need it were stopped.</summary>
    public const string ReleaseExpired = "release-expired";

    /// <summary>An assignment arrived.</summary>
    public const string New = "new";

    /// <summary>The sender answered a question.</summary>
    public const string Answer = "answer";

    /// <summary>The sender reminds.</summary>
    public const string Reminder = "reminder";

    /// <summary>The sender took an assignment back.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>A colleague gave an assignment to the person.</summary>
    public const string AssignmentHanded = "assignment-handed";

    /// <summary>A deadline passed in a chain that the organisation coordinates.</summary>
    public const string Escalation = "escalation";

    /// <summary>A message could not be handled or sent.</summary>
    public const string DeadLetter = "dead-letter";

    /// <summary>A version of a chain asks for the organisation's word.</summary>
    public const string ChainProposed = "chain-proposed";

    /// <summary>A partner objected to a version of a chain.</summary>
    public const string ChainObjected = "chain-objected";

    /// <summary>A version of a chain came into force.</summary>
    public const string ChainInForce = "chain-in-force";

    /// <summary>A partner withdrew from a chain, which needs a new version.</summary>
    public const string ChainWithdrew = "chain-withdrew";

    /// <summary>A version of a chain was taken back, or out of use.</summary>
    public const string ChainRetired = "chain-retired";

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Question, Declined, Decision, Overdue, Completed, HandedOver, HandoverBlocked, CardOpened, CardReturned, CardReceived, Closed, ReferralHanded, ConsentEnding, ConsentExpired, ReleaseExpired, New, Answer, Reminder, Withdrawn, AssignmentHanded, Escalation, DeadLetter,
        ChainProposed, ChainObjected, ChainInForce, ChainWithdrew, ChainRetired,
    ];

    /// <summary>What a kind is about.</summary>
    public static NotificationArea AreaOf(string kind) => kind switch
    {
        New or Answer or Reminder or Withdrawn or AssignmentHanded => NotificationArea.Assignment,
        Escalation => NotificationArea.Escalation,
        DeadLetter => NotificationArea.DeadLetter,
        ChainProposed or ChainObjected or ChainInForce or ChainWithdrew or ChainRetired => NotificationArea.Chain,
        _ => NotificationArea.Referral,
    };
}
