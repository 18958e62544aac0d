using FsCheck;
using FsCheck.Fluent;
using Referrals.Engine.Review.Logs;

namespace Referrals.Engine.Tests.Review.Logs;

/// <summary>Logs of all kinds, with names that formats have trouble with.</summary>
internal static class LogGen
{
    private static readonly string[] Nasty =
    [
        "a", "b", "Prüfung", "=1+1", "+1", "-1", "@x", "'=x", "''=x", "'a", "a;b", "a,b", "\"q\"", "a\nb", "\ttab", "<&>", "日本", "😀", "\ud800", "\u0001", " lead", "trail ",
        "", " ", "a\tb", "]]>", "UNKNOWN", "{", "null", "case 1", "a (2)",
    ];

    public static Arbitrary<EventLog> Logs()
    {
        var name = Gen.OneOf(Gen.Elements(Nasty), ArbMap.Default.GeneratorFor<string>().Select(s => s ?? ""));
        var time = Gen.OneOf(
            Gen.Choose(0, 5).Select(s => DateTime.UnixEpoch.AddSeconds(s)),
            ArbMap.Default.GeneratorFor<DateTime>().Select(d => new DateTime(d.Ticks, DateTimeKind.Utc)));
        var one =
            from id in name
            from start in Gen.OrNull(time.Select(t => (object)t))
            from end in Gen.OrNull(time.Select(t => (object)t))
            from deadline in Gen.OrNull(time.Select(t => (object)t))
            from events in Gen.Zip(Gen.ArrayOf(name, 5), time).ListOf()
            select new GivenCase(id, (DateTime?)start, (DateTime?)end, (DateTime?)deadline, [.. events]);
        return one.NonEmptyListOf().Select(cases => Build(cases)).ToArbitrary();
    }

    private static EventLog Build(IEnumerable<GivenCase> cases)
    {
        var log = new EventLogBuilder(new LogLimits());
        foreach (var one in cases)
        {
            var place = log.New();
            log.Name(place, one.Id);
            log.Dates(place, one.Start, one.End, one.Deadline);
            foreach (var (names, at) in one.Events)
            {
                log.Add(place, at, names[0], names[1], names[2], names[3], names[4]);
            }
        }

        // A log has at least one event.
        var last = log.New();
        log.Name(last, "last");
        log.Add(last, DateTime.UnixEpoch, "a", "", "", "", "");
        return log.Build();
    }
}

/// <summary>A case before it is put into a log.</summary>
internal sealed record GivenCase(string Id, DateTime? Start, DateTime? End, DateTime? Deadline, IReadOnlyList<(string[] Names, DateTime At)> Events);

/// <summary>What a log says, in a form that can be compared.</summary>
internal static class LogText
{
    public static List<string> Lines(EventLog log)
    {
        var lines = new List<string>();
        foreach (var one in log.Cases)
        {
            lines.Add($"{one.Id}|{one.Start?.Ticks}|{one.End?.Ticks}|{one.Deadline?.Ticks}");
            foreach (var e in log.EventsOf(one))
            {
                lines.Add($"  {e.Ticks}|{log.Activities[e.Activity]}|{Of(log.Resources, e.Resource)}|{Of(log.Groups, e.Group)}|{Of(log.Transitions, e.Transition)}|{Of(log.Instances, e.Instance)}");
            }
        }

        return lines;
    }

    private static string Of(IReadOnlyList<string> names, int place) => place == EventLog.None ? "" : names[place];
}
