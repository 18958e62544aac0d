using MassTransit;
using Referrals.Engine;
using Referrals.Engine.Network.Contracts;
using Referrals.Workers.Consumers;

namespace Referrals.Workers.Messaging;

/// <summary>Adds the handler of one contract to an organisation's queue.</summary>
internal abstract class HandlerOf
{
    public static HandlerOf Type(Type contract) =>
        (HandlerOf)Activator.CreateInstance(typeof(Of<>).MakeGenericType(contract))!;

    public abstract void Add(
        IReceiveEndpointConfigurator endpoint, IncomingMessages incoming, OrganisationId organisation, IPartitioner partitioner);

    private sealed class Of<T> : HandlerOf
        where T : class, IMessageV1
    {
        public override void Add(
            IReceiveEndpointConfigurator endpoint, IncomingMessages incoming, OrganisationId organisation, IPartitioner partitioner) =>
            endpoint.Handler<T>(
                context => incoming.ConsumeAsync(context, organisation),
                handler => handler.UsePartitioner(partitioner, context => MessageKey.Of(context.Message)));
    }
}
