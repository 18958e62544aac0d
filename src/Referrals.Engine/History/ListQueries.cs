using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Referrals.Engine.History;

/// <summary>Turns questions to a list into SQL. The few shapes of the text stay prepared.</summary>
internal static class ListQueries
{
    public const int MaxLimit = 500;
    public const int MaxCount = 100_000;

    private const string Columns =
        "tenant_id, list, id, status, subject, counterpart, nullif(due_at, 'infinity'), sort_at, data::text, "
        + "series, number, reference, nullif(assignee, ''), sealed_reference, case when sealed_reference is not null then "
        + "(select coalesce(k.master_key || ' ' || k.wrapped, '') from @schema.stream_keys k where k.tenant_id = list_rows.tenant_id and k.stream_id = list_rows.id) end";

    public static string Find => $"select {Columns} from @schema.list_rows where tenant_id = $1 and list = $2 and id = $3";

    /// <summary>Refuses a page that is empty or too long.</summary>
    public static void Check(ListQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxLimit);
        if (query is { After: not null, Before: not null })
        {
            throw new ArgumentException("a page lies after a row or before one", nameof(query));
        }

        if ((query.After ?? query.Before) is { At: null } && !query.ByDue)
        {
            throw new ArgumentException("a row of a list by time has a time", nameof(query));
        }
    }

    /// <summary>Refuses to count too far.</summary>
    public static void CheckCount(int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, MaxCount);
    }

    /// <summary>The rows of an answer in the list's order: those before a row were read backwards.</summary>
    public static IReadOnlyList<ListRow> InOrder(ListQuery query, List<ListRow> rows)
    {
        if (query.Before is not null)
        {
            rows.Reverse();
        }

        return rows;
    }

    /// <summary>The rows of a page.</summary>
    /// <param name="query">The question.</param>
    /// <param name="token">The mark of <see cref="ListQuery.ReferenceStartsWith"/>; null when nothing is asked of references.</param>
    public static NpgsqlBatchCommand ToCommand(ListQuery query, long? token)
    {
        Check(query);
        var command = new NpgsqlBatchCommand();
        var sql = new StringBuilder($"select {Columns} ");
        AddRows(command, sql, query, token);
        AddPage(command, sql, query);
        command.CommandText = sql.ToString();
        return command;
    }

    public static StoredRow Read(NpgsqlDataReader r) => new(ReadRow(r), TextOrNull(r, 13), TextOrNull(r, 14));

    // A reference that no worker has sealed yet stands in the clear.
    private static ListRow ReadRow(NpgsqlDataReader r) => new(
        r.GetString(0),
        r.GetString(1),
        r.GetGuid(2),
        r.GetString(3),
        r.GetString(4),
        r.IsDBNull(5) ? null : r.GetString(5),
        r.IsDBNull(6) ? null : r.GetFieldValue<DateTimeOffset>(6),
        r.GetFieldValue<DateTimeOffset>(7),
        r.GetString(8),
        TextOrNull(r, 9),
        r.IsDBNull(10) ? null : r.GetInt32(10),
        TextOrNull(r, 11),
        TextOrNull(r, 12));

    /// <summary>Adds from where the rows come, and the filters.</summary>
    public static void AddRows(NpgsqlBatchCommand command, StringBuilder sql, ListQuery query, long? token)
    {
        sql.Append("from @schema.list_rows where tenant_id = ").Append(Add(command, query.Tenant))
            .Append(" and list = ").Append(Add(command, query.List));
        AddStatus(command, sql, query);
        AddEqual(command, sql, "subject", query.Subject);
        AddEqual(command, sql, "counterpart", query.Counterpart);
        AddEqual(command, sql, "assignee", query.Assignee);
        AddEqual(command, sql, "assignee", query.Unassigned ? "" : null);

        if (query.Number is { } number)
        {
            AddEqual(command, sql, "series", number.Series);
            sql.Append(" and number = ").Append(Add(command, number.Number));
        }

        if (token is { } mark)
        {
            sql.Append(" and id in (select l.id from @schema.list_references l where l.tenant_id = $1 and l.list = $2 and l.token = ").Append(Add(command, mark)).Append(')');
        }

        if (query.DueFrom is { } from)
        {
            sql.Append(" and due_at >= ").Append(Add(command, StoredText.Time(from))).Append(" and due_at < 'infinity'");
        }

        if (query.DueBefore is { } before)
        {
            sql.Append(" and due_at < ").Append(Add(command, StoredText.Time(before)));
        }
    }

    /// <summary>Adds a value and gives its place in the text.</summary>
    public static string Add(NpgsqlBatchCommand command, object value)
    {
        var parameter = new NpgsqlParameter { Value = value };
        if (value is DateTimeOffset)
        {
            parameter.NpgsqlDbType = NpgsqlDbType.TimestampTz;
        }

        command.Parameters.Add(parameter);
        return "$" + command.Parameters.Count.ToString(CultureInfo.InvariantCulture);
    }

    private static string? TextOrNull(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);

    private static void AddEqual(NpgsqlBatchCommand command, StringBuilder sql, string column, string? value)
    {
        if (value is not null)
        {
            sql.Append(" and ").Append(column).Append(" = ").Append(Add(command, value));
        }
    }

    private static void AddStatus(NpgsqlBatchCommand command, StringBuilder sql, ListQuery query)
    {
        switch (query.Statuses)
        {
            case []:
                break;
            case [var status]:
                sql.Append(" and status = ").Append(Add(command, status));
                break;
            default:
                sql.Append(" and status = any (").Append(Add(command, query.Statuses.ToArray())).Append(')');
                break;
        }
    }

    // The comparison with the time alone gives the index its start; the rest passes over rows of the same time. Rows before one are read
    // backwards, so that they are those next to it.
    private static void AddPage(NpgsqlBatchCommand command, StringBuilder sql, ListQuery query)
    {
        var back = query.Before is not null;
        var column = query.ByDue ? "due_at" : "sort_at";
        var rising = query.ByDue != back;
        if ((query.After ?? query.Before) is { } key)
        {
            var at = key.At is { } time ? Add(command, StoredText.Time(time)) : "'infinity'::timestamptz";
            var id = Add(command, key.Id);
            var (beyond, next) = (rising ? ">" : "<", back ? "<" : ">");
            sql.Append(CultureInfo.InvariantCulture, $" and {column} {beyond}= {at} and ({column} {beyond} {at} or id {next} {id})");
        }

        sql.Append(CultureInfo.InvariantCulture, $" order by {column}{(rising ? "" : " desc")}, id{(back ? " desc" : "")}")
            .Append(" limit ").Append(Add(command, (long)query.Limit));
    }
}

/// <summary>A row as the database has it.</summary>
/// <param name="Row">The row; its reference only where it stands in the clear.</param>
/// <param name="Reference">Its reference, sealed; null: none.</param>
/// <param name="Key">What the lookup of its stream's key gave, see <see cref="Keys.StoredKey.Read"/>.</param>
internal readonly record struct StoredRow(ListRow Row, string? Reference, string? Key);
