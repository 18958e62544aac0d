using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Referrals.Engine.History;

/// <summary>Turns questions to a list into SQL. The few shapes of the text stay prepared.</summary>
internal static class ListQueries
{
    public const int MaxLimit = 500;

    private const string Columns =
        "tenant_id, list, id, status, subject, counterpart, nullif(due_at, 'infinity'), sort_at, data::text";

    public static string Find => $"select {Columns} from @schema.list_rows where tenant_id = $1 and list = $2 and id = $3";

    /// <summary>Refuses a page that is empty or too long.</summary>
    public static void Check(ListQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxLimit);
        if (query.After is { At: null } && !query.ByDue)
        {
            throw new ArgumentException("a row of a list by time has a time", nameof(query));
        }
    }

    public static NpgsqlBatchCommand ToCommand(ListQuery query)
    {
        Check(query);
        var command = new NpgsqlBatchCommand();
        var sql = new StringBuilder($"select {Columns} from @schema.list_rows where tenant_id = ");
        sql.Append(Add(command, query.Tenant)).Append(" and list = ").Append(Add(command, query.List));
        AddFilters(command, sql, query);
        AddPage(command, sql, query);
        command.CommandText = sql.ToString();
        return command;
    }

    public static ListRow Read(NpgsqlDataReader r) => new(
        r.GetString(0),
        r.GetString(1),
        r.GetGuid(2),
        r.GetString(3),
        r.GetString(4),
        r.IsDBNull(5) ? null : r.GetString(5),
        r.IsDBNull(6) ? null : r.GetFieldValue<DateTimeOffset>(6),
        r.GetFieldValue<DateTimeOffset>(7),
        r.GetString(8));

    private static void AddFilters(NpgsqlBatchCommand command, StringBuilder sql, ListQuery query)
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

        if (query.Subject is not null)
        {
            sql.Append(" and subject = ").Append(Add(command, query.Subject));
        }

        if (query.Counterpart is not null)
        {
            sql.Append(" and counterpart = ").Append(Add(command, query.Counterpart));
        }

        if (query.DueBefore is { } before)
        {
            sql.Append(" and due_at < ").Append(Add(command, StoredText.Time(before)));
        }
    }

    // The comparison with the time alone gives the index its start; the rest passes over rows of the same time.
    private static void AddPage(NpgsqlBatchCommand command, StringBuilder sql, ListQuery query)
    {
        var (column, inclusive, strict) = query.ByDue ? ("due_at", ">=", ">") : ("sort_at", "<=", "<");
        if (query.After is { } after)
        {
            var at = after.At is { } time ? Add(command, StoredText.Time(time)) : "'infinity'::timestamptz";
            var id = Add(command, after.Id);
            sql.Append(CultureInfo.InvariantCulture, $" and {column} {inclusive} {at} and ({column} {strict} {at} or id > {id})");
        }

        sql.Append(query.ByDue ? " order by due_at, id" : " order by sort_at desc, id").Append(" limit ").Append(Add(command, (long)query.Limit));
    }

    private static string Add(NpgsqlBatchCommand command, object value)
    {
        var parameter = new NpgsqlParameter { Value = value };
        if (value is DateTimeOffset)
        {
            parameter.NpgsqlDbType = NpgsqlDbType.TimestampTz;
        }

        command.Parameters.Add(parameter);
        return "$" + command.Parameters.Count.ToString(CultureInfo.InvariantCulture);
    }
}
