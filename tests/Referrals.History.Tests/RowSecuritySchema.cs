using Npgsql;
using Referrals.Engine.History;
using Referrals.LocalServers;

namespace Referrals.History.Tests;

/// <summary>A schema in which alpha, beta and the network have one of everything.</summary>
public sealed class RowSecuritySchema(LocalPostgres server) : IAsyncLifetime
{
    public StreamName Alpha { get; } = Given.Stream("alpha");

    public StreamName Beta { get; } = Given.Stream("beta");

    public StreamName Network { get; } = Given.Stream(StreamName.Network);

    public PostgresOptions Options { get; private set; } = null!;

    public NpgsqlConnection Owner { get; private set; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Options = await server.MigratedAsync(Ct);
        Owner = await Sql.OpenAsync(Options.Owner!, Ct);
        await using var log = new PostgresEventLog(Options, Given.Codec);
        foreach (var stream in new[] { Alpha, Beta, Network })
        {
            var append = Append.To(
                stream,
                0,
                [new Opened(stream.Tenant)],
                Given.Context(),
                new RowChange.PutListRow(Given.Row(stream.Tenant, "things", stream.Id) with { Series = "2026" }),
                new RowChange.SetDue(stream, Given.Noon),
                new RowChange.PutInbox(stream.Tenant, stream.Id),
                new RowChange.PutDelivery(stream.Tenant, stream.Id, 1, Given.Noon));
            Assert.IsType<AppendResult.Appended>(await log.AppendAsync(append, Ct));
        }
    }

    public async ValueTask DisposeAsync() => await Owner.DisposeAsync();
}
