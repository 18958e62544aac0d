using Referrals.Engine.History;
using Referrals.Engine.History.Keys;
using Referrals.LocalServers;

[assembly: AssemblyFixture(typeof(LocalPostgres))]

namespace Referrals.History.Tests;

/// <summary>Each test has a schema to itself, in one server.</summary>
internal static class TestSchemas
{
    private static int _count;

    /// <summary>A schema that no other test uses; not migrated yet.</summary>
    public static PostgresOptions NewSchema(this LocalPostgres server) =>
        PostgresOptions.FromOwner(server.ConnectionString, $"t{Interlocked.Increment(ref _count)}") with
        {
            MasterKeys = MasterKeys.FromText(TestMasterKeys.Text),
            LeaseRetry = TimeSpan.FromMilliseconds(100),
        };

    /// <summary>A fresh, migrated schema.</summary>
    public static async Task<PostgresOptions> MigratedAsync(this LocalPostgres server, CancellationToken ct)
    {
        var options = server.NewSchema();
        await new SchemaMigrator(options).ApplyAsync(ct);
        return options;
    }
}
