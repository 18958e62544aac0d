using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Referrals.Engine.History;

namespace Referrals.Workers.Hosting;

/// <summary>Traces and metrics go out by OTLP where an address is configured, the standard way: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
internal static class Telemetry
{
    private const string MassTransit = "MassTransit";
    private const string Database = "Npgsql";

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { Length: > 0 } collector)
        {
            return;
        }

        if (!configuration.GetValue("Referrals:PlainConnections", false))
        {
            Encryption.RequireOfCollector(collector);
        }

        services.AddOpenTelemetry()
            .WithTracing(traces => traces.AddSource(WorkersMetrics.Name, MassTransit, Database).AddOtlpExporter())
            .WithMetrics(metrics => metrics
                .AddMeter(WorkersMetrics.Name, HistoryMetrics.MeterName, MassTransit, Database)
                .AddOtlpExporter());
    }
}
