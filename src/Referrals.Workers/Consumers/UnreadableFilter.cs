using System.Runtime.Serialization;
using System.Text.Json;
using MassTransit;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Workers.Messaging;

namespace Referrals.Workers.Consumers;

/// <summary>
/// Sees what goes to the error queue. What was handled or rejected has its row already; what could not be read, or is none of our
/// contracts, gets its row here.
/// </summary>
internal sealed class UnreadableFilter(IncomingMessages incoming, OrganisationId receiver) : IFilter<ExceptionReceiveContext>
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        switch (context.Exception)
        {
            case UnknownContractException unknown:
                await incoming.UnreadableAsync(receiver, context, RejectionReasons.UnknownType, unknown.TypeName);
                break;
            case SerializationException or JsonException or FormatException:
                await incoming.UnreadableAsync(receiver, context, RejectionReasons.Malformed, "unknown");
                break;
            default:
                // Handled or rejected by name before it came here.
                break;
        }

        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("unreadable");
}
