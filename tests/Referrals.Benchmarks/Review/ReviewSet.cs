using System.Text.Json;
using Npgsql;
using Referrals.LocalServers;

namespace Referrals.Benchmarks.Review;

/// <summary>The data set of the review in a database of its own, written once for as long as the server's folder is kept.</summary>
/// <param name="Owner">Connects to it as superuser.</param>
/// <param name="Fill">What was written, now or earlier.</param>
internal sealed record ReviewSet(string Owner, ReviewFill Fill)
{
    /// <summary>The schema in the database.</summary>
    public const string Schema = "referrals";

    private const string Database = "bench_review";
    private const long Seed = 1;

    /// <summary>Takes what is there if it has so many referrals, else writes it.</summary>
    public static async Task<ReviewSet> OpenAsync(LocalPostgres postgres, int referrals, CancellationToken ct)
    {
        var note = Path.Combine(postgres.Folder, $"{Database}.json");
        if (File.Exists(note) && JsonSerializer.Deserialize<ReviewFill>(await File.ReadAllTextAsync(note, ct)) is { } known && known.Referrals == referrals)
        {
            await Console.Error.WriteLineAsync($"review: {known.Events:N0} events are there already");
            return new ReviewSet(postgres.ConnectionTo(Database), known);
        }

        File.Delete(note);
        await DropAsync(postgres, ct);
        var owner = await postgres.CreateDatabaseAsync(Database, ct);
        var fill = await new ReviewTenant(owner, Schema).FillAsync(referrals, Seed, written => Console.Error.Write($"\rreview: {written:N0} events written"), ct);
        await Console.Error.WriteLineAsync();
        await File.WriteAllTextAsync(note, JsonSerializer.Serialize(fill), ct);
        return new ReviewSet(owner, fill);
    }

    /// <summary>Whether the read side has been built.</summary>
    public async Task<bool> IsBuiltAsync(CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(Owner);
        await using var command = source.CreateCommand($"select exists (select from {Schema}.review_generations where state = 'live')");
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task DropAsync(LocalPostgres postgres, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand($"drop database if exists {Database} with (force)");
        await command.ExecuteNonQueryAsync(ct);
    }
}
