using Referrals.Engine.History;

namespace Referrals.Api;

/// <summary>Lets nothing start without a master key, or over a network in the clear; then brings the schema up to date before anything else starts, where the owner's connection is known.</summary>
internal sealed class Migration(PostgresOptions options, ILogger<Migration> log) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        options.RequireMasterKeys();
        options.Validate();
        if (options.Owner is null)
        {
            return;
        }

        foreach (var name in await new SchemaMigrator(options).ApplyAsync(cancellationToken))
        {
            log.LogInformation("Applied migration {Migration}", name);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
