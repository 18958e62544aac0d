using System.Diagnostics;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Notifications;
using Referrals.Engine.Referrals;
using Referrals.Workers.Commands.Network;
using Referrals.Workers.Hosting;
using Referrals.Workers.Notifications;
using Referrals.Workers.Relay;

namespace Referrals.Workers.Commands.Demo;

/// <summary>What a history came to.</summary>
/// <param name="Order">What was played.</param>
/// <param name="Finished">Referrals that are over.</param>
/// <param name="Open">Referrals that still run.</param>
/// <param name="Events">Events of referrals and assignments.</param>
/// <param name="Took">How long it took.</param>
internal sealed record HistoryResult(HistoryOrder Order, int Finished, int Open, long Events, TimeSpan Took)
{
    /// <summary>How many referrals were played in a minute.</summary>
    public double PerMinute => (Finished + Open) / Math.Max(Took.TotalMinutes, 0.001);
}

/// <summary>Plays a history into the database of the settings, which has the demo network or gets it, and no referral yet.</summary>
internal sealed class DemoHistory(IConfiguration configuration, HistoryOrder order)
{
    private const int Lanes = 96;
    private const string BetterChain = "gesund-in-arbeit-2.json";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly PostgresOptions _options = Fast(HistoryRegistration.Database(configuration));

    /// <summary>Whether there are referrals, so that no history can be played.</summary>
    public static async Task<bool> HasReferralsAsync(IConfiguration configuration, CancellationToken ct)
    {
        await using var session = new EngineSession(configuration, TimeProvider.System);
        await session.MigrateAsync(ct);
        await using var log = new PostgresEventLog(HistoryRegistration.Database(configuration), EngineEvents.Codec);
        foreach (var organisation in await session.AllOrganisationsAsync(ct))
        {
            if ((await log.QueryRowsAsync(new ListQuery(organisation.Id.Value, ReferralBoard.List) { Limit = 1 }, ct)).Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a history was ended early here: there are referrals, but the relay, which each history and each start of the product moves, was never moved.</summary>
    /// <exception cref="HistoryException">The product runs on the database.</exception>
    public static async Task<bool> WasEndedEarlyAsync(IConfiguration configuration, CancellationToken ct)
    {
        await using var log = new PostgresEventLog(HistoryRegistration.Database(configuration), EngineEvents.Codec);
        await using var relay = await LeadAsync(log, RelayWorker.Follower, ct);
        return relay.Position == 0 && await HasReferralsAsync(configuration, ct);
    }

    /// <summary>Plays it.</summary>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="ct">Ends it early; then the database holds a part and can't be played on again.</param>
    /// <exception cref="HistoryException">It can't be played here.</exception>
    public async Task<HistoryResult> RunAsync(Action<HistoryProgress> progress, CancellationToken ct)
    {
        if (await HasReferralsAsync(configuration, ct))
        {
            throw new HistoryException("There are referrals in this database already. A history is played once, on a fresh one: choose another folder with --data.");
        }

        await using var log = new PostgresEventLog(_options, EngineEvents.Codec);
        await using var relay = await LeadAsync(log, RelayWorker.Follower, ct);
        await using var notifications = await LeadAsync(log, NotificationWorker.Follower, ct);
        await using var mails = new MailQueue(_options);
        await LoadNetworkAsync(ct);
        var folder = DemoNetwork.Folder(configuration);
        var people = await DemoPeople.ReadAsync(folder, ct);
        var began = Stopwatch.GetTimestamp();
        var play = new HistoryPlay(log, order, await BetterAsync(folder, ct), new Colleagues(people.Select(p => (p.Login, p.Roles))), Lanes);
        await play.RunAsync(progress, ct);
        var took = Stopwatch.GetElapsedTime(began);
        await DemoNetwork.LoadAsync(configuration, ct);

        // Every message was handed over, and nobody wants to be told of what was two years ago.
        await relay.AdvanceAsync(await play.EndAsync(ct), [], ct);
        await notifications.AdvanceAsync(play.RecentFrom, [], ct);
        await ForgetNewsAsync(log, mails, ct);
        var open = play.Lives.Count(l => l.IsOpen);
        return new HistoryResult(order, play.Lives.Count(l => l.State?.Ended is not null), open, play.Types.Values.Sum(n => (long)n), took);
    }

    // A commit that is lost with the machine is lost with all that came after it: the data stay sound.
    private static PostgresOptions Fast(PostgresOptions options) => options with
    {
        App = new Npgsql.NpgsqlConnectionStringBuilder(options.App) { Options = "-c synchronous_commit=off" }.ConnectionString,
        MaxBatch = Lanes,

        // Whoever plays has the database to itself: while the server writes what some lanes did, it can write what others did.
        Writers = 2,
    };

    // Who leads both followers has the database to itself: nobody sends the messages a second time.
    private static async Task<IFollower> LeadAsync(PostgresEventLog log, string follower, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            return await log.FollowAsync(follower, patience.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new HistoryException("The product runs on this database. Stop it first, or begin with ./run --history in a fresh folder.");
        }
    }

    // The network is founded before its first referral; where it was loaded before, it stays as it is.
    private async Task LoadNetworkAsync(CancellationToken ct)
    {
        await using (var founding = new EngineSession(configuration, new VirtualClock(order.Founded)))
        {
            var loaded = await new NetworkLoading(founding, "demo", renewClients: false, withCapacity: false).LoadAsync(
                DemoNetwork.Folder(configuration), ClientCommand.Operator(configuration), null, german: false, _ => { }, ct);
            if (loaded.Faults.Count > 0)
            {
                throw new HistoryException($"The demo network can't be loaded: {string.Join("; ", loaded.Faults)}");
            }
        }
    }

    private static async Task<ChainVersion> BetterAsync(string folder, CancellationToken ct)
    {
        var file = Path.Combine(folder, "history", BetterChain);
        var reading = ChainJson.Read(await File.ReadAllBytesAsync(file, ct));
        return reading.Chain ?? throw new HistoryException($"{file}: {string.Join("; ", reading.Faults.Select(f => $"{f.Path} {f.Code}"))}");
    }

    private async Task ForgetNewsAsync(PostgresEventLog log, MailQueue mails, CancellationToken ct)
    {
        const int page = 500;
        while (await mails.NewsAsync(page, ct) is { Count: > 0 } news)
        {
            var old = new List<RowNews>();
            foreach (var row in news)
            {
                if (await log.FindRowAsync(row.Tenant, row.List, row.Row, ct) is not { } known || known.SortAt < order.Until - HistoryPlay.Recent)
                {
                    old.Add(row);
                }
            }

            await mails.ToldAsync(old, ct);
            if (old.Count < news.Count)
            {
                return;
            }
        }
    }
}
