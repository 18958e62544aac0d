using Referrals.Engine.History;
using Referrals.LocalServers;

namespace Referrals.History.Tests;

public sealed class PostgresEventLogTests(LocalPostgres server) : EventLogContract, IAsyncLifetime
{
    private PostgresEventLog _log = null!;

    protected override IEventLog Log => _log;

    public async ValueTask InitializeAsync() => _log = new(await server.MigratedAsync(Ct), Given.Codec);

    public async ValueTask DisposeAsync() => await _log.DisposeAsync();
}
