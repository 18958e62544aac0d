namespace Referrals.Engine.Network.Audit;

/// <summary>What can be written down.</summary>
public static class AuditCodes
{
    /// <summary>An account was made.</summary>
    public const string UserCreated = "user-created";

    /// <summary>Name or address of a person changed.</summary>
    public const string UserChanged = "user-changed";

    /// <summary>A person is let in no more.</summary>
    public const string UserDisabled = "user-disabled";

    /// <summary>A person is let in again.</summary>
    public const string UserEnabled = "user-enabled";

    /// <summary>A person got a new first password, and no second factor.</summary>
    public const string UserReset = "user-reset";

    /// <summary>A person's roles in the organisation changed; details: <c>roles</c>.</summary>
    public const string RolesChanged = "roles-changed";

    /// <summary>Somebody was signed in.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>A person of another organisation joined; details: <c>roles</c>.</summary>
    public const string UserJoined = "user-joined";

    /// <summary>An administrator took a lock after wrong tries away.</summary>
    public const string UserUnlocked = "user-unlocked";

    /// <summary>A person was locked for a while, after wrong tries.</summary>
    public const string UserLocked = "user-locked";

    /// <summary>A person changed its password.</summary>
    public const string PasswordChanged = "password-changed";

    /// <summary>A person signs in with a second factor from now on.</summary>
    public const string SecondFactorOn = "second-factor-on";

    /// <summary>A person signs in without a second factor from now on.</summary>
    public const string SecondFactorOff = "second-factor-off";

    /// <summary>A recovery code was used instead of the second factor.</summary>
    public const string RecoveryCodeUsed = "recovery-code-used";

    /// <summary>A person was linked with an issuer of sign-ins.</summary>
    public const string ExternalLinked = "external-linked";

    /// <summary>An organisation joined the network.</summary>
    public const string OrganisationRegistered = "organisation-registered";

    /// <summary>An organisation's entry was changed.</summary>
    public const string OrganisationChanged = "organisation-changed";

    /// <summary>An organisation left the network.</summary>
    public const string OrganisationLeft = "organisation-left";

    /// <summary>A machine client was made.</summary>
    public const string ClientCreated = "client-created";

    /// <summary>A machine client got a new secret.</summary>
    public const string ClientRenewed = "client-renewed";

    /// <summary>A machine client is let in no more.</summary>
    public const string ClientDisabled = "client-disabled";

    /// <summary>A dead letter was sent or handled again.</summary>
    public const string DeadLetterRedelivered = "dead-letter-redelivered";

    /// <summary>A dead letter was thrown away.</summary>
    public const string DeadLetterDiscarded = "dead-letter-discarded";

    /// <summary>An event log was imported for review; details: <c>format</c>.</summary>
    public const string LogImported = "log-imported";

    /// <summary>An imported event log was deleted.</summary>
    public const string LogDeleted = "log-deleted";

    /// <summary>An organisation's own history was written to an event log; details: <c>format</c>, <c>from</c>, <c>to</c>, <c>cases</c>.</summary>
    public const string HistoryExported = "history-exported";

    /// <summary>Words of a chain's referrals were erased by its rule; details: <c>erased</c>, <c>left</c>.</summary>
    public const string RetentionRun = "retention-run";

    /// <summary>Every code.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        UserCreated, UserChanged, UserDisabled, UserEnabled, UserReset, RolesChanged, UserJoined, UserUnlocked, SignedIn, UserLocked, PasswordChanged,
        SecondFactorOn, SecondFactorOff, RecoveryCodeUsed, ExternalLinked, OrganisationRegistered, OrganisationChanged, OrganisationLeft, ClientCreated, ClientRenewed, ClientDisabled,
        DeadLetterRedelivered, DeadLetterDiscarded, LogImported, LogDeleted, HistoryExported, RetentionRun,
    ];
}
