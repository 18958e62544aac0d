namespace Referrals.Engine.Network.Audit;

/// <summary>What can be looked at.</summary>
public static class LookCodes
{
    /// <summary>A referral.</summary>
    public const string Referral = "referral";

    /// <summary>A referral's history.</summary>
    public const string ReferralHistory = "referral-history";

    /// <summary>What moving a referral to another version would change.</summary>
    public const string ReferralMove = "referral-move";

    /// <summary>Everything about a referral, for a request for information.</summary>
    public const string ReferralInformation = "referral-information";

    /// <summary>An assignment.</summary>
    public const string Assignment = "assignment";

    /// <summary>An assignment's history.</summary>
    public const string AssignmentHistory = "assignment-history";

    /// <summary>The list of referrals.</summary>
    public const string Referrals = "referrals";

    /// <summary>The list of referrals as a file.</summary>
    public const string ReferralsFile = "referrals-file";

    /// <summary>The own history as an event log.</summary>
    public const string EventLog = "event-log";

    /// <summary>Referrals that could be moved to another version.</summary>
    public const string Moves = "moves";

    /// <summary>Referrals that will likely be late.</summary>
    public const string LikelyLate = "likely-late";

    /// <summary>The list of assignments.</summary>
    public const string Assignments = "assignments";

    /// <summary>The list of assignments as a file.</summary>
    public const string AssignmentsFile = "assignments-file";

    /// <summary>The start page with what is to be done.</summary>
    public const string Overview = "overview";

    /// <summary>What somebody was told of.</summary>
    public const string Notifications = "notifications";

    /// <summary>Missed times.</summary>
    public const string Escalations = "escalations";

    /// <summary>Messages that could not be handled or sent.</summary>
    public const string DeadLetters = "dead-letters";

    /// <summary>One message that could not be handled or sent.</summary>
    public const string DeadLetter = "dead-letter";

    /// <summary>The access log.</summary>
    public const string AccessLog = "access-log";

    /// <summary>The access log as a file.</summary>
    public const string AccessLogFile = "access-log-file";

    /// <summary>Every code.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Referral, ReferralHistory, ReferralMove, ReferralInformation, Referrals, ReferralsFile, EventLog, Moves, LikelyLate, Assignment, AssignmentHistory, Assignments, AssignmentsFile,
        Overview, Notifications, Escalations, DeadLetters, DeadLetter, AccessLog, AccessLogFile,
    ];

    /// <summary>The list that a number counts in, for what is a referral or an assignment; null for everything else.</summary>
    public static string? NumbersOf(string what) =>
        what.StartsWith("referral-", StringComparison.Ordinal) || what == Referral ? "referrals"
        : what.StartsWith("assignment-", StringComparison.Ordinal) || what == Assignment ? "assignments" : null;
}

/// <summary>What somebody looks for.</summary>
public static class LookPurposes
{
    /// <summary>Working on a case that the organisation holds or was given.</summary>
    public const string Casework = "casework";

    /// <summary>Coordinating: where times were missed.</summary>
    public const string Escalation = "escalation";

    /// <summary>Evaluation of the own work.</summary>
    public const string Evaluation = "evaluation";

    /// <summary>Administration.</summary>
    public const string Administration = "administration";

    /// <summary>Data protection: who looked.</summary>
    public const string Oversight = "oversight";

    /// <summary>Operation of the software, from the command line.</summary>
    public const string Operation = "operation";

    /// <summary>Every code.</summary>
    public static IReadOnlyList<string> All { get; } = [Casework, Escalation, Evaluation, Administration, Oversight, Operation];
}

/// <summary>What a look came to.</summary>
public static class LookOutcomes
{
    /// <summary>It was shown.</summary>
    public const string Shown = "shown";

    /// <summary>The organisation has no such thing.</summary>
    public const string NotFound = "not-found";

    /// <summary>Whoever asked may not see it.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>It was not shown for another reason, such as a wrong parameter.</summary>
    public const string Refused = "refused";

    /// <summary>Every code.</summary>
    public static IReadOnlyList<string> All { get; } = [Shown, NotFound, Forbidden, Refused];
}
