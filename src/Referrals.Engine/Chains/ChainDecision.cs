using System.Globalization;

namespace Referrals.Engine.Chains;

/// <summary>What a decision on a chain comes to.</summary>
public abstract record ChainDecision
{
    private ChainDecision() { }

    /// <summary>These events happen; none: it was already done.</summary>
    public sealed record Happens(IReadOnlyList<ChainEvent> Events) : ChainDecision;

    /// <summary>It can't be done; nothing changes.</summary>
    public sealed record Refused(ChainRefusal Refusal) : ChainDecision;
}

/// <summary>Why something can't be done with a chain: a stable code and plain words.</summary>
/// <param name="Code">Stable code, such as <c>chain-not-partner</c>.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record ChainRefusal(string Code, string Message)
{
    /// <summary>There is no such chain or version.</summary>
    public static readonly ChainRefusal NotFound = new("chain-not-found", "There is no such chain or version.");

    /// <summary>Only the coordinator of the chain may do this.</summary>
    public static readonly ChainRefusal NotCoordinator = new("chain-not-coordinator", "Only the coordinator of the chain may do this.");

    /// <summary>Only an organisation that is named in a step of the version agrees, objects or withdraws.</summary>
    public static readonly ChainRefusal NotPartner = new("chain-not-partner", "Only organisations named in a step of this version agree, object or withdraw.");

    /// <summary>The organisation left the network.</summary>
    public static readonly ChainRefusal PartnerLeft = new("chain-partner-left", "An organisation that has left the network agrees to nothing any more.");

    /// <summary>The definition is of another chain than the one asked for.</summary>
    public static readonly ChainRefusal OtherChain = new("chain-other-chain", "The definition belongs to another chain.");

    /// <summary>A partner objected to the version.</summary>
    public static readonly ChainRefusal VersionObjected = new("chain-version-objected", "A partner objected to this version; a new one has to be proposed.");

    /// <summary>The version is in force, so that it is too late to object.</summary>
    public static readonly ChainRefusal VersionInForce = new("chain-version-in-force", "This version is in force already; a new one has to be proposed.");

    /// <summary>Nobody withdraws from a version that is not in force; an open one is objected to.</summary>
    public static readonly ChainRefusal VersionNotInForce =
        new("chain-version-not-in-force", "This version is not in force; object to it where it is still open.");

    /// <summary>The day from which the version is to be in force has passed.</summary>
    public static readonly ChainRefusal DayPast = new("chain-from-past", "The day from which the version is to be in force is today or later.");

    /// <summary>Words are kept 6 to 120 months, or no rule is set.</summary>
    public static readonly ChainRefusal RetentionInvalid = new("chain-retention-invalid", "Words are erased 6 to 120 months after a referral's end, or not by themselves.");

    /// <summary>The version was replaced or retired.</summary>
    public static readonly ChainRefusal VersionClosed = new("chain-version-closed", "This version was replaced or retired.");

    /// <summary>Other content was proposed under this number.</summary>
    public static readonly ChainRefusal VersionTaken = new("chain-version-taken", "Another content, or another day, was already proposed under this number of the version.");

    /// <summary>What is wrong with the definition; empty unless the code is <c>chain-invalid</c>.</summary>
    public IReadOnlyList<ChainFault> Faults { get; init; } = [];

    /// <summary>There is no draft.</summary>
    public static readonly ChainRefusal NoDraft = new("chain-no-draft", "There is no draft of this chain.");

    /// <summary>No draft is known before the present one.</summary>
    public static readonly ChainRefusal NothingToUndo = new("chain-nothing-to-undo", "There is nothing to undo in this draft.");

    /// <summary>Nothing was undone since the last change.</summary>
    public static readonly ChainRefusal NothingToRedo = new("chain-nothing-to-redo", "There is nothing to redo in this draft.");

    /// <summary>The draft is another one than the editor saw. Who changed it stands in the history.</summary>
    /// <param name="at">When it was changed (UTC); null: it was proposed or thrown away.</param>
    public static ChainRefusal DraftChanged(DateTimeOffset? at) => new(
        "chain-draft-changed",
        at is { } time
            ? string.Create(CultureInfo.InvariantCulture, $"The draft was changed meanwhile, at {time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC; look at it before you save over it.")
            : "The draft was proposed or thrown away meanwhile.");

    /// <summary>The number is not the next one.</summary>
    public static ChainRefusal VersionNotNext(int next) => new("chain-version-not-next", $"The next version has the number {next}.");

    /// <summary>The definition has faults.</summary>
    public static ChainRefusal Invalid(IReadOnlyList<ChainFault> faults) =>
        new("chain-invalid", "The chain has faults; put them right before it is proposed.") { Faults = faults };
}
