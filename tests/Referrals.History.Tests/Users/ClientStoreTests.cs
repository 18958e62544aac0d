using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Clients;

namespace Referrals.History.Tests.Users;

public sealed class ClientStoreTests(PeopleSchema schema) : IClassFixture<PeopleSchema>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ClientStore Clients => new(schema.Database, schema.Clock);

    [Fact]
    public async Task A_secret_is_renewed_once_on_what_was_seen_and_every_change_is_written_down()
    {
        var organisation = PeopleSchema.Organisation();
        var (id, request) = (ClientStore.IdOf(organisation, "intake"), Guid.NewGuid());
        Assert.NotNull(await Clients.CreateAsync(organisation, id, "first", [NetworkRoles.Partner], "kim", request, Ct));
        Assert.NotNull(await Clients.CreateAsync(organisation, id, "again", [NetworkRoles.Partner], "kim", request, Ct));
        Assert.Null(await Clients.CreateAsync(organisation, id, "other", [NetworkRoles.Admin], "kim", Guid.NewGuid(), Ct));

        Assert.True(await Clients.RenewAsync(organisation, id, "second", 1, "robin", Ct));
        Assert.False(await Clients.RenewAsync(organisation, id, "third", 1, "kim", Ct));
        Assert.Null(await Clients.AuthenticateAsync(id, "again", Ct));
        Assert.Equal(2, (await Clients.AuthenticateAsync(id, "second", Ct))!.Version);

        Assert.True(await Clients.DisableAsync(organisation, id, "kim", Ct));
        Assert.True(await Clients.DisableAsync(organisation, id, "kim", Ct));
        Assert.False(await Clients.DisableAsync(PeopleSchema.Organisation(), id, "kim", Ct));
        Assert.False(await Clients.RenewAsync(organisation, id, "fourth", 4, "kim", Ct));
        Assert.Null(await Clients.AuthenticateAsync(id, "second", Ct));
        Assert.Equal(
            [$"kim {AuditCodes.ClientDisabled}", $"robin {AuditCodes.ClientRenewed}", $"kim {AuditCodes.ClientCreated}"],
            (await schema.Audit.ListAsync([organisation], new AuditFilter(), null, 10, Ct)).Select(e => $"{e.Who} {e.What}"));
    }
}
