using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Referrals.Engine.History;

namespace Referrals.Api;

/// <summary>Traces and metrics go out by OTLP where an address is configured, the standard way: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
internal static class Telemetry
{
    private const string Database = "Npgsql";

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        services.AddOpenTelemetry()
            .WithTracing(traces => traces.AddAspNetCoreInstrumentation().AddSource(Database).AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddMeter(HistoryMetrics.MeterName, Database).AddOtlpExporter());
    }
}
