using Referrals.Engine.History;
using Referrals.Engine.History.Keys;
using Referrals.LocalServers;

namespace Referrals.History.Tests;

public sealed class KeyRotationTests(LocalPostgres server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_of_the_master_key_goes_on_where_it_ended_and_everything_stays_readable()
    {
        var (old, young) = (MasterKeys.NewLine("old"), MasterKeys.NewLine("young"));
        var options = await server.MigratedAsync(Ct);
        await using var before = new PostgresEventLog(options with { MasterKeys = MasterKeys.FromText(old) }, Given.Codec);
        var streams = Enumerable.Range(0, 25).Select(_ => Given.Stream()).ToList();
        foreach (var stream in streams)
        {
            Assert.IsType<AppendResult.Appended>(await before.AppendAsync(Given.Append(stream, 0, new Told(1, "words")), Ct));
        }

        var both = options with { MasterKeys = MasterKeys.FromText($"{young}\n{old}") };
        await using (var first = new KeyRotation(both))
        {
            Assert.Equal(10, await first.WrapNextAsync(10, Ct));
            Assert.Equal(new Dictionary<string, long> { ["old"] = 15, ["young"] = 10 }, await first.CountAsync(Ct));
        }

        await using var between = new PostgresEventLog(both, Given.Codec);
        foreach (var stream in streams)
        {
            Assert.Equal(new Told(1, "words"), Assert.Single(await between.ReadStreamAsync(stream, 0, Ct)).Data);
        }

        await using var second = new KeyRotation(both);
        Assert.Equal(15, await second.WrapNextAsync(100, Ct));
        Assert.Equal(0, await second.WrapNextAsync(100, Ct));
        await using var after = new PostgresEventLog(options with { MasterKeys = MasterKeys.FromText(young) }, Given.Codec);
        foreach (var stream in streams)
        {
            Assert.Equal(new Told(1, "words"), Assert.Single(await after.ReadStreamAsync(stream, 0, Ct)).Data);
        }
    }

    [Fact]
    public async Task Appends_go_on_while_the_master_key_changes()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("keys-").FullName, "master.keys");
        var file = new MasterKeyFile(path);
        file.Add("k0");
        var options = (await server.MigratedAsync(Ct)) with { MasterKeys = MasterKeys.FromFile(path) };
        await using var log = new PostgresEventLog(options, Given.Codec);
        await using var rotation = new KeyRotation(options);
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => WriteAsync(log), Ct)).ToList();

        // Each key takes over before the one before it was through.
        for (var n = 1; n <= 5; n++)
        {
            file.Add($"k{n}");
            file.Activate($"k{n}");
            await rotation.WrapNextAsync(7, Ct);
            await rotation.WrapNextAsync(7, Ct);
        }

        var written = (await Task.WhenAll(writers)).SelectMany(w => w).ToList();
        while (await rotation.WrapNextAsync(50, Ct) > 0)
        {
        }

        Assert.Equal(["k5"], (await rotation.CountAsync(Ct)).Keys);
        foreach (var stream in written)
        {
            Assert.All(await log.ReadStreamAsync(stream, 0, Ct), e => Assert.Equal($"words of {stream.Id}", ((Told)e.Data).Words));
        }

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but words")]
    [InlineData("only-an-id")]
    [InlineData("short AAAA")]
    [InlineData("no/id c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0MDE=")]
    [InlineData("two c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0MDE=\ntwo c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0MDE=")]
    public void What_is_no_list_of_master_keys_is_refused_and_never_shown(string text)
    {
        var refused = Assert.Throws<MasterKeyException>(() => MasterKeys.FromText(text));

        Assert.DoesNotContain("c2Vj", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_keeper_of_master_keys_can_take_their_place()
    {
        var keeper = new RemoteKeeper();
        var options = (await server.MigratedAsync(Ct)) with { MasterKeys = keeper };
        await using var log = new PostgresEventLog(options, Given.Codec);
        var stream = Given.Stream();
        await log.AppendAsync(Given.Append(stream, 0, new Told(1, "words"), new Told(2, "more")), Ct);

        Assert.Equal([new Told(1, "words"), new Told(2, "more")], (await log.ReadStreamAsync(stream, 0, Ct)).Select(e => e.Data));
        Assert.Equal((1, 1), (keeper.Wrapped, keeper.Unwrapped));
    }

    private static async Task<IReadOnlyList<StreamName>> WriteAsync(PostgresEventLog log)
    {
        var written = new List<StreamName>();
        while (written.Count < 25)
        {
            var stream = Given.Stream();
            var words = $"words of {stream.Id}";
            await log.AppendAsync(Given.Append(stream, 0, new Told(1, words)), Ct);
            await log.AppendAsync(Given.Append(stream, 1, new Told(2, words)), Ct);
            written.Add(stream);
        }

        return written;
    }

    /// <summary>Stands for a key service: it keeps the keys itself and gives out nothing but names, and takes its time.</summary>
    private sealed class RemoteKeeper : IMasterKeys
    {
        private readonly Dictionary<string, ClearKey> _kept = [];

        public string Active => "remote.v1";

        public int Wrapped { get; private set; }

        public int Unwrapped { get; private set; }

        public async ValueTask<IReadOnlyList<WrappedKey>> WrapAsync(IReadOnlyList<ClearKey> keys, CancellationToken ct)
        {
            await Task.Yield();
            Wrapped += keys.Count;
            return [.. keys.Select(k =>
            {
                _kept[$"vault:v1:{_kept.Count}"] = k;
                return new WrappedKey(Active, $"vault:v1:{_kept.Count - 1}", k.For);
            })];
        }

        public async ValueTask<IReadOnlyList<ClearKey>> UnwrapAsync(IReadOnlyList<WrappedKey> keys, CancellationToken ct)
        {
            await Task.Yield();
            Unwrapped += keys.Count;
            return [.. keys.Select(k => _kept[k.Text])];
        }
    }
}
