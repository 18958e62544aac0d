using Referrals.Engine.History;
using Referrals.Engine.History.Keys;
using Referrals.LocalServers;

namespace Referrals.Benchmarks;

/// <summary>How a run measures.</summary>
/// <param name="Rounds">How often everything is measured, in turn.</param>
/// <param name="Seconds">How long each measurement counts; null: as long as the benchmark finds right.</param>
/// <param name="Writers">How many transactions with appends the log has open at once; null: as the product has it.</param>
internal sealed record BenchSettings(int Rounds, double? Seconds, int? Writers)
{
    /// <summary>The database as the product uses it, but for what was asked otherwise.</summary>
    public PostgresOptions Options(string owner, string schema)
    {
        var options = PostgresOptions.FromOwner(owner, schema) with { MasterKeys = MasterKeys.FromText(TestMasterKeys.Text) };
        return options with { Writers = Writers ?? options.Writers };
    }

    /// <summary>Does it once per round, and tells people where it is.</summary>
    public async Task EachRoundAsync(string name, Func<Task> measure)
    {
        for (var round = 1; round <= Rounds; round++)
        {
            await Console.Error.WriteLineAsync($"{name}: round {round} of {Rounds}");
            await measure();
        }
    }
}
