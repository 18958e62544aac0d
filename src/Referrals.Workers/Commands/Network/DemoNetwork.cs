using Spectre.Console;

namespace Referrals.Workers.Commands.Network;

/// <summary>The demo network, as the single-process host loads it at its start: the same as <c>network load</c>, without clients.</summary>
public static class DemoNetwork
{
    /// <summary>Loads the folder that <c>Referrals:DemoFolder</c> names (<c>deploy/demo</c>); quick when it is there already.</summary>
    /// <exception cref="InvalidOperationException">The files have faults.</exception>
    public static async Task LoadAsync(IConfiguration configuration, CancellationToken ct)
    {
        await using var session = new EngineSession(configuration, TimeProvider.System);
        var folder = configuration["Referrals:DemoFolder"] is { Length: > 0 } named ? named : Path.Combine("deploy", "demo");
        var result = await new NetworkLoading(session, "demo").LoadAsync(folder, ClientCommand.Operator(configuration), null, german: false, _ => { }, ct);
        if (result.Faults.Count > 0)
        {
            throw new InvalidOperationException($"the demo network can't be loaded:{Environment.NewLine}{string.Join(Environment.NewLine, result.Faults)}");
        }

        if (result.Recorded > 0)
        {
            AnsiConsole.WriteLine($"Loaded the demo network: {result.Organisations} organisations, {result.Chains.Count} chains in force.");
        }
    }
}
