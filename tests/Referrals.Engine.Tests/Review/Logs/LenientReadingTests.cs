using System.Text;
using Referrals.Engine.Review.Logs;

namespace Referrals.Engine.Tests.Review.Logs;

/// <summary>What logs from practice look like, and what is made of it.</summary>
public sealed class LenientReadingTests
{
    private const string NoGroup = "||||";

    [Theory]
    [InlineData(LogSamples.Xes, "anything", LogFormat.Xes)]
    [InlineData("\uFEFF" + LogSamples.Xes, "log.csv", LogFormat.Xes)]
    [InlineData(LogSamples.Ocel, "log", LogFormat.Ocel)]
    [InlineData("\uFEFF" + LogSamples.Ocel, "log.jsonocel", LogFormat.Ocel)]
    [InlineData(LogSamples.Csv, "log", LogFormat.Csv)]
    public void The_content_tells_the_format(string content, string name, LogFormat format)
    {
        Assert.Equal(format, LogSamples.Read(content, name).Format);
        Assert.Equal(format, LogSamples.Read(LogSamples.Packed(Encoding.UTF8.GetBytes(content)), name + ".gz").Format);
    }

    [Fact]
    public void Events_come_in_order_of_time_and_defaults_hold_unless_they_are_placeholders()
    {
        var log = LogSamples.Read(LogSamples.Xes).Log;

        Assert.Equal(["c1|" + Ticks("2026-03-02T07:00:00Z") + "||", "  " + Ticks("2026-03-02T08:30:00Z") + "|a||Amt||", "  " + Ticks("2026-03-02T09:00:00Z") + "|b||Amt||"], LogText.Lines(log));
    }

    [Fact]
    public void What_an_event_lacks_costs_the_event_not_the_log()
    {
        var reading = LogSamples.Read(Xes(
            """
            <event><string key="concept:name" value="a"/><date key="time:timestamp" value="2026-03-02T08:30:00Z"/></event>
            <event><string key="concept:name" value="no time"/></event>
            <event><string key="concept:name" value="no time"/></event>
            <event><string key="concept:name" value="bad time"/><date key="time:timestamp" value="yesterday"/></event>
            <event><date key="time:timestamp" value="2026-03-02T08:31:00Z"/></event>
            """));

        Assert.Equal(1, reading.Log.Events.Length);
        Assert.Equal(
            [("An event has no time and was left out.", 2, 5L), ("An event's time can't be read, and it was left out.", 1, 7L), ("An event has no activity and was left out.", 1, 8L)],
            reading.Warnings.Select(w => (w.Text, w.Count, w.Line!.Value)));
    }

    [Fact]
    public void An_event_without_a_name_is_named_by_the_classifier()
    {
        var reading = LogSamples.Read(
            """
            <log xes.version="2.0"><classifier name="x" keys="'Activity code' lifecycle:transition"/>
            <trace><string key="concept:name" value="c"/><event><string key="Activity code" value="410100"/><string key="lifecycle:transition" value="complete"/><date key="time:timestamp" value="2026-03-02"/></event></trace></log>
            """);

        Assert.Equal(["410100"], reading.Log.Activities);
        Assert.Contains(reading.Warnings, w => w.Text.Contains("classifier", StringComparison.Ordinal));
    }

    [Fact]
    public void Nested_attributes_lists_and_what_is_unknown_are_passed_over()
    {
        var reading = LogSamples.Read(Xes(
            """
            <string key="x"><string key="concept:name" value="wrong"/></string>
            <event><list key="l"><values><string key="concept:name" value="wrong"/></values></list><string key="cost:total" value="5"/>
            <string key="concept:name" value="right"><string key="org:group" value="wrong"/></string><date key="time:timestamp" value="2026-03-02"/></event>
            """));

        Assert.Equal(["right"], reading.Log.Activities);
        Assert.Empty(reading.Log.Groups);
    }

    [Fact]
    public void Traces_without_events_or_names_or_with_the_same_name_stay_apart()
    {
        const string one = """<event><string key="concept:name" value="a"/><date key="time:timestamp" value="2026-03-02"/></event>""";
        const string named = """<string key="concept:name" value="c"/>""";
        var reading = LogSamples.Read($"<log xes.version='1.0'><trace>{named}{one}</trace><trace>{one}{named}</trace><trace>{one}</trace><trace>{named}</trace></log>");

        Assert.Equal(["c", "c (2)", "case 3"], reading.Log.Cases.ToArray().Select(c => c.Id));
        Assert.Equal(3, reading.Warnings.Count);
    }

    [Fact]
    public void The_case_of_ocel_is_the_type_with_the_most_events_and_resources_are_objects_or_attributes()
    {
        var reading = LogSamples.Read(LogSamples.Ocel);

        Assert.Equal(
            [
                "o1|||" + Ticks("2026-03-02T09:00:00Z"), "  " + Ticks("2026-03-02T08:00:00Z") + "|pay|Kim|||", "  " + Ticks("2026-03-03T08:00:00Z") + "|ship||Lager||",
                "o2|||", "  " + Ticks("2026-03-02T08:00:00Z") + "|pay|Kim|||",
            ],
            LogText.Lines(reading.Log));
        Assert.Equal(["The case is an object of the type order."], reading.Notes);
        Assert.Equal(["An object of the case's type has no event and was left out."], reading.Warnings.Select(w => w.Text));
    }

