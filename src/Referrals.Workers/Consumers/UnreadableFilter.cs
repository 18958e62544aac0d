using MassTransit;
using Referrals.Engine;
using Referrals.Engine.Network;

namespace Referrals.Workers.Consumers;

/// <summary>
/// Sees what goes to the error queue. What was handled or rejected has its row already; what could not be read, or is none of our
/// contracts, gets its row here.
/// </summary>
internal sealed class UnreadableFilter(IncomingMessages incoming, OrganisationId receiver) : IFilter<ExceptionReceiveContext>
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        if (ReasonOf(context.Exception) is { } reason)
        {
            await incoming.UnreadableAsync(receiver, context, reason, TypeOf(context));
        }

        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("unreadable");

    private static string? ReasonOf(Exception e) => e switch
    {
        MessageNotConsumedException => RejectionReasons.UnknownType,
        System.Runtime.Serialization.SerializationException or System.Text.Json.JsonException or FormatException => RejectionReasons.Malformed,
        _ => null,
    };

    // The last part of a type's name, if it is one: it comes from outside.
    private static string TypeOf(ExceptionReceiveContext context)
    {
        var name = context.TryGetPayload<ConsumeContext>(out var consume) ? consume.SupportedMessageTypes.FirstOrDefault() : null;
        var last = name?.Split(':', '.')[^1];
        return last is { Length: > 0 and <= 60 } && last.All(char.IsAsciiLetterOrDigit) ? last : "unknown";
    }
}
