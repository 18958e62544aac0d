using System.CommandLine;
using Referrals.Engine;
using Spectre.Console;

namespace Referrals.Workers.Commands.Drive;

/// <summary><c>referrals drive</c>: runs referrals through the real API as its caseworkers and partners would.</summary>
internal static class DriveCommand
{
    /// <summary>How much before the start lists are still read: clocks may differ a little.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private static readonly Option<Uri> Api = new("--api")
    {
        Description = "Address of the API, such as http://127.0.0.1:5080",
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:5080"),
        CustomParser = AddressOf,
    };

    private static readonly Option<int> Count = new("--count") { Description = "How many referrals", DefaultValueFactory = _ => 50 };
    private static readonly Option<long> Seed = new("--seed") { Description = "Decides what everybody does", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Parallel = new("--parallel") { Description = "How many referrals run at once", DefaultValueFactory = _ => 16 };
    private static readonly Option<string> Secret = new("--secret") { Description = "Secret of the organisations' clients", DefaultValueFactory = _ => "demo" };

    private static readonly Option<string> Clients = new("--clients")
    {
        Description = $"Client id of each organisation; {ApiNetwork.Placeholder} stands for its code",
        DefaultValueFactory = _ => ApiNetwork.Placeholder,
    };

    private static readonly Option<string> Reader = new("--as")
    {
        Description = "Organisation as which the network is read first",
        DefaultValueFactory = _ => "network-office",
    };

    private static readonly Option<int> Timeout = new("--timeout") { Description = "Seconds that one referral may take", DefaultValueFactory = _ => 120 };

    /// <summary>The command.</summary>
    public static Command Create(IAnsiConsole console)
    {
        var command = new Command(
            "drive",
            """
            Run referrals through the API with seeded behaviour of caseworkers and partners.

            The seed decides for each referral its chain and facts, who accepts, declines, asks, pauses and with which outcome it ends, and
            where caseworkers withdraw, reroute, skip, close or reopen. The same script is played with the engine alone; ends with status 0
            only if every referral ended, or waits for a person, as it says, and both sides agree.

            Examples:
              ./referrals drive --count 200 --seed 7
              ./referrals drive --api https://referrals.example --count 20 --clients {organisation}.drive --secret "$SECRET"
            """)
        {
            Api, Count, Seed, Parallel, Secret, Clients, Reader, Timeout,
        };
        AtLeastOne(Count);
        AtLeastOne(Parallel);
        AtLeastOne(Timeout);
        command.SetAction((parsed, ct) => RunAsync(
            console,
            parsed.GetValue(Api)!,
            new DriveOrder(parsed.GetValue(Count), parsed.GetValue(Seed), parsed.GetValue(Parallel), TimeSpan.FromSeconds(parsed.GetValue(Timeout))),
            (parsed.GetValue(Clients)!, parsed.GetValue(Secret)!, parsed.GetValue(Reader)!),
            ct));
        return command;
    }

    private static Uri? AddressOf(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            return address;
        }

        result.AddError("--api is an address such as http://127.0.0.1:5080");
        return null;
    }

    private static void AtLeastOne(Option<int> option) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var number) && number < 1)
        {
            result.AddError($"{option.Name} is at least 1");
        }
    });

    private static async Task<int> RunAsync(IAnsiConsole console, Uri address, DriveOrder order, (string Clients, string Secret, string Reader) signIn, CancellationToken ct)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 64, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        using var http = new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        using var api = new ApiNetwork(http, signIn.Clients, signIn.Secret, TimeProvider.System.GetUtcNow() - Skew);
        try
        {
            // Once, so that a wrong address is told at once; later calls have more patience.
            (await http.GetAsync("/health/live", ct)).Dispose();
            var network = await api.LearnAsync(new OrganisationId(signIn.Reader), ct);
            if (network.Chains.Count == 0 || network.Holders.Count == 0)
            {
                console.MarkupLine("[red]The network has no chain in force or no organisation that holds cases; load one with ./referrals network load.[/]");
                return ExitCodes.Failed;
            }

            var result = await WithProgressAsync(console, order, finished => new Driver(api, network, order, TimeProvider.System).RunAsync(finished, ct));
            DriveReport.Write(console, order, result, api.Log);
            return result.IsAsExpected ? ExitCodes.Fine : ExitCodes.Failed;
        }
        catch (Exception e) when (e is DriveException or HttpRequestException)
        {
            console.MarkupLineInterpolated($"[red]{address} can't be driven: {e.Message}[/]");
            return ExitCodes.Failed;
        }
    }

    private static Task<DriveResult> WithProgressAsync(IAnsiConsole console, DriveOrder order, Func<Action<DrivenReferral>, Task<DriveResult>> run) =>
        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
            .StartAsync(async progress =>
            {
                var task = progress.AddTask($"{order.Count} referrals, seed {order.Seed}", maxValue: order.Count);
                return await run(_ => task.Increment(1));
            });
}
