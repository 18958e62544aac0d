using Referrals.Engine.Network.Contracts;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Network;

/// <summary>
/// Screens a message's note once more right before it is sent. The note was screened when it was written; this stops what the screen
/// has learnt to see since, or what came into the log another way. The receiver screens again (pair assertion).
/// </summary>
public static class OutgoingScreen
{
    /// <summary>Null when the message may go out; else the code of why not, for the dead letters.</summary>
    public static string? Check(IMessageV1 message) => MessageTypes.NoteOf(message) is { } note ? Check(note) : null;

    internal static string? Check(Note note) => NoteScreen.Screen(note.Text, note.Kept) switch
    {
        ScreenResult.Passed => null,
        ScreenResult.Blocked => RejectionReasons.NoteBlocked,
        ScreenResult.Unusable => RejectionReasons.NoteUnusable,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>Why a message can't be handled or sent: the status codes of dead letters.</summary>
public static class RejectionReasons
{
    /// <summary>Not one of the contracts.</summary>
    public const string UnknownType = "unknown-type";

    /// <summary>Something that the contract demands is missing or can't be read.</summary>
    public const string Malformed = "malformed";

    /// <summary>The message is for another organisation than the one whose queue it lay in.</summary>
    public const string WrongTenant = "wrong-tenant";

    /// <summary>The network has no such organisation.</summary>
    public const string UnknownOrganisation = "unknown-organisation";

    /// <summary>The sender is not the one that the assignment came from, or was offered to.</summary>
    public const string WrongSender = "wrong-sender";

    /// <summary>The partner reports of an assignment that this organisation never offered.</summary>
    public const string UnknownAssignment = "unknown-assignment";

    /// <summary>There is no such version of the chain, or no such step in it.</summary>
    public const string UnknownChain = "unknown-chain";

    /// <summary>The chain does not agree on this: not this partner for the step, not this coordinator, not this fact or value.</summary>
    public const string NotAgreed = "not-agreed";

    /// <summary>The screen found something in the note that could tell who the person is.</summary>
    public const string NoteBlocked = "note-blocked";

    /// <summary>The note is empty, too long, or has control characters.</summary>
    public const string NoteUnusable = "note-unusable";

    /// <summary>It can't follow what was said before, such as a completion of what was never accepted.</summary>
    public const string DoesNotFit = "does-not-fit";

    /// <summary>It was to be made anew from its sender's log, which does not hold it.</summary>
    public const string NotInSendersLog = "not-in-senders-log";

    /// <summary>It came again so often without its predecessor that it was given up.</summary>
    public const string NeverInOrder = "never-in-order";
}
