using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Clients;
using Referrals.Engine.Network.Organisations;
using Referrals.Engine.Network.Retention;
using Referrals.Engine.Network.Users;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Logs;
using Referrals.Workers.Hosting;

namespace Referrals.Workers.Commands;

/// <summary>The settings don't say where the database is.</summary>
public sealed class NoConnectionException() : Exception(
    "No database: set ConnectionStrings__Owner (or ConnectionStrings__App), or start a private server with ./run or deploy/local/postgres and name its folder with --data.");

/// <summary>The engine over the database of the settings, for as long as a command runs.</summary>
public sealed class EngineSession : IAsyncDisposable
{
    private readonly PostgresOptions _options;
    private readonly TenantDatabase _tables;
    private readonly PostgresEventLog _log;

    /// <summary>Opens no connection yet.</summary>
    /// <param name="configuration">Has <c>ConnectionStrings:Owner</c>, or <c>:App</c> and <c>:Worker</c>, and <c>Referrals:Schema</c>.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="NoConnectionException">It doesn't.</exception>
    public EngineSession(IConfiguration configuration, TimeProvider time)
    {
        _options = Options(configuration);
        _log = new PostgresEventLog(_options, EngineEvents.Codec);
        _tables = new TenantDatabase(_options);
        Organisations = new OrganisationService(_log, time);
        Chains = new ChainService(_log, time);
        Referrals = new ReferralService(_log, Chains, time, Guid.NewGuid);
        Assignments = new AssignmentService(_log, Chains, time);
        Clients = new ClientStore(_tables, time);
        Users = new UserStore(_tables, time);
        Accounts = new AccountStore(_tables, time);
        ReviewLogs = new ReviewLogStore(_tables, time);
        Looks = new LookStore(_tables, time);
        AuditVerifier = new AuditVerifier(_options);
        OwnHistory = new OwnHistoryExports(new OwnHistory(_log), new AuditStore(_tables, time));
        Retention = new RetentionService(_tables, Chains, Referrals, new AuditStore(_tables, time), time);
    }

    /// <summary>Organisations.</summary>
    public OrganisationService Organisations { get; }

    /// <summary>Chains.</summary>
    public ChainService Chains { get; }

    /// <summary>Referrals.</summary>
    public ReferralService Referrals { get; }

    /// <summary>Assignments.</summary>
    public AssignmentService Assignments { get; }

    /// <summary>Machine clients.</summary>
    public ClientStore Clients { get; }

    /// <summary>People.</summary>
    public UserStore Users { get; }

    /// <summary>People as they sign in.</summary>
    public AccountStore Accounts { get; }

    /// <summary>Imported event logs.</summary>
    public ReviewLogStore ReviewLogs { get; }

    /// <summary>Who looked at what.</summary>
    public LookStore Looks { get; }

    /// <summary>Checks that nobody changed the log.</summary>
    public AuditVerifier AuditVerifier { get; }

    /// <summary>An organisation's own history as an event log.</summary>
    public OwnHistoryExports OwnHistory { get; }

    /// <summary>For how long words are kept.</summary>
    public RetentionService Retention { get; }

    /// <summary>Brings the schema up to date, if the settings name its owner.</summary>
    public async Task MigrateAsync(CancellationToken ct)
    {
        if (_options.Owner is not null)
        {
            await new SchemaMigrator(_options).ApplyAsync(ct);
        }
    }

    /// <summary>Every organisation of the network, by code.</summary>
    public async Task<IReadOnlyList<OrganisationListItem>> AllOrganisationsAsync(CancellationToken ct)
    {
        const int page = 500;
        var all = new List<OrganisationListItem>();
        for (ListKey? after = null; ;)
        {
            var found = await Organisations.ListAsync([], after, page, ct);
            all.AddRange(found.Select(f => f.Item));
            if (found.Count < page)
            {
                return [.. all.OrderBy(o => o.Id.Value, StringComparer.Ordinal)];
            }

            after = found[^1].Key;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _tables.DisposeAsync();
    }

    private static PostgresOptions Options(IConfiguration configuration) =>
        string.IsNullOrEmpty(configuration.GetConnectionString("Owner")) && string.IsNullOrEmpty(configuration.GetConnectionString("App"))
            ? throw new NoConnectionException()
            : HistoryRegistration.Database(configuration);
}
