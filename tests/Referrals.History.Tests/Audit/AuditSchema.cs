using Npgsql;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Network.Audit;
using Referrals.LocalServers;

namespace Referrals.History.Tests.Audit;

/// <summary>The log of a schema of its own, with two processes' worth of connections to it and one of somebody who may do anything.</summary>
public sealed class AuditSchema(LocalPostgres server) : IAsyncLifetime
{
    private readonly List<TenantDatabase> _processes = [];

    public PostgresOptions Options { get; private set; } = null!;

    public NpgsqlConnection Superuser { get; private set; } = null!;

    public IReadOnlyList<LookStore> Looks { get; private set; } = [];

    public AuditStore Deeds { get; private set; } = null!;

    public AuditVerifier Verifier { get; private set; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Options = await server.MigratedAsync(Ct);
        Superuser = await Sql.OpenAsync(Options.Owner!, Ct);
        _processes.AddRange([new TenantDatabase(Options), new TenantDatabase(Options)]);
        Looks = [.. _processes.Select(p => new LookStore(p, TimeProvider.System))];
        Deeds = new AuditStore(_processes[0], TimeProvider.System);
        Verifier = new AuditVerifier(Options);
    }

    public async ValueTask DisposeAsync()
    {
        await Superuser.DisposeAsync();
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
    }

    public static OrganisationId Organisation() => new($"office-{Guid.NewGuid():n}");

    public static Look Look(OrganisationId organisation, Guid? subject = null, string who = "kim") =>
        new(organisation, who, LookCodes.Referral, "caseworker", LookPurposes.Casework, LookOutcomes.Shown) { Subject = subject ?? Guid.NewGuid() };

    /// <summary>An organisation whose chain has this many entries.</summary>
    public async Task<OrganisationId> WithEntriesAsync(int count)
    {
        var organisation = Organisation();
        for (var i = 1; i <= count; i++)
        {
            await (i % 3 == 0 ? Deeds.WriteAsync(new AuditEntry(organisation, "robin", AuditCodes.ClientCreated, $"client-{i}", new Dictionary<string, string> { ["roles"] = "partner" }), Ct)
                : Looks[i % 2].WriteAsync(Look(organisation), Ct));
        }

        return organisation;
    }

    public async Task<AuditVerdict> VerifyAsync(OrganisationId organisation, params IReadOnlyCollection<AuditAnchor> anchors)
    {
        await foreach (var verdict in Verifier.VerifyAsync(organisation, anchors, Ct))
        {
            Assert.Equal(organisation, verdict.Organisation);
            return verdict;
        }

        throw new InvalidOperationException("no verdict");
    }

    /// <summary>What somebody with every right can do: past the triggers.</summary>
    public Task TamperAsync(string sql) =>
        Superuser.RunAsync($"set session_replication_role = replica; {sql.Replace("S.", Options.Schema + ".", StringComparison.Ordinal)}; reset session_replication_role", Ct);

    public async Task<NpgsqlConnection> AppAsync(OrganisationId organisation)
    {
        var app = await Sql.OpenAsync(Options.App, Ct);
        await app.LinesAsync($"select set_config('referrals.tenants', '{organisation}', false)", Ct);
        return app;
    }
}
