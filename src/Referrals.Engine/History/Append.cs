namespace Referrals.Engine.History;

/// <summary>A stream: its tenant (an organisation, or <see cref="Network"/>), its kind in snake case, and its id in that tenant.</summary>
/// <param name="Tenant">The owner; nobody else can read or write the stream.</param>
/// <param name="Type">Kind of stream, such as <c>referral</c>.</param>
/// <param name="Id">Identity within the tenant.</param>
public readonly record struct StreamName(string Tenant, string Type, Guid Id)
{
    /// <summary>The tenant of what belongs to the network as a whole; every organisation may read it.</summary>
    public const string Network = "*DEFAULT*";
}

/// <summary>Who caused events, when, and in which context. Stored with each event.</summary>
/// <param name="At">When it was decided (UTC); becomes the events' time stamp.</param>
/// <param name="User">Name of the user or client that acted, or of the worker.</param>
/// <param name="Organisation">Organisation the user acted for, or null for the network's own machinery.</param>
/// <param name="Correlation">What the events belong to as a whole, such as the request.</param>
/// <param name="Causation">The message or event that caused them.</param>
/// <param name="TraceParent">W3C trace context of the cause.</param>
public sealed record EventContext(
    DateTimeOffset At,
    string User,
    string? Organisation = null,
    string? Correlation = null,
    string? Causation = null,
    string? TraceParent = null);

/// <summary>Events for one stream, to be written only if the stream is at the expected version.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="ExpectedVersion">The version that the decision was made on; 0 for a new stream.</param>
/// <param name="Events">The events, in order; known to the codec. Event ids are given by the log.</param>
public sealed record StreamAppend(StreamName Stream, long ExpectedVersion, IReadOnlyList<object> Events);

/// <summary>One transaction: events of several streams and the rows that go with them.</summary>
public sealed record Append(EventContext Context, IReadOnlyList<StreamAppend> Streams, IReadOnlyList<RowChange> Rows)
{
    /// <summary>An append to one stream.</summary>
    public static Append To(StreamName stream, long expectedVersion, IReadOnlyList<object> events, EventContext context, params IReadOnlyList<RowChange> rows) =>
        new(context, [new StreamAppend(stream, expectedVersion, events)], rows);
}

/// <summary>What became of an append.</summary>
public abstract record AppendResult
{
    private AppendResult() { }

    /// <summary>Written. The events in the order of the append, with their sequence and versions.</summary>
    public sealed record Appended(IReadOnlyList<AppendedEvent> Events) : AppendResult;

    /// <summary>A stream was not at the expected version; <paramref name="Actual"/> is the real one. Nothing was written.</summary>
    public sealed record Conflict(StreamName Stream, long Expected, long Actual) : AppendResult;

    /// <summary>The message was already handled in this tenant. Nothing was written.</summary>
    public sealed record AlreadyHandled(Guid MessageId) : AppendResult;
}

/// <summary>Where an event came to lie.</summary>
public readonly record struct AppendedEvent(long Sequence, Guid Id, long Version);

/// <summary>An event as the log keeps it.</summary>
/// <param name="Sequence">Position in the whole log.</param>
/// <param name="Id">Identity of the event; also the id of the message made from it.</param>
/// <param name="Stream">The stream it belongs to.</param>
/// <param name="Version">Its number in the stream, from 1.</param>
/// <param name="Type">Its name in the log, such as <c>step_offered</c>.</param>
/// <param name="Data">The event itself, in today's shape.</param>
/// <param name="Context">Who caused it and when.</param>
public sealed record RecordedEvent(
    long Sequence, Guid Id, StreamName Stream, long Version, string Type, object Data, EventContext Context);
