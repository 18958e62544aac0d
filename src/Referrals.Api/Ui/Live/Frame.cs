using Npgsql;
using Referrals.Engine.History;
using Referrals.Engine.Network;

namespace Referrals.Api.Ui.Live;

/// <summary>
/// What the frame of a page tells somebody signed in: how much is new, and from which position of the log changes are to be told. Read in
/// one round trip before the page loads anything, so that no change falls between what the page shows and what is told later.
/// </summary>
public sealed class Frame(TenantDatabase database, IEventLog log, Visitor me)
{
    private Counts? _counts;

    /// <summary>How much is new behind an entry of the navigation; 0 when there is nothing, or nothing was read.</summary>
    public int NewAt(string href) => href switch
    {
        Links.Inbox => _counts?.Inbox ?? 0,
        Links.Escalations => _counts?.Escalations ?? 0,
        Links.Notifications => _counts?.Unread ?? 0,
        _ => 0,
    };

    /// <summary>Where changes of this page are told; null when there is nothing to tell, or the page answers a form.</summary>
    public string? Source => _counts is { } counts && me.Looks && LiveTopic.IsOn(me.Path, me) ? Links.Live(me.Path, counts.Position) : null;

    /// <summary>Reads it before the page's handler runs, where somebody is signed in.</summary>
    internal static async ValueTask<object?> ReadFirstAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var services = call.HttpContext.RequestServices;
        if (services.GetRequiredService<Visitor>().IsSignedIn)
        {
            await services.GetRequiredService<Frame>().ReadAsync(call.HttpContext.RequestAborted);
        }

        return await next(call);
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        var read = await database.RunAsync(
            me.Organisation, "select log_position, settled, inbox, escalations, unread from @schema.page_frame($1, $2, $3, $4, $5)", Read, ct,
            me.Organisation.Value, me.Login, me.Has(NetworkRoles.Partner), me.Has(NetworkRoles.Coordinator), Counted.Most + 1);
        _counts = read[0].Settled ? read[0] : read[0] with { Position = (await log.ReadTenantTailAsync(me.Organisation.Value, null, 1, ct)).ReadTo };
    }

    private static Counts Read(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetBoolean(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4));

    private sealed record Counts(long Position, bool Settled, int Inbox, int Escalations, int Unread);
}
