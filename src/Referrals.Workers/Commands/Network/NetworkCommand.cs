using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace Referrals.Workers.Commands.Network;

/// <summary><c>referrals network load</c>.</summary>
internal static class NetworkCommand
{
    private static readonly Argument<DirectoryInfo> Folder = new("DIR")
    {
        Description = "Holds organisations.json and chains/",
        DefaultValueFactory = _ => new DirectoryInfo(Path.Combine("deploy", "demo")),
    };

    private static readonly Option<string?> DemoSecret = new("--demo-secret")
    {
        Description = "Also makes a client per organisation, its id the organisation's code, with this secret. For trying out only",
    };

    /// <summary>The commands on the network as a whole.</summary>
    public static Command Create(IAnsiConsole console, IConfiguration configuration)
    {
        var language = Languages.Option();
        var load = new Command(
            "load",
            """
            Load a network: organisations join, coordinators propose the chains, every partner agrees.

            Brings the schema up to date first. What is there already is left as it is. With a fault in a file nothing is loaded.

            Examples:
              ./referrals network load
              ./referrals network load deploy/demo --demo-secret demo
            """)
        {
            Folder, DemoSecret, language,
        };
        load.SetAction((parsed, ct) => LoadAsync(
            console, configuration, parsed.GetValue(Folder)!, parsed.GetValue(DemoSecret), Languages.IsGerman(parsed.GetValue(language)), ct));
        return new Command("network", "The network as a whole") { load };
    }

    private static async Task<int> LoadAsync(
        IAnsiConsole console, IConfiguration configuration, DirectoryInfo folder, string? demoSecret, bool german, CancellationToken ct)
    {
        await using var session = new EngineSession(configuration, TimeProvider.System);
        var loading = new NetworkLoading(session, "command-line");
        var result = await console.Progress()
            .Columns(new SpinnerColumn(), new ProgressBarColumn(), new TaskDescriptionColumn())
            .StartAsync(async progress =>
            {
                var task = progress.AddTask("reading the files");
                return await loading.LoadAsync(
                    folder.FullName, ClientCommand.Operator(configuration), demoSecret, german,
                    step =>
                    {
                        (task.MaxValue, task.Value, task.Description) = (step.Of, step.Done, Markup.Escape(step.What));
                    },
                    ct);
            });
        foreach (var fault in result.Faults)
        {
            console.Profile.Out.Writer.WriteLine(fault);
        }

        if (result.Faults.Count > 0)
        {
            return ExitCodes.Failed;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("Loaded", "");
        table.AddRow("organisations", result.Organisations.ToString(CultureInfo.InvariantCulture));
        result.Chains.ToList().ForEach(c => table.AddRow("chain in force", string.Create(CultureInfo.InvariantCulture, $"{c.Chain}, version {c.Version}")));
        table.AddRow("clients", result.Clients.ToString(CultureInfo.InvariantCulture));
        table.AddRow("events recorded now", result.Recorded.ToString(CultureInfo.InvariantCulture));
        console.Write(table);
        return ExitCodes.Fine;
    }
}
