using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Referrals.Engine.History;

/// <summary>Creates the two database roles of a schema, and lets them log in where the options' connection strings use them.</summary>
internal sealed class SchemaRoles(PostgresOptions options)
{
    public async Task EnsureAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await EnsureAsync(connection, options.AppRole, options.App, ct);
        await EnsureAsync(connection, options.WorkerRole, options.Worker, ct);
        await RetryAsync(connection, $"grant \"{options.AppRole}\" to \"{options.WorkerRole}\";", ct);
    }

    private static async Task EnsureAsync(NpgsqlConnection connection, string role, string? connectionString, CancellationToken ct)
    {
        await RetryAsync(
            connection,
            $"""
            if not exists (select from pg_roles where rolname = '{role}') then
              create role "{role}" nologin nosuperuser nobypassrls;
            end if;
            """,
            ct);
        var login = new NpgsqlConnectionStringBuilder(connectionString);
        if (login.Username != role)
        {
            return;
        }

        // The verifier instead of the password, so that no log of statements can show it.
        var password = string.IsNullOrEmpty(login.Password) ? "" : $" password '{ScramVerifier(login.Password)}'";
        await RetryAsync(connection, $"alter role \"{role}\" login{password};", ct);
    }

    // Roles belong to the whole cluster, so migrations of several databases may meet here; the lock of one database can't prevent it.
    // On the server, because "tuple concurrently updated" is an internal error, for which Npgsql gives up the connection.
    private static async Task RetryAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"""
            do $roles$ begin
              for attempt in 1..50 loop
                begin
                  {sql}
                  return;
                exception when internal_error or duplicate_object or unique_violation then
                  if attempt = 50 then raise; end if;
                  perform pg_sleep(random() * 0.05);
                end;
              end loop;
            end $roles$
            """,
            connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What PostgreSQL keeps instead of a password (RFC 5803).</summary>
    private static string ScramVerifier(string password)
    {
        const int iterations = 4096;
        var salt = RandomNumberGenerator.GetBytes(16);
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, 32);
        var stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var server = HMACSHA256.HashData(salted, "Server Key"u8);
        return $"SCRAM-SHA-256${iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(stored)}:{Convert.ToBase64String(server)}";
    }
}
