using FsCheck.Xunit;
using NJsonSchema;
using Referrals.Engine.Review.Logs;

namespace Referrals.Engine.Tests.Review.Logs;

public sealed class LogArbitraries
{
    public static FsCheck.Arbitrary<EventLog> Log() => LogGen.Logs();
}

[Properties(Arbitrary = [typeof(LogArbitraries)], MaxTest = 150)]
public sealed class RoundTripTests
{
    private static readonly string Schema = Repository.File("../shared/data/ocel/schema_ocel2.json");

    [Property]
    public void Xes_loses_nothing(EventLog log) => Same(log, LogFormat.Xes, "log.xes");

    [Property]
    public void Ocel_loses_nothing(EventLog log) => Same(log, LogFormat.Ocel, "log.jsonocel");

    [Property]
    public void A_table_loses_nothing(EventLog log) => Same(log, LogFormat.Csv, "log.csv");

    [Property]
    public void What_is_kept_loses_nothing(EventLog log) => Assert.Equal(LogText.Lines(log), LogText.Lines(EventLogBytes.Read(EventLogBytes.Write(log))));

    [Property]
    public void No_cell_of_a_table_begins_like_a_formula(EventLog log)
    {
        var text = System.Text.Encoding.UTF8.GetString(Written(log, LogFormat.Csv));
        using var table = new CsvHelper.CsvParser(new StringReader(text.TrimStart('\uFEFF')), System.Globalization.CultureInfo.InvariantCulture);
        while (table.Read())
        {
            Assert.DoesNotContain(table.Record!, c => c is [('=' or '+' or '-' or '@' or '\t' or '\r'), ..]);
        }
    }

    [Property(MaxTest = 40)]
    public void Ocel_is_valid_by_its_schema(EventLog log)
    {
        if (!File.Exists(Schema))
        {
            Assert.Skip($"There is no {Schema}; the schema of OCEL 2.0 is no part of the repository.");
        }

        var schema = JsonSchema.FromJsonAsync(File.ReadAllText(Schema), TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        var errors = schema.Validate(System.Text.Encoding.UTF8.GetString(Written(log, LogFormat.Ocel)));

        Assert.Empty(errors);
    }

    private static void Same(EventLog log, LogFormat format, string name)
    {
        var reading = EventLogReader.Read(new MemoryStream(Written(log, format)), name, new LogOptions(), TestContext.Current.CancellationToken);

        Assert.Equal(LogText.Lines(log), LogText.Lines(reading.Log));
        Assert.Equal(format, reading.Format);
        Assert.Empty(reading.Warnings);
    }

    private static byte[] Written(EventLog log, LogFormat format)
    {
        using var memory = new MemoryStream();
        EventLogWriter.Write(log, format, memory);
        return memory.ToArray();
    }
}
