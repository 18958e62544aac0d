using Npgsql;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Users;
using Referrals.LocalServers;

namespace Referrals.History.Tests.Users;

/// <summary>The stores of people over a schema of their own.</summary>
public sealed class PeopleSchema(LocalPostgres server) : IAsyncLifetime
{
    /// <summary>Hashing takes long; most tests need no password that matches.</summary>
    public const string NoHash = "not-a-hash";

    public PostgresOptions Options { get; private set; } = null!;

    public TenantDatabase Database { get; private set; } = null!;

    public UserStore Users { get; private set; } = null!;

    public AccountStore Accounts { get; private set; } = null!;

    public AuditStore Audit { get; private set; } = null!;

    public ManagedPeople People { get; private set; } = null!;

    /// <summary>What the stores think the time is.</summary>
    public MovedClock Clock { get; } = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Options = await server.MigratedAsync(Ct);
        Database = new TenantDatabase(Options);
        (Users, Accounts, Audit) = (new UserStore(Database, Clock), new AccountStore(Database, Clock), new AuditStore(Database, Clock));
        People = new ManagedPeople(Database, Clock);
    }

    public async ValueTask DisposeAsync() => await Database.DisposeAsync();

    public static OrganisationId Organisation() => new($"office-{Guid.NewGuid():n}");

    public static string Login() => $"p{Guid.NewGuid():n}";

    public async Task<Account> PersonAsync(OrganisationId home, params string[] roles)
    {
        var login = Login();
        Assert.NotNull(await Users.CreateAsync(
            home, new NewPerson(login, "Robin Beispiel", $"{login}@example.org", NoHash), roles.Length == 0 ? [NetworkRoles.Caseworker] : roles, "test", Ct));
        return await AgainAsync(login);
    }

    public async Task<Account> AgainAsync(string login)
    {
        var account = await Accounts.FindByLoginAsync(login, Ct);
        Assert.NotNull(account);
        return account;
    }

    public async Task<NpgsqlConnection> ActingForAsync(string tenants)
    {
        var app = await Sql.OpenAsync(Options.App, Ct);
        await app.LinesAsync($"select set_config('referrals.tenants', '{tenants}', false)", Ct);
        return app;
    }
}

/// <summary>A clock that tests move.</summary>
public sealed class MovedClock : TimeProvider
{
    private TimeSpan _moved;

    public void Move(TimeSpan by) => _moved += by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _moved;
}
