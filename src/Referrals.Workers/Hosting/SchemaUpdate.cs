using Referrals.Engine.History;

namespace Referrals.Workers.Hosting;

/// <summary>
/// Lets nothing start without a master key; then brings the database up to date before anything else starts, where this process knows its owner; any number of processes may do so
/// at once. Otherwise an operator does it beforehand.
/// </summary>
internal sealed class SchemaUpdate(IServiceProvider services, ILogger<SchemaUpdate> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        // Not with a history in memory.
        if (services.GetRequiredService<IEventLog>() is not PostgresEventLog)
        {
            return;
        }

        var options = services.GetRequiredService<PostgresOptions>();
        options.RequireMasterKeys();
        if (options.Owner is null)
        {
            return;
        }

        var applied = await new SchemaMigrator(options).ApplyAsync(cancellationToken);
        if (applied.Count > 0)
        {
            logger.LogInformation("Applied {Count} migrations to schema {Schema}", applied.Count, options.Schema);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
