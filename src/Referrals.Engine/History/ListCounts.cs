using System.Text;
using Npgsql;

namespace Referrals.Engine.History;

/// <summary>Counts in lists as SQL; each stops counting where the caller does not want to know more.</summary>
internal static class ListCounts
{
    public static NpgsqlBatchCommand ToCommand(ListQuery query, long? token, int max)
    {
        ListQueries.CheckCount(max);
        var command = new NpgsqlBatchCommand();
        var sql = new StringBuilder("select count(*)::int from (select 1 ");
        ListQueries.AddRows(command, sql, query, token);
        sql.Append(" limit ").Append(ListQueries.Add(command, (long)max)).Append(") r");
        command.CommandText = sql.ToString();
        return command;
    }

    // From one status to the next one in the index, and in each no further than asked.
    public static NpgsqlBatchCommand ByStatus(string tenant, string list, string? assignee, int max)
    {
        ListQueries.CheckCount(max);
        var rows = "from @schema.list_rows r where r.tenant_id = $1 and r.list = $2" + (assignee is null ? "" : " and r.assignee = $4");
        var command = new NpgsqlBatchCommand(
            $"""
            with recursive s(status) as (
              (select r.status {rows} order by r.status limit 1)
              union all
              select (select r.status {rows} and r.status > s.status order by r.status limit 1) from s where s.status is not null)
            select s.status, (select count(*)::int from (select 1 {rows} and r.status = s.status limit $3) c)
            from s where s.status is not null
            """)
        {
            Parameters = { new() { Value = tenant }, new() { Value = list }, new() { Value = (long)max } },
        };
        if (assignee is not null)
        {
            command.Parameters.Add(new() { Value = assignee });
        }

        return command;
    }
}
