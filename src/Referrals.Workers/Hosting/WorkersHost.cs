using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Referrals.Workers.Hosting;

/// <summary>The workers' own process.</summary>
public static class WorkersHost
{
    private const string DefaultAddress = "http://127.0.0.1:5081";

    /// <summary>Builds the host; it serves nothing but <c>/health/live</c> and <c>/health/ready</c>, on the loopback address
    /// unless told otherwise.</summary>
    /// <param name="args">Settings as command-line arguments.</param>
    /// <param name="configure">Changes what is registered, at last.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Host.UseDefaultServiceProvider(provider => (provider.ValidateOnBuild, provider.ValidateScopes) = (true, true));

        // So that /health answers while the workers still wait for the broker.
        builder.Services.Configure<HostOptions>(host => host.ServicesStartConcurrently = true);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]) && string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.HttpPortsKey]))
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }

        builder.Services.AddReferralsWorkers(builder.Configuration);
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready"), ResponseWriter = WriteAsync });
        return app;
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            status = report.Status.ToString(),
            checks = report.Entries.ToDictionary(e => e.Key, e => new { status = e.Value.Status.ToString(), e.Value.Description, e.Value.Data }),
        },
        context.RequestAborted);
}
