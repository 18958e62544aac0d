using System.Text;
using System.Text.Json;
using Npgsql;
using Referrals.Engine.History;
using Referrals.Engine.Network.Audit;

namespace Referrals.Engine.Review.Logs;

/// <summary>An imported log as it stands in the list.</summary>
/// <param name="Name">What it is called by: a code, unique in the network.</param>
/// <param name="Title">What people call it; the file's name if nothing else was said.</param>
/// <param name="ImportedAt">When it was imported.</param>
/// <param name="ImportedBy">By whom: a login or <c>command-line</c>.</param>
/// <param name="Format">What the file was.</param>
/// <param name="Cases">How many cases it has.</param>
/// <param name="Events">How many events it has.</param>
/// <param name="Activities">How many activities it has.</param>
/// <param name="Resources">How many resources it has.</param>
/// <param name="Warnings">What could not be taken as it was.</param>
public sealed record ReviewLog(
    string Name, string Title, DateTimeOffset ImportedAt, string ImportedBy, LogFormat Format, int Cases, int Events, int Activities, int Resources,
    IReadOnlyList<LogWarning> Warnings);

/// <summary>Who imports or deletes a log.</summary>
/// <param name="Organisation">In whose list of what was administered it stands.</param>
/// <param name="Who">A login, or <c>command-line</c>.</param>
public sealed record LogKeeper(OrganisationId Organisation, string Who);

/// <summary>Keeps the event logs that were imported for review. Only those who may see the network's review should get to it.</summary>
public sealed class ReviewLogStore(TenantDatabase database, TimeProvider time)
{
    private const int MostNames = 1000;
    // Leaves room for a number behind it, see Codes.MaxLength.
    private const int NameLength = 50;
    private const string Columns = "name, title, imported_at, imported_by, format, cases, events, activities, resources, warnings::text";

    private static readonly OrganisationId Network = new(StreamName.Network);

    /// <summary>The name that a file's log gets if it is free: lower-case letters, digits and hyphens.</summary>
    public static string NameOf(string file)
    {
        var plain = Path.GetFileName(file).ToLowerInvariant();
        foreach (var end in new[] { ".gz", ".xes", ".xml", ".csv", ".tsv", ".txt", ".json", ".jsonocel" })
        {
            plain = plain.EndsWith(end, StringComparison.Ordinal) ? plain[..^end.Length] : plain;
        }

        var name = new StringBuilder();
        foreach (var c in plain)
        {
            var text = c switch { 'ä' => "ae", 'ö' => "oe", 'ü' => "ue", 'ß' => "ss", _ when char.IsAsciiLetterOrDigit(c) => c.ToString(), _ => "-" };
            name.Append(text == "-" && (name.Length == 0 || name[^1] == '-') ? "" : text);
        }

        // A code begins with a letter.
        var code = name.ToString().Trim('-');
        code = code.Length > NameLength ? code[..NameLength].TrimEnd('-') : code;
        return code.Length == 0 ? "log" : char.IsAsciiLetter(code[0]) ? code : $"log-{code}";
    }

    /// <summary>Keeps a log.</summary>
    /// <param name="name">What it is to be called by.</param>
    /// <param name="exactly">Whether it has to be this name; else a number is put behind it when it is taken.</param>
    /// <param name="title">What people call it.</param>
    /// <param name="by">Who imports it; it is written down.</param>
    /// <param name="reading">The log as it was read.</param>
    /// <param name="ct">Cancels the statement.</param>
    /// <returns>Its name; null, and nothing is kept, if the name is taken.</returns>
    public async Task<string?> AddAsync(string name, bool exactly, string title, LogKeeper by, LogReading reading, CancellationToken ct)
    {
        var (log, content) = (reading.Log, EventLogBytes.Write(reading.Log));
        var warnings = JsonSerializer.Serialize(reading.Warnings, EventCodec.Json);
        for (var number = 1; number <= (exactly ? 1 : MostNames); number++)
        {
            var tried = number == 1 ? name : FormattableString.Invariant($"{name}-{number}");
            var entry = new AuditEntry(by.Organisation, by.Who, AuditCodes.LogImported, tried, new Dictionary<string, string> { ["format"] = Code(reading.Format) });
            var added = await database.RunAsync(
                Acting.For(Network, by.Organisation),
                Noted.Statement(
                    """
                    done as (
                      insert into @schema.review_logs (tenant_id, name, title, imported_at, imported_by, format, cases, events, activities, resources, warnings, content)
                      values ($7, $5, $8, $2, $3, $9, $10, $11, $12, $13, $14::jsonb, $15) on conflict (tenant_id, name) do nothing returning name)
                    """),
                r => r.GetString(0), ct, Noted.Values(
                    entry, time.GetUtcNow(), StreamName.Network, title, Code(reading.Format), log.Cases.Length, log.Events.Length, log.Activities.Count, log.Resources.Count,
                    warnings, content));
            if (added is [var taken])
            {
                return taken;
            }
        }

        return null;
    }

    /// <summary>The logs, by name.</summary>
    public Task<IReadOnlyList<ReviewLog>> ListAsync(CancellationToken ct) => database.RunAsync(
        Network, $"select {Columns} from @schema.review_logs where tenant_id = $1 order by name", Read, ct, StreamName.Network);

    /// <summary>A log with its line in the list, or null.</summary>
    /// <exception cref="InvalidDataException">What is kept can't be read.</exception>
    public async Task<(ReviewLog Line, EventLog Log)?> FindAsync(string name, CancellationToken ct)
    {
        var found = await database.RunAsync(
            Network, $"select {Columns}, content from @schema.review_logs where tenant_id = $1 and name = $2",
            r => (Line: Read(r), Content: r.GetFieldValue<byte[]>(10)), ct, StreamName.Network, name);
        return found is [var one] ? (one.Line, EventLogBytes.Read(one.Content)) : null;
    }

    /// <summary>A log's line in the list, or null.</summary>
    public async Task<ReviewLog?> LineAsync(string name, CancellationToken ct) => (await database.RunAsync(
        Network, $"select {Columns} from @schema.review_logs where tenant_id = $1 and name = $2", Read, ct, StreamName.Network, name)) is [var line] ? line : null;

    /// <summary>Deletes a log. False when there is none of this name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="by">Who deletes it; it is written down.</param>
    /// <param name="ct">Cancels the statement.</param>
    public async Task<bool> DeleteAsync(string name, LogKeeper by, CancellationToken ct) => (await database.RunAsync(
        Acting.For(Network, by.Organisation),
        Noted.Statement("done as (delete from @schema.review_logs where tenant_id = $7 and name = $5 returning name)"),
        r => r.GetString(0), ct, Noted.Values(new AuditEntry(by.Organisation, by.Who, AuditCodes.LogDeleted, name), time.GetUtcNow(), StreamName.Network))).Count > 0;

    private static ReviewLog Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3), Enum.Parse<LogFormat>(row.GetString(4), ignoreCase: true),
        row.GetInt32(5), row.GetInt32(6), row.GetInt32(7), row.GetInt32(8), JsonSerializer.Deserialize<IReadOnlyList<LogWarning>>(row.GetString(9), EventCodec.Json)!);

    /// <summary>The format as it is written: <c>xes</c>, <c>ocel</c> or <c>csv</c>.</summary>
    public static string Code(LogFormat format) => format.ToString().ToLowerInvariant();
}
