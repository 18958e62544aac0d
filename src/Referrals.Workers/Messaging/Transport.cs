using MassTransit;
using Referrals.Workers.Hosting;

namespace Referrals.Workers.Messaging;

/// <summary>Sets MassTransit up, over RabbitMQ or within the process.</summary>
internal static class Transport
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(20);

    public static void Add(IServiceCollection services, WorkersOptions options)
    {
        services.AddMassTransit(bus =>
        {
            // Nothing is reported to MassTransit's makers.
            bus.DisableUsageTelemetry();
            if (options.Broker is { } broker)
            {
                bus.UsingRabbitMq((_, rabbit) =>
                {
                    rabbit.Host(broker, host =>
                    {
                        host.PublisherConfirmation = true;
                        host.Heartbeat(Heartbeat);
                        host.ConnectionName("referrals");
                    });
                    Serialise(rabbit);
                });
            }
            else
            {
                bus.UsingInMemory((_, memory) => Serialise(memory));
            }
        });
        services.Configure<MassTransitHostOptions>(host =>
        {
            host.WaitUntilStarted = true;
            host.StopTimeout = StopWithin;
            host.ConsumerStopTimeout = StopWithin / 2;
        });
    }

    private static void Serialise(IBusFactoryConfigurator bus)
    {
        bus.ClearSerialization();
        var contracts = new ContractSerializer();
        bus.AddSerializer(contracts);
        bus.AddDeserializer(contracts, isDefault: true);
    }
}
