using Referrals.Workers.Commands.Network;
using Spectre.Console;

namespace Referrals.Local;

/// <summary>Tells people where everything is.</summary>
internal static class Welcome
{
    /// <summary>Writes it.</summary>
    /// <param name="urls">Where the product listens.</param>
    /// <param name="demo">Whether the demo network is loaded.</param>
    /// <param name="people">Who can sign in to the demo network.</param>
    /// <param name="history">Whether a history of the demo network was asked for.</param>
    public static void Write(ICollection<string> urls, bool demo, IReadOnlyList<DemoPerson> people, bool history)
    {
        var address = urls.First();
        Console.WriteLine($"The product is at {address} (Ctrl-C stops it).");
        Console.WriteLine($"The API is described at {address}/openapi/v1.json");
        if (!demo)
        {
            Console.WriteLine("Make a first administrator with ./referrals user create --help, and clients of the API with ./referrals client create --help");
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).Title($"Demo sign-ins, from this machine only; every password is {DemoNetwork.Password}").AddColumns("As", "Organisation", "Sign-in name");
        foreach (var person in people)
        {
            table.AddRow(Markup.Escape(person.As), string.Join(", ", person.Roles.Keys), Markup.Escape(person.Login));
        }

        AnsiConsole.Write(table);
        Console.WriteLine($"Every organisation also has a client of the API: client_id is its code, client_secret is {DemoNetwork.Secret}.");
        Console.WriteLine($"Let the network live: ./referrals drive --api {address} --count 50 --seed 7");
        if (!history)
        {
            Console.WriteLine("Two years of referrals to look at: ./run --history in a fresh folder (--data DIR)");
        }
    }
}
