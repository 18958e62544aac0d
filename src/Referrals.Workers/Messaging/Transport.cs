using System.Net.Security;
using System.Security.Authentication;
using MassTransit;
using Referrals.Engine.History;
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
                        if (Encryption.IsEncrypted(broker))
                        {
                            host.UseSsl(tls => Check(tls, broker));
                        }
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

    // The certificate has to be that of this name, from an authority that this machine trusts.
    private static void Check(IRabbitMqSslConfigurator tls, Uri broker)
    {
        tls.Protocol = SslProtocols.Tls12 | SslProtocols.Tls13;
        tls.ServerName = broker.Host;
        tls.EnforcePolicyErrors(SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNotAvailable);
    }

    private static void Serialise(IBusFactoryConfigurator bus)
    {
        bus.ClearSerialization();
        var contracts = new ContractSerializer();
        bus.AddSerializer(contracts);
        bus.AddDeserializer(contracts, isDefault: true);
    }
}