    [Fact]
    public void Another_type_of_object_can_be_the_case()
    {
        var reading = LogSamples.Read(LogSamples.Ocel, options: new LogOptions { ObjectType = "employee" });

        Assert.Equal(["Kim"], reading.Log.Cases.ToArray().Select(c => c.Id));
        Assert.Contains("order, employee", LogSamples.Refused(LogSamples.Ocel, options: new LogOptions { ObjectType = "bill" }).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-02T09:00:00.5+02:00", "2026-03-02T07:00:00.5Z")]
    [InlineData("2026-03-02 09:00", "2026-03-02T08:00:00Z")]
    [InlineData("2026/07/02 09:00:01", "2026-07-02T07:00:01Z")]
    [InlineData("2.7.2026 9:05", "2026-07-02T07:05:00Z")]
    [InlineData("02.03.2026", "2026-03-01T23:00:00Z")]
    [InlineData("2026-03-02T09:00:00,123456789-0330", "2026-03-02T12:30:00.1234567Z")]
    [InlineData("29.03.2026 02:30", "2026-03-29T01:30:00Z")]
    public void Times_are_read_as_they_are_written(string text, string expected) =>
        Assert.Equal(Ticks(expected), LogSamples.Read($"case,activity,timestamp\nc,a,\"{text}\"\n").Log.Events[0].Ticks);

    [Theory]
    [InlineData("03/04/2026")]
    [InlineData("31.02.2026")]
    [InlineData("2026-03-02T25:00:00")]
    [InlineData("2026-03-02T09:00:00+99:00")]
    [InlineData("0001-01-01T00:00:00+10:00")]
    [InlineData("46083")]
    public void Times_that_could_mean_anything_are_not_guessed(string text)
    {
        var log = LogSamples.Read($"case,activity,timestamp\nc,a,2026-03-02\nc,b,{text}\n");

        Assert.Equal(["a"], log.Log.Activities);
        Assert.Equal((1, 3L), (log.Warnings.Single().Count, log.Warnings.Single().Line));
    }

    [Fact]
    public void A_format_says_what_other_times_mean()
    {
        var options = new LogOptions { TimeFormat = "MM/dd/yyyy h:mm tt", Zone = TimeZoneInfo.Utc };

        Assert.Equal(Ticks("2026-03-04T15:00:00Z"), LogSamples.Read("case,activity,timestamp\nc,a,03/04/2026 3:00 PM\n", options: options).Log.Events[0].Ticks);
    }

    [Fact]
    public void German_tables_are_understood_and_it_is_said_how()
    {
        var reading = LogSamples.Read(LogSamples.Csv);

        Assert.Equal(["c1|||", "  " + Ticks("2026-03-02T08:00:00Z") + "|Prüfen|Kim|Amt||", "  " + Ticks("2026-07-01T07:00:30Z") + "|Annehmen||Amt||"], LogText.Lines(reading.Log));
        Assert.Equal(["Columns taken by their names: Case: Fall-ID, Activity: Aktivität, Time: Zeitpunkt, Resource: Bearbeiter, Group: Abteilung."], reading.Notes);
    }

    [Theory]
    [InlineData(',')]
    [InlineData('\t')]
    [InlineData('|')]
    public void Other_separators_are_recognised(char separator) => Assert.Equal(2, LogSamples.Read(LogSamples.Csv.Replace(';', separator)).Log.Events.Length);

    [Fact]
    public void Tables_in_other_encodings_are_read()
    {
        var western = LogSamples.Read(Encoding.Latin1.GetBytes(LogSamples.Csv));

        Assert.Equal(["Prüfen", "Annehmen"], western.Log.Activities);
        Assert.Equal(["The file is not encoded in UTF-8; it was read as Windows-1252."], western.Warnings.Select(w => w.Text));
        Assert.Equal(["Prüfen", "Annehmen"], LogSamples.Read([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(LogSamples.Csv)]).Log.Activities);
    }

    [Fact]
    public void Columns_can_be_named_and_rows_can_be_short_quoted_or_empty()
    {
        var options = new LogOptions
        {
            Columns = new Dictionary<LogColumn, string> { [LogColumn.Case] = "nr", [LogColumn.Activity] = "Was", [LogColumn.Time] = "wann", [LogColumn.Group] = "wo" },
        };
        var reading = LogSamples.Read("Nr,was,wann,wo\n1,\"a, \"\"b\"\"\nc\",2026-03-02,x\n\n1,d,2026-03-03\n,d,2026-03-03,y\n", options: options);

        Assert.Equal(["1|||", "  " + Ticks("2026-03-01T23:00:00Z") + "|a, \"b\" c||x||", "  " + Ticks("2026-03-02T23:00:00Z") + "|d" + NoGroup], LogText.Lines(reading.Log));
        Assert.Equal(("A row names no case and was left out.", 6L), (reading.Warnings.Single().Text, reading.Warnings.Single().Line!.Value));
    }

    private static string Xes(string inTrace) => $"<log xes.version='1.0'>\n<trace>\n<string key='concept:name' value='c'/>\n{inTrace}\n</trace>\n</log>";

    private static long Ticks(string utc) => DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture).UtcTicks;
}
