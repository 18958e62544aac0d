using System.Text.Json;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Workers.Messaging;

/// <summary>The organisations of the network, from the directory that every tenant may read.</summary>
public sealed class OrganisationDirectory(IEventLog log)
{
    private const int Page = 500;

    /// <summary>Every organisation.</summary>
    public async Task<IReadOnlyList<OrganisationId>> AllAsync(CancellationToken ct)
    {
        var found = new List<OrganisationId>();
        ListKey? after = null;
        while (true)
        {
            var rows = await log.QueryRowsAsync(new ListQuery(StreamName.Network, OrganisationBoard.List) { After = after, Limit = Page }, ct);
            found.AddRange(rows.Select(IdOf));
            if (rows.Count < Page)
            {
                return found;
            }

            after = new ListKey(rows[^1].SortAt, rows[^1].Id);
        }
    }

    private static OrganisationId IdOf(ListRow row)
    {
        using var data = JsonDocument.Parse(row.Data);
        return new(data.RootElement.GetProperty("id").GetString()!);
    }
}
