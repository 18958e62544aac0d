using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.History.Keys;
using Referrals.Engine.Network;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;
using Referrals.LocalServers;
using Referrals.Workers.Commands;
using Referrals.Workers.Hosting;
using Spectre.Console;

namespace Referrals.Workers.Tests.Commands;

public sealed class KeysCommandTests(LocalPostgres postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_operator_makes_keys_goes_over_to_another_and_sees_where_they_are_used()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("keys-").FullName, "master.keys");
        var owner = await postgres.CreateDatabaseAsync("keys", Ct);
        await new SchemaMigrator(PostgresOptions.FromOwner(owner)).ApplyAsync(Ct);

        Assert.Contains("k1 is in", await RunAsync(owner, path, "keys", "create", "--id", "k1"), StringComparison.Ordinal);
        await using var log = new PostgresEventLog(PostgresOptions.FromOwner(owner) with { MasterKeys = MasterKeys.FromFile(path) }, EngineEvents.Codec);
        var stream = new StreamName("alpha", "referral", Guid.NewGuid());
        var asked = new ReferralEvent.StepAsked(new AssignmentId(Guid.NewGuid()), 1, new QuestionId(Guid.NewGuid()), Passed("Wann passt es?")) { At = DateTimeOffset.UnixEpoch };
        await log.AppendAsync(Append.To(stream, 0, [asked], new EventContext(DateTimeOffset.UnixEpoch, "test")), Ct);

        Assert.Equal("k1 1 active\n", await RunAsync(owner, path, "keys", "list"));
        Assert.Contains("k2 is in", await RunAsync(owner, path, "keys", "create", "--id", "k2"), StringComparison.Ordinal);
        Assert.Equal("active=k2 wrapped=1 total=1 left=0\n", await RunAsync(owner, path, "keys", "rotate", "--to", "k2"));
        Assert.Equal("k2 1 active\nk1 0\n", await RunAsync(owner, path, "keys", "list"));
        Assert.Equal(asked, Assert.Single(await log.ReadStreamAsync(stream, 0, Ct)).Data);

        Assert.Matches("^active=mk-[0-9]{8}-[0-9a-f]{6} wrapped=1 total=1 left=0\n$", await RunAsync(owner, path, "keys", "rotate"));
        Assert.Equal(asked, Assert.Single(await log.ReadStreamAsync(stream, 0, Ct)).Data);
    }

    [Fact]
    public async Task Without_a_master_key_the_workers_do_not_start()
    {
        var owner = await postgres.CreateDatabaseAsync("no_keys", Ct);
        await using var host = WorkersHost.Build(["--urls", "http://127.0.0.1:0", "--ConnectionStrings:Owner", owner], b => b.Logging.ClearProviders());

        var refused = await Assert.ThrowsAsync<MasterKeyException>(() => host.StartAsync(Ct));

        Assert.Contains("Referrals__MasterKeys__File", refused.Message, StringComparison.Ordinal);
    }

    private static Note Passed(string text) => ((ScreenResult.Passed)NoteScreen.Screen(text)).Note;

    private static async Task<string> RunAsync(string owner, string path, params string[] args)
    {
        var written = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(written), Ansi = AnsiSupport.No });
        var settings = new Dictionary<string, string?> { ["ConnectionStrings:Owner"] = owner, ["Referrals:MasterKeys:File"] = path };
        Assert.Equal(ExitCodes.Fine, await CommandLine.RunAsync(args, console, new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));
        return written.ToString();
    }
}
