using System.Diagnostics;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Workers.Consumers;
using Referrals.Workers.Hosting;

namespace Referrals.Workers.Relay;

/// <summary>What an event means for the relay.</summary>
internal abstract record Parcel
{
    private Parcel() { }

    /// <summary>The event.</summary>
    public required RecordedEvent Event { get; init; }

    /// <summary>A message to send.</summary>
    public sealed record Ready(OutgoingMessage Message) : Parcel
    {
        /// <summary>An activity within the trace of the event, or null when nobody listens.</summary>
        public Activity? StartActivity(string name) => WorkersMetrics.Activities.StartActivity(
            name, ActivityKind.Internal, ActivityContext.TryParse(Event.Context.TraceParent, null, isRemote: true, out var parent) ? parent : default);
    }

    /// <summary>It may not be sent, or can't be made: the row says why.</summary>
    public sealed record Blocked(ListRow Row) : Parcel;

    /// <summary>The organisation that an event's message goes to; null when there is none, or none can be made.</summary>
    public static string? ReceiverOf(RecordedEvent recorded) => Of(recorded, recorded.Context.At) is Ready ready ? ready.Message.To.Value : null;

    /// <summary>The parcel of an event, or null when nobody else is to know of it.</summary>
    public static Parcel? Of(RecordedEvent recorded, DateTimeOffset now)
    {
        var tenant = new OrganisationId(recorded.Stream.Tenant);
        try
        {
            if (Outgoing.From(recorded) is not { } message)
            {
                return null;
            }

            return OutgoingScreen.Check(message.Body) is { } reason
                ? new Blocked(DeadLetters.Row(tenant, message.Body, recorded.Id, reason, now, recorded.Sequence)) { Event = recorded }
                : new Ready(message) { Event = recorded };
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            return new Blocked(DeadLetterBox.Unreadable(tenant, recorded.Type, recorded.Id, GivenUp.Unsendable, now, recorded.Sequence)) { Event = recorded };
        }
    }
}
