using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;
using Referrals.Engine.History.Keys;

namespace Referrals.Engine.History;

/// <summary>Where the history lies and how it is used.</summary>
public sealed partial record PostgresOptions
{
    /// <summary>Connection string of the owner of the schema, who applies migrations; needed by <see cref="SchemaMigrator"/> only.</summary>
    public string? Owner { get; init; }

    /// <summary>
    /// Connection string for appending and reading, of a login that is (or is a member of) <see cref="AppRole"/>. Row-level security
    /// holds for it, so it must not be a superuser.
    /// </summary>
    public required string App { get; init; }

    /// <summary>
    /// Connection string for what goes over all tenants (followers, due dates, deliveries), of a login that is (or is a member of)
    /// <see cref="WorkerRole"/>. Null in a process that does none of this.
    /// </summary>
    public string? Worker { get; init; }

    /// <summary>The schema; one per network. Up to 50 lower-case letters, digits and underscores, starting with a letter.</summary>
    public string Schema { get; init; } = "referrals";

    /// <summary>
    /// What the keys of sealed texts are wrapped with. Null in a process that neither writes nor reads such texts: both throw a
    /// <see cref="MasterKeyException"/> then.
    /// </summary>
    public IMasterKeys? MasterKeys { get; init; }

    /// <summary>Whether connections to other machines may go in the clear, because the network between is one's own.</summary>
    public bool PlainConnections { get; init; }

    /// <summary>At most this many appends share a transaction.</summary>
    public int MaxBatch { get; init; } = 64;

    /// <summary>
    /// At most this many transactions with appends are open at once. One gathers the most appends per transaction; more keep a statement
    /// that waits for a row from holding up the rest, at a third of the speed with many clients.
    /// </summary>
    public int Writers { get; init; } = 1;

    /// <summary>At most this many appends wait; further callers wait to be let in.</summary>
    public int QueueLimit { get; init; } = 1024;

    /// <summary>How long one statement may take.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often an idle follower looks by itself, in case a notification got lost with the process that should have sent it.</summary>
    public TimeSpan SafetyPoll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a process that waits for a follower's lease tries to get it.</summary>
    public TimeSpan LeaseRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The database role that appends and reads for the tenants a transaction acts for.</summary>
    public string AppRole => Schema + "_app";

    /// <summary>The database role that also reads events of all tenants and takes due rows.</summary>
    public string WorkerRole => Schema + "_worker";

    /// <summary>The channel on which committed events are announced.</summary>
    public string Channel => Schema + "_events";

    /// <summary>
    /// Options for a process that has the owner's connection string (the embedded default): the two roles log in with passwords derived
    /// from the owner's, so that every such process knows them, and they tell nothing about the owner's. Without a password of the
    /// owner (trusted local connections) they have none either.
    /// </summary>
    public static PostgresOptions FromOwner(string owner, string schema = "referrals")
    {
        var options = new PostgresOptions { Owner = owner, App = owner, Schema = schema };
        return options with { App = LoginAs(owner, options.AppRole), Worker = LoginAs(owner, options.WorkerRole) };
    }

    /// <summary>Checks what can't be right. Throws <see cref="ArgumentException"/>, and <see cref="InvalidOperationException"/> for connections in the clear.</summary>
    public void Validate()
    {
        if (!SchemaPattern().IsMatch(Schema) || Schema.StartsWith("pg_", StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{Schema}' can't be the name of a schema", nameof(Schema));
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxBatch);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Writers);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(QueueLimit);
        foreach (var (connection, name) in PlainConnections ? [] : new[] { (Owner, "owner"), (App, "application"), (Worker, "workers") })
        {
            if (connection is not null)
            {
                Encryption.RequireOf(connection, name);
            }
        }
    }

    /// <summary>Refuses to go on without master keys: for what starts a process that may meet sealed texts.</summary>
    /// <exception cref="MasterKeyException">There are none.</exception>
    public void RequireMasterKeys()
    {
        if (MasterKeys is null)
        {
            throw new MasterKeyException(
                "No master key, with which texts are sealed: set Referrals__MasterKeys__File to a file (./referrals keys create --file FILE makes one) or Referrals__MasterKeys__Text to the key itself.");
        }
    }

    /// <summary>Puts schema and roles into the text of a statement: <c>@schema</c>, <c>@app</c>, <c>@worker</c>.</summary>
    internal string Sql(string text) => text
        .Replace("@schema", $"\"{Schema}\"", StringComparison.Ordinal)
        .Replace("@app", $"\"{AppRole}\"", StringComparison.Ordinal)
        .Replace("@worker", $"\"{WorkerRole}\"", StringComparison.Ordinal);

    /// <summary>
    /// A pool whose statements stay prepared and whose connections are not reset between uses. So nothing may be set on a connection
    /// but within a transaction.
    /// </summary>
    internal NpgsqlDataSource OpenPool(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(Prepared(connectionString).ConnectionString);
        return builder.Build();
    }

    /// <summary>A connection of its own, outside every pool: closing it ends its session, and with it its locks.</summary>
    internal NpgsqlConnection OwnConnection(string connectionString)
    {
        var builder = Prepared(connectionString);
        builder.Pooling = false;
        builder.TcpKeepAlive = true;
        builder.TcpKeepAliveTime = 5;
        builder.TcpKeepAliveInterval = 2;
        return new NpgsqlConnection(builder.ConnectionString);
    }

    private NpgsqlConnectionStringBuilder Prepared(string connectionString) => new(connectionString)
    {
        MaxAutoPrepare = 50,
        AutoPrepareMinUsages = 2,
        NoResetOnClose = true,
        CommandTimeout = (int)CommandTimeout.TotalSeconds,
    };

    private static string LoginAs(string owner, string role)
    {
        var builder = new NpgsqlConnectionStringBuilder(owner) { Username = role };
        builder.Password = string.IsNullOrEmpty(builder.Password)
            ? null
            : Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(builder.Password), Encoding.UTF8.GetBytes(role)));
        return builder.ConnectionString;
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,49}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex SchemaPattern();
}
