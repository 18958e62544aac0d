using Microsoft.Extensions.Configuration;
using Referrals.Engine.Network.Users;
using Referrals.LocalServers;
using Referrals.Workers.Commands;
using Referrals.Workers.Commands.Network;

namespace Referrals.Workers.Tests.Commands;

/// <summary>People made from the command line, and those of the demo network.</summary>
public sealed class UserCommandTests(LocalPostgres postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_administrator_is_made_reset_and_locked_out_from_the_command_line()
    {
        var settings = new Dictionary<string, string?> { ["Referrals:MasterKeys:Text"] = TestMasterKeys.Text, ["ConnectionStrings:Owner"] = await postgres.CreateDatabaseAsync("first_user", Ct) };
        string[] create = ["user", "create", "Otto.Netzmann", "--name", "Otto Netzmann", "--organisation", "network-office", "--role", "admin"];
        var (status, text) = await CommandRun.Of(settings, create);
        Assert.Equal(0, status);
        var account = await FindAsync(settings, "otto.netzmann");
        Assert.True(account.Credentials.MustChange);
        Assert.True(Passwords.Matches(account.Credentials.PasswordHash, PasswordIn(text)));
        Assert.Equal(PasswordFault.None, Passwords.Check(PasswordIn(text), "otto.netzmann"));
        Assert.NotEqual(0, (await CommandRun.Of(settings, create)).Status);

        var reset = await CommandRun.Of(settings, "user", "reset", "otto.netzmann", "--organisation", "network-office");
        Assert.NotEqual(PasswordIn(text), PasswordIn(reset.Text));
        Assert.NotEqual(0, (await CommandRun.Of(settings, "user", "disable", "otto.netzmann", "--organisation", "jobcenter-elbtal")).Status);
        Assert.Equal(0, (await CommandRun.Of(settings, "user", "disable", "otto.netzmann", "--organisation", "network-office")).Status);
        Assert.False((await FindAsync(settings, "otto.netzmann")).IsOpen);
        Assert.Equal(0, (await CommandRun.Of(settings, "user", "enable", "otto.netzmann", "--organisation", "network-office")).Status);
        Assert.Contains("Otto Netzmann", (await CommandRun.Of(settings, "user", "list", "--organisation", "network-office")).Text, StringComparison.Ordinal);
        Assert.NotEqual(0, (await CommandRun.Of(settings, "user", "create", "x", "--name", "X", "--organisation", "network-office", "--role", "admin")).Status);
    }

    [Fact]
    public async Task A_demo_whose_chain_has_changed_since_starts_with_what_was_agreed()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        foreach (var file in Directory.EnumerateFiles(Repository.Path("deploy", "demo"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Repository.Path("deploy", "demo"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var settings = new Dictionary<string, string?>
        {
            ["Referrals:MasterKeys:Text"] = TestMasterKeys.Text,
            ["ConnectionStrings:Owner"] = await postgres.CreateDatabaseAsync("demo_changed", Ct),
            ["Referrals:DemoFolder"] = folder,
        };
        var people = await DemoNetwork.LoadAsync(Configuration(settings), Ct);
        var chain = Directory.EnumerateFiles(Path.Combine(folder, "chains"), "*.json").First();
        await File.WriteAllTextAsync(chain, (await File.ReadAllTextAsync(chain, Ct)).Replace("\"acknowledgeWithin\": 3", "\"acknowledgeWithin\": 4", StringComparison.Ordinal), Ct);

        Assert.Equal(people.Select(p => p.Login), (await DemoNetwork.LoadAsync(Configuration(settings), Ct)).Select(p => p.Login));
        var (status, text) = await CommandRun.Of(settings, "network", "load", folder);
        Assert.NotEqual(0, status);
        Assert.Contains("with another content", text, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_demo_networks_people_sign_in_until_it_is_started_without_the_demo()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Referrals:MasterKeys:Text"] = TestMasterKeys.Text,
            ["ConnectionStrings:Owner"] = await postgres.CreateDatabaseAsync("demo_people", Ct),
            ["Referrals:DemoFolder"] = Repository.Path("deploy", "demo"),
        };
        var people = await DemoNetwork.LoadAsync(Configuration(settings), Ct);
        Assert.NotEmpty(people);
        Assert.Equal(people.Select(p => p.Login), (await DemoNetwork.LoadAsync(Configuration(settings), Ct)).Select(p => p.Login));
        foreach (var person in people)
        {
            var account = await FindAsync(settings, person.Login);
            Assert.True(account.IsOpen);
            Assert.Equal(person.Roles.Count, account.Memberships.Count);
            Assert.True(Passwords.Matches(account.Credentials.PasswordHash, DemoNetwork.Password));
        }

        await DemoNetwork.LockAsync(Configuration(settings), Ct);
        Assert.False((await FindAsync(settings, people[0].Login)).IsOpen);
        await DemoNetwork.LoadAsync(Configuration(settings), Ct);
        Assert.True((await FindAsync(settings, people[0].Login)).IsOpen);
    }

    private static async Task<Account> FindAsync(Dictionary<string, string?> settings, string login)
    {
        await using var session = new EngineSession(Configuration(settings), TimeProvider.System);
        var account = await session.Accounts.FindByLoginAsync(login, Ct);
        Assert.NotNull(account);
        return account;
    }

    private static IConfiguration Configuration(Dictionary<string, string?> settings) => new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

    private static string PasswordIn(string text) => text.Split('\n').Single(l => l.StartsWith("password=", StringComparison.Ordinal))["password=".Length..].Trim();
}
