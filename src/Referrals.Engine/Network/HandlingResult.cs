namespace Referrals.Engine.Network;

/// <summary>What became of a message that came in.</summary>
public abstract record HandlingResult
{
    private HandlingResult() { }

    /// <summary>Recorded, or it had been already, or it changes nothing any more. The sender gets a receipt.</summary>
    public sealed record Handled : HandlingResult;

    /// <summary>It overtook another message, or too much happened at once: it has to come again. Nothing changed, no receipt.</summary>
    public sealed record TooEarly : HandlingResult;

    /// <summary>
    /// It can never be handled; nothing changed. It belongs among the dead letters (see <see cref="DeadLetters"/>), and then the sender
    /// gets a receipt so that it is not sent for ever.
    /// </summary>
    /// <param name="Reason">One of <see cref="RejectionReasons"/>.</param>
    public sealed record Rejected(string Reason) : HandlingResult;
}
