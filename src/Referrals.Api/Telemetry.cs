using System.Diagnostics;
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
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { Length: > 0 } collector)
        {
            return;
        }

        if (!configuration.GetValue("Referrals:PlainConnections", false))
        {
            Encryption.RequireOfCollector(collector);
        }

        services.AddOpenTelemetry()
            .WithTracing(traces => traces.AddAspNetCoreInstrumentation(o => o.EnrichWithHttpResponse = (activity, response) => TellRoute(activity, response.HttpContext)).AddSource(Database).AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddMeter(HistoryMetrics.MeterName, Database).AddOtlpExporter());
    }

    // An address says which referral or assignment somebody looks at, and a search what for: a trace tells the route instead.
    private static void TellRoute(Activity activity, HttpContext context)
    {
        activity.SetTag("url.path", (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(none)");
        activity.SetTag("url.query", null);
    }
}
