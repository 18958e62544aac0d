using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Referrals.Engine.History;

/// <summary>Brings the schema up to date: applies the embedded SQL files in the order of their names, each once.</summary>
/// <remarks>Several processes may do this at once: one applies, the others wait and find it done.</remarks>
public sealed class SchemaMigrator
{
    private readonly PostgresOptions _options;
    private readonly IReadOnlyList<SqlScript> _scripts;

    /// <summary>A migrator for the schema of <paramref name="options"/>, which must name the owner.</summary>
    public SchemaMigrator(PostgresOptions options)
        : this(options, SqlScript.Embedded())
    {
    }

    internal SchemaMigrator(PostgresOptions options, IReadOnlyList<SqlScript> scripts)
    {
        options.Validate();
        _options = options;
        _scripts = scripts;
    }

    /// <summary>Creates roles and schema and applies what is not yet applied.</summary>
    /// <returns>Names of the files applied now.</returns>
    /// <exception cref="SchemaChangedException">The text of a file differs from what was applied.</exception>
    public async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken ct)
    {
        var owner = _options.Owner ?? throw new InvalidOperationException("migrations need the owner's connection string");
        await using var connection = _options.OwnConnection(owner);
        await connection.OpenAsync(ct);

        // Held until the connection closes. Waiting for it must not run into the command timeout: another process may be migrating.
        await ExecuteAsync(connection, $"select pg_advisory_lock(hashtextextended('migrate/{_options.Schema}', 0))", ct, timeout: 0);
        await new SchemaRoles(_options).EnsureAsync(connection, ct);
        await ExecuteAsync(connection, _options.Sql(
            """
            create schema if not exists @schema;
            create table if not exists @schema.migrations (
              name text primary key, checksum text not null, applied_at timestamptz not null default now());
            """), ct);
        return await ApplyMissingAsync(connection, ct);
    }

    private async Task<IReadOnlyList<string>> ApplyMissingAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var applied = await AppliedAsync(connection, ct);
        var changed = _scripts.Where(s => applied.TryGetValue(s.Name, out var sum) && sum != s.Checksum).Select(s => s.Name).ToList();
        if (changed.Count > 0)
        {
            throw new SchemaChangedException(changed);
        }

        var missing = _scripts.Where(s => !applied.ContainsKey(s.Name)).ToList();
        foreach (var script in missing)
        {
            await ApplyAsync(connection, script, ct);
        }

        return [.. missing.Select(s => s.Name)];
    }

    private async Task ApplyAsync(NpgsqlConnection connection, SqlScript script, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, _options.Sql(script.Text), ct, timeout: 0);
        await using var record = new NpgsqlCommand(_options.Sql("insert into @schema.migrations (name, checksum) values ($1, $2)"), connection);
        record.Parameters.Add(new() { Value = script.Name });
        record.Parameters.Add(new() { Value = script.Checksum });
        await record.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private async Task<Dictionary<string, string>> AppliedAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(_options.Sql("select name, checksum from @schema.migrations"), connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var applied = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            applied.Add(reader.GetString(0), reader.GetString(1));
        }

        return applied;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct, int? timeout = null)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.CommandTimeout = timeout ?? command.CommandTimeout;
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>A file of SQL: its name orders it, its checksum tells whether it is the one that was applied.</summary>
internal sealed record SqlScript(string Name, string Text)
{
    /// <summary>SHA-256 of the text, line ends aside.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\n"))));

    /// <summary>The files in this assembly, in order.</summary>
    public static IReadOnlyList<SqlScript> Embedded()
    {
        const string prefix = "Referrals.Engine.History.Sql.";
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(n => new SqlScript(n[prefix.Length..], ReadText(assembly, n)))];
    }

    private static string ReadText(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}

/// <summary>Files that were applied to the database have another text now. An applied file never changes: add a new one.</summary>
public sealed class SchemaChangedException(IReadOnlyList<string> names)
    : Exception($"applied migrations were changed afterwards: {string.Join(", ", names)}");
