namespace Referrals.Engine.History;

/// <summary>An event at the end of the log, as far as somebody needs to know it who only wants to hear that something changed.</summary>
/// <param name="Sequence">Position in the whole log.</param>
/// <param name="Stream">The stream that it belongs to.</param>
/// <param name="Type">Its name in the log, such as <c>step_accepted</c>.</param>
/// <param name="User">Who caused it.</param>
public sealed record TailEvent(long Sequence, StreamName Stream, string Type, string User);

/// <summary>New events of one tenant.</summary>
/// <param name="Events">The events, in the log's order.</param>
/// <param name="ReadTo">The position from which the next question goes on; everything of the tenant up to there was given.</param>
/// <param name="More">Whether there is more to read at once.</param>
public sealed record TenantTail(IReadOnlyList<TailEvent> Events, long ReadTo, bool More);

/// <summary>Why somebody who watches for commits is woken.</summary>
public enum CommitWake
{
    /// <summary>The watch has begun, or begun again after the connection was lost: whatever was committed before has to be looked for.</summary>
    Watching,

    /// <summary>Something was committed, by whichever process; many commits in a short time wake once.</summary>
    Committed,

    /// <summary>Nothing was heard for a while; a look does no harm.</summary>
    Quiet,
}
