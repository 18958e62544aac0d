using Spectre.Console;

namespace Referrals.Local;

/// <summary>Tells people where everything is.</summary>
internal static class Welcome
{
    /// <summary>Writes it.</summary>
    /// <param name="urls">Where the product listens.</param>
    /// <param name="demo">Whether the demo network is loaded.</param>
    public static void Write(ICollection<string> urls, bool demo)
    {
        var address = urls.First();
        Console.WriteLine($"The product is at {address} (Ctrl-C stops it).");
        Console.WriteLine($"The API is described at {address}/openapi/v1.json");
        if (!demo)
        {
            Console.WriteLine("Make a first client with ./referrals client create --help");
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).Title("Demo sign-ins, from this machine only").AddColumns("As", "client_id", "client_secret");
        table.AddRow("caseworker, coordinator", "jobcenter-elbtal", "demo");
        table.AddRow("partner for childcare", "kita-amt-lindenfurt", "demo");
        table.AddRow("partner for debt counselling", "schuldnerberatung-elbaue", "demo");
        table.AddRow("administrator of the network", "network-office", "demo");
        AnsiConsole.Write(table);
        Console.WriteLine($"Every organisation has one: its code. Let the network live: ./referrals drive --api {address} --count 50 --seed 7");
    }
}
