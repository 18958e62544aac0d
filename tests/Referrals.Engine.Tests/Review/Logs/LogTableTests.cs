using System.Text;
using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Logs;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Tests.Review.Logs;

/// <summary>What the review's pages make of a log: the same as its own figures.</summary>
public sealed class LogTableTests
{
    private const int Threshold = 5;
    private static readonly string Wabo = Repository.File("../shared/data/event-logs/wabo-receipt.xes.gz");

    [Fact]
    public void Nobody_waits_for_the_first_activity_and_for_the_others_as_long_as_directly_follows()
    {
        var rows = Enumerable.Range(1, 2 * Threshold).SelectMany(c => (string[])[$"{c};a;2026-03-02 08:00;2026-01-01", $"{c};b;2026-03-04 08:00;2026-01-01", $"{c};c;2026-03-04 20:00;2026-01-01"]);
        var log = Read("case;activity;time;case start\n" + string.Join('\n', rows));
        var ranking = Ranking(log);

        Assert.Equal([("b", 20.0), ("c", 5.0), ("a", 0.0)], ranking);
        Assert.Equal(ranking.Take(2).Select(r => r.Total), LogFigures.Of(log).DirectlyFollows.Select(e => e.TotalDays));
        Assert.Equal(2.5, new ReviewFigures(LogTable.Of(log, "log", "Log", Threshold)).Overview(ReviewFilter.All).Throughput.Median);
    }

    [Fact]
    public void What_was_scheduled_waits_since_then_and_ends_as_the_log_says()
    {
        var log = Read(
            """
            case;activity;time;lifecycle;instance;group
            1;a;2026-03-02 08:00;schedule;1;North
            1;a;2026-03-02 09:00;acknowledge;1;North
            1;a;2026-03-03 08:00;withdraw;1;North
            1;a;2026-03-03 08:00;schedule;2;South
            1;b;2026-03-03 09:00;schedule;3;West
            1;b;2026-03-03 10:00;ate_abort;3;West
            1;a;2026-03-04 08:00;assign;2;South
            1;a;2026-03-05 08:00;start;2;South
            1;a;2026-03-06 08:00;suspend;2;South
            1;a;2026-03-08 08:00;resume;2;South
            1;a;2026-03-09 08:00;complete;2;South
            1;b;2026-03-10 08:00;schedule;4;West
            """);
        var visits = LogTable.Of(log, "log", "Log", Threshold).Parts.Single(p => p.Visits.Count > 0).Visits;

        Assert.Equal([VisitEnd.Withdrawn, VisitEnd.Completed, VisitEnd.Declined, VisitEnd.Open], Enumerable.Range(0, visits.Count).Select(i => visits.End[i]));
        Assert.Equal(2 * Moments.Day, visits.Started[1] - visits.Offered[1]);
        Assert.Equal(2 * Moments.Day, visits.Paused[1]);
    }

    [Fact]
    public void A_real_log_is_ranked_as_directly_follows_sums_up()
    {
        if (!File.Exists(Wabo))
        {
            Assert.Skip($"There is no {Wabo}; the log is no part of the repository.");
        }

        using var file = File.OpenRead(Wabo);
        var log = EventLogReader.Read(file, Wabo, new LogOptions(), TestContext.Current.CancellationToken).Log;
        var totals = LogFigures.Of(log).DirectlyFollows.GroupBy(e => e.To).ToDictionary(g => g.Key, g => g.Sum(e => e.TotalDays));
        var ranking = Ranking(log);

        Assert.Equal("T06 Determine necessity of stop advice", ranking[0].Step);

        // What too few stand for is held back.
        Assert.All(ranking.Take(5), r => Assert.InRange(r.Total / totals[r.Step], 0.9, 1.000001));
    }

    private static List<(string Step, double Total)> Ranking(EventLog log) =>
        [.. new ReviewFigures(LogTable.Of(log, "log", "Log", Threshold)).Ranking(ReviewFilter.All).Rows.Select(r => (r.Step!.Step, Math.Round(r.Waiting.Total ?? -1, 6)))];

    private static EventLog Read(string table) =>
        EventLogReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(table)), "log.csv", new LogOptions { Zone = TimeZoneInfo.Utc }, TestContext.Current.CancellationToken).Log;
}
