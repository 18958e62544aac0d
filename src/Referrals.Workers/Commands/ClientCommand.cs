using System.CommandLine;
using System.Globalization;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Clients;
using Spectre.Console;

namespace Referrals.Workers.Commands;

/// <summary><c>referrals client</c>: machine clients, also the very first.</summary>
internal static class ClientCommand
{
    private static readonly Option<string> Organisation = new("--organisation") { Description = "Code of the organisation", Required = true };
    private static readonly Option<string?> OfOrganisation = new("--organisation") { Description = "Only this one's" };
    private static readonly Option<string?> Name = new("--name") { Description = "Name within the organisation; without it the client's id is the organisation's code" };
    private static readonly Argument<string> Id = new("CLIENT") { Description = "The client's id" };

    /// <summary>The commands.</summary>
    public static Command Create(IAnsiConsole console, IConfiguration configuration) => new("client", "Machine clients of the API")
    {
        Create(console, configuration, Role()), List(console, configuration), Disable(console, configuration),
    };

    private static Option<string[]> Role()
    {
        var option = new Option<string[]>("--role") { Description = "What it may do; can be given several times", Required = true };
        option.AcceptOnlyFromAmong([.. NetworkRoles.All]);
        return option;
    }

    private static Command Create(IAnsiConsole console, IConfiguration configuration, Option<string[]> roles)
    {
        var command = new Command(
            "create",
            """
            Make a client and print its id and secret. The secret is shown here once and kept as a hash only.

            Examples:
              ./referrals client create --organisation jobcenter-elbtal --role caseworker --name intake
              ./referrals client create --organisation network-office --role admin
            """)
        {
            Organisation, roles, Name,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var (code, name) = (parsed.GetValue(Organisation)!, parsed.GetValue(Name));
            if (!Codes.IsCode(code) || (name is not null && !Codes.IsCode(name)))
            {
                console.MarkupLine("[red]Organisation and name are codes of lower-case letters, digits and hyphens.[/]");
                return ExitCodes.Failed;
            }

            await using var session = new EngineSession(configuration, TimeProvider.System);
            await session.MigrateAsync(ct);
            var (organisation, secret) = (new OrganisationId(code), ClientSecret.New());
            var id = ClientStore.IdOf(organisation, name);
            if (await session.Clients.CreateAsync(organisation, id, secret, [.. parsed.GetValue(roles)!.Distinct()], "command-line", Guid.NewGuid(), ct) is null)
            {
                console.MarkupLineInterpolated($"[red]There is, or was, a client {id}.[/]");
                return ExitCodes.Failed;
            }

            console.Profile.Out.Writer.WriteLine($"client_id={id}");
            console.Profile.Out.Writer.WriteLine($"client_secret={secret}");
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command List(IAnsiConsole console, IConfiguration configuration)
    {
        var command = new Command("list", "List clients, disabled ones among them") { OfOrganisation };
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = new EngineSession(configuration, TimeProvider.System);
            IReadOnlyList<OrganisationId> organisations = parsed.GetValue(OfOrganisation) is { } one
                ? [new OrganisationId(one)]
                : [Operator(configuration), .. (await session.AllOrganisationsAsync(ct)).Select(o => o.Id)];
            var table = new Table().Border(TableBorder.Rounded).AddColumns("Client", "Organisation", "Roles", "Made", "Disabled");
            foreach (var organisation in organisations.Distinct())
            {
                foreach (var client in await session.Clients.ListAsync(organisation, ct))
                {
                    table.AddRow(client.Id, client.Organisation.Value, string.Join(", ", client.Roles), Day(client.CreatedAt), client.DisabledAt is { } at ? Day(at) : "");
                }
            }

            console.Write(table);
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command Disable(IAnsiConsole console, IConfiguration configuration)
    {
        var command = new Command("disable", "Let a client in no more; the tokens that it has run out within the hour") { Id };
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = new EngineSession(configuration, TimeProvider.System);
            var id = parsed.GetValue(Id)!;
            var found = ClientStore.OrganisationOf(id) is { } organisation && await session.Clients.DisableAsync(organisation, id, "command-line", ct);
            console.MarkupLineInterpolated(found ? (FormattableString)$"{id} is disabled." : $"[red]There is no client {id}.[/]");
            return found ? ExitCodes.Fine : ExitCodes.Failed;
        });
        return command;
    }

    /// <summary>The organisation that operates the network.</summary>
    public static OrganisationId Operator(IConfiguration configuration) => new(configuration["Referrals:Operator"] ?? "network-office");

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
