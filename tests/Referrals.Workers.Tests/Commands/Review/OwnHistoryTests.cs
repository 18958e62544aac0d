using System.Text;
using NJsonSchema;
using Referrals.Engine;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Logs;
using Referrals.Engine.Review.Reading;
using Referrals.Engine.Review.Visits;
using Referrals.LocalServers;

namespace Referrals.Workers.Tests.Commands.Review;

/// <summary>An organisation's own history as an event log, from a history with everything in it.</summary>
public sealed class OwnHistoryTests
{
    private static readonly OrganisationId Holder = new("jobcenter-elbtal");
    private static readonly string Schema = Repository.Path("..", "shared", "data", "ocel", "schema_ocel2.json");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_visit_is_told_with_its_life_and_nothing_leads_back_to_a_referral()
    {
        var (play, memory) = await MemoryHistory.OfAsync(4, 2, 300, Ct);
        var history = new OwnHistory(memory);
        var period = HistoryPeriod.Latest(DateOnly.FromDateTime(MemoryHistory.Until.UtcDateTime));
        var told = await history.ReadAsync(Holder, period, Ct);

        var cases = new List<ReviewCase>();
        foreach (var life in play.Lives.Where(l => l.Arrival.Holder == Holder))
        {
            ReviewCase? known = null;
            foreach (var recorded in await memory.ReadStreamAsync(ReferralBoard.Stream(Holder, life.Id), 0, Ct))
            {
                known = CaseFold.Evolve(known, (ReferralEvent)recorded.Data, recorded.Sequence);
            }

            cases.Add(known!);
        }

        var (log, visits) = (told.Log!, cases.SelectMany(c => c.Visits).ToList());
        Assert.Equal((cases.Count(c => c.Visits.Length > 0), cases.Count(c => c.Visits.Length == 0)), (told.Cases, told.LeftOut));
        Assert.Equal(cases.Where(c => c.Visits.Length > 0).Count(c => c.Ended > 0), log.Cases.ToArray().Count(c => c.End is not null));
        int Count(string transition) => log.Events.ToArray().Count(e => log.Transitions[e.Transition] == transition);
        Assert.Equal(
            (visits.Count, visits.Count(v => v.Acknowledged > 0), visits.Count(v => v.End == VisitEnd.Completed), visits.Count(v => v.End == VisitEnd.Declined), visits.Count(v => v.End is VisitEnd.Expired or VisitEnd.Withdrawn)),
            (Count("schedule"), Count("acknowledge") + visits.Count(v => v.AcknowledgedByAccepting), Count("complete"), Count("ate_abort"), Count("withdraw")));
        Assert.True(Count("start") > 0 && Count("suspend") > 0 && Count("resume") > 0);

        var again = (await history.ReadAsync(Holder, period, Ct)).Log!;
        Assert.Empty(again.Cases.ToArray().Select(c => c.Id).Intersect(log.Cases.ToArray().Select(c => c.Id)));
        var text = Text(log, LogFormat.Xes);
        Assert.All(play.Lives, l => Assert.DoesNotContain(l.Id.ToString(), text, StringComparison.OrdinalIgnoreCase));
        Assert.All(play.Lives.Select(l => l.Arrival.Reference).Distinct(), r => Assert.DoesNotContain($"\"{r}\"", text, StringComparison.Ordinal));
        Assert.All(log.Resources, r => Assert.Matches(@"^[a-z0-9-]+ \((caseworker|partner)\)$", r));
    }

    [Fact]
    public async Task What_was_written_is_read_again_and_reviewed_with_the_same_numbers()
    {
        var (_, memory) = await MemoryHistory.OfAsync(4, 2, 300, Ct);
        var log = (await new OwnHistory(memory).ReadAsync(Holder, HistoryPeriod.Latest(DateOnly.FromDateTime(MemoryHistory.Until.UtcDateTime)), Ct)).Log!;

        foreach (var format in Enum.GetValues<LogFormat>())
        {
            var reading = EventLogReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Text(log, format))), "own." + ReviewLogStore.Code(format), new LogOptions(), Ct);
            Assert.Empty(reading.Warnings);
            Assert.Equal(LogFigures.Of(log).DirectlyFollows, LogFigures.Of(reading.Log).DirectlyFollows);
            var table = LogTable.Of(reading.Log, "own", "Own", 5);
            Assert.Equal(log.Cases.Length, table.Parts.Sum(p => p.Cases.Count));
            Assert.Equal(log.Events.ToArray().Count(e => log.Transitions[e.Transition] == "schedule"), table.Parts.Sum(p => p.Visits.Count));
        }
    }

    [Fact]
    public async Task As_ocel_it_is_valid_by_the_schema()
    {
        if (!File.Exists(Schema))
        {
            Assert.Skip($"There is no {Schema}; the schema of OCEL 2.0 is no part of the repository.");
        }

        var (_, memory) = await MemoryHistory.OfAsync(2, 7, 100, Ct);
        var told = await new OwnHistory(memory).ReadAsync(Holder, HistoryPeriod.Latest(DateOnly.FromDateTime(MemoryHistory.Until.UtcDateTime)), Ct);
        var schema = await JsonSchema.FromJsonAsync(await File.ReadAllTextAsync(Schema, Ct), Ct);

        Assert.Empty(schema.Validate(Text(told.Log!, LogFormat.Ocel)));
    }

    private static string Text(EventLog log, LogFormat format)
    {
        using var file = new MemoryStream();
        EventLogWriter.Write(log, format, file);
        return Encoding.UTF8.GetString(file.ToArray());
    }
}
