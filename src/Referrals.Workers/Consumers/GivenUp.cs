namespace Referrals.Workers.Consumers;

/// <summary>Why a message was given up, beside the reasons of the engine: status codes of dead letters.</summary>
public static class GivenUp
{
    /// <summary>Handling it failed in a way that the program did not foresee; it comes again, and when that succeeds the row goes.</summary>
    public const string Failed = "failed";

    /// <summary>It was sent again as often as agreed and no receipt came.</summary>
    public const string NoReceipt = "no-receipt";

    /// <summary>The message can't be made from its event, or can't be written.</summary>
    public const string Unsendable = "unsendable";
}

/// <summary>A message was rejected and is among the dead letters; takes it to the error queue.</summary>
public sealed class MessageRejectedException(string reason) : Exception($"rejected: {reason}");

/// <summary>Handling a message failed again and again; takes it to the error queue.</summary>
public sealed class MessageFailedException(Exception inner) : Exception($"failed: {inner.GetType().Name}", inner);
