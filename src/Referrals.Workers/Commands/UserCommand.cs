using System.CommandLine;
using System.Globalization;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Users;
using Spectre.Console;

namespace Referrals.Workers.Commands;

/// <summary><c>referrals user</c>: people with accounts, also the very first.</summary>
internal static class UserCommand
{
    private const string By = "command-line";

    private static readonly Option<string> Organisation = new("--organisation") { Description = "Code of the organisation that looks after the account", Required = true };
    private static readonly Option<string> Name = new("--name") { Description = "Name for colleagues", Required = true };
    private static readonly Option<string?> Email = new("--email") { Description = "Address for notifications" };
    private static readonly Argument<string> Login = new("LOGIN") { Description = "What the person signs in with: 3 to 60 lower-case letters, digits, dots and hyphens" };

    /// <summary>The commands.</summary>
    public static Command Create(IAnsiConsole console, IConfiguration configuration) => new("user", "People who sign in to the pages")
    {
        Create(console, configuration, Role()), List(console, configuration),
        Change(console, configuration, "disable", "Let somebody in no more; open sessions end within half a minute", (users, home, login, ct) => users.DisableAsync(home, login, By, ct)),
        Change(console, configuration, "enable", "Let somebody in again", (users, home, login, ct) => users.EnableAsync(home, login, By, ct)),
        Reset(console, configuration),
    };

    private static Option<string[]> Role()
    {
        var option = new Option<string[]>("--role") { Description = "What the person may do; can be given several times", Required = true };
        option.AcceptOnlyFromAmong([.. NetworkRoles.All]);
        return option;
    }

    private static Command Create(IAnsiConsole console, IConfiguration configuration, Option<string[]> roles)
    {
        var command = new Command(
            "create",
            """
            Make an account and print its first password, which is to be changed at the first sign-in. It is shown here once.

            Examples:
              ./referrals user create otto.netzmann --name "Otto Netzmann" --organisation network-office --role admin
            """)
        {
            Login, Organisation, Name, Email, roles,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var (login, code, name, email) = (Logins.Normal(parsed.GetValue(Login)!), parsed.GetValue(Organisation)!, parsed.GetValue(Name)!, parsed.GetValue(Email));
            if (!Logins.IsLogin(login) || !Codes.IsCode(code) || !Logins.IsName(name) || (email is not null && !Logins.IsEmail(email)))
            {
                return Fail(console, $"Login, organisation, name or address is not as it has to be; see --help.");
            }

            await using var session = new EngineSession(configuration, TimeProvider.System);
            await session.MigrateAsync(ct);
            var password = Passwords.New();
            var person = new NewPerson(login, name, email, Passwords.Hash(password));
            if (await session.Users.CreateAsync(new OrganisationId(code), person, [.. parsed.GetValue(roles)!.Distinct()], By, ct) is null)
            {
                return Fail(console, $"There is somebody called {login} in the network.");
            }

            return Tell(console, login, password);
        });
        return command;
    }

    private static Command List(IAnsiConsole console, IConfiguration configuration)
    {
        var command = new Command("list", "List who works, or worked, for an organisation") { Organisation };
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = new EngineSession(configuration, TimeProvider.System);
            var table = new Table().Border(TableBorder.Rounded).AddColumns("Login", "Name", "Roles", "Account of", "Made", "Disabled");
            foreach (var (person, roles) in await session.Users.ListAsync(new OrganisationId(parsed.GetValue(Organisation)!), ct))
            {
                table.AddRow(
                    person.Login, Markup.Escape(person.Name), string.Join(", ", roles), person.Home.Value, Day(person.CreatedAt), person.DisabledAt is { } at ? Day(at) : "");
            }

            console.Write(table);
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command Change(
        IAnsiConsole console, IConfiguration configuration, string name, string description, Func<UserStore, OrganisationId, string, CancellationToken, Task<bool>> change)
    {
        var command = new Command(name, description) { Login, Organisation };
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = new EngineSession(configuration, TimeProvider.System);
            var (login, home) = (Logins.Normal(parsed.GetValue(Login)!), new OrganisationId(parsed.GetValue(Organisation)!));
            if (!await change(session.Users, home, login, ct))
            {
                return Fail(console, $"{home} looks after no account called {login}.");
            }

            console.MarkupLineInterpolated($"{login}: done.");
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command Reset(IAnsiConsole console, IConfiguration configuration)
    {
        var command = new Command("reset", "Give somebody a new first password; takes second factor and lock away and ends open sessions") { Login, Organisation };
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = new EngineSession(configuration, TimeProvider.System);
            var (login, home, password) = (Logins.Normal(parsed.GetValue(Login)!), new OrganisationId(parsed.GetValue(Organisation)!), Passwords.New());
            return await session.Users.ResetAsync(home, login, Passwords.Hash(password), By, ct)
                ? Tell(console, login, password)
                : Fail(console, $"{home} looks after no account called {login}.");
        });
        return command;
    }

    private static int Tell(IAnsiConsole console, string login, string password)
    {
        console.Profile.Out.Writer.WriteLine($"login={login}");
        console.Profile.Out.Writer.WriteLine($"password={password}");
        return ExitCodes.Fine;
    }

    private static int Fail(IAnsiConsole console, FormattableString why)
    {
        console.MarkupLineInterpolated($"[red]{why.ToString(CultureInfo.InvariantCulture)}[/]");
        return ExitCodes.Failed;
    }

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
