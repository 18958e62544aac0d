using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Users;

namespace Referrals.History.Tests.Users;

public sealed class ManagedPeopleTests(PeopleSchema schema) : IClassFixture<PeopleSchema>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<(OrganisationId Home, ManagedPerson Person)> SomebodyAsync(params string[] roles)
    {
        var home = PeopleSchema.Organisation();
        var id = (await schema.PersonAsync(home, roles)).Person.Id;
        return (home, await SeeAsync(home, id));
    }

    private async Task<ManagedPerson> SeeAsync(OrganisationId organisation, Guid id)
    {
        var seen = await schema.People.FindAsync(organisation, id, Ct);
        Assert.NotNull(seen);
        return seen;
    }

    private async Task<string> LastAsync(OrganisationId organisation) =>
        (await schema.Audit.ListAsync([organisation], new AuditFilter(), null, 1, Ct)).Single() is var e ? $"{e.Who} {e.What} {e.Subject}" : "";

    [Fact]
    public async Task How_somebody_signs_in_is_seen_without_seeing_the_credentials()
    {
        var (home, seen) = await SomebodyAsync();
        Assert.Equal((false, true, false, null, null), (seen.Account.Elsewhere, seen.Account.MustChange, seen.Account.SecondFactor, seen.Account.LockedUntil, seen.Account.LastSignIn));
        var account = await schema.AgainAsync(seen.Person.Login);
        await schema.Accounts.SetTotpAsync(account, "sealed", 1, [], Ct);
        for (var i = 0; i < AccountStore.MaxTries; i++)
        {
            await schema.Accounts.BeginTryAsync(seen.Person.Id, Ct);
        }

        var after = await SeeAsync(home, seen.Person.Id);
        Assert.True(after.Account.SecondFactor);
        Assert.True(after.Account.IsLocked(schema.Clock.GetUtcNow()));
        Assert.NotEqual(seen.Version, after.Version);
        await schema.Accounts.SignedInAsync(account, home, "password", Ct);
        after = Assert.Single(await schema.People.ListAsync(home, Ct));
        Assert.NotNull(after.Account.LastSignIn);
        Assert.Null(after.Account.LockedUntil);
        Assert.Null(await schema.People.FindAsync(PeopleSchema.Organisation(), seen.Person.Id, Ct));
    }

    [Fact]
    public async Task Joining_asks_for_login_and_address_and_never_says_which_was_wrong()
    {
        var (home, seen) = await SomebodyAsync();
        var (second, login, email) = (PeopleSchema.Organisation(), seen.Person.Login, seen.Person.Email!);
        Assert.Null(await schema.People.JoinAsync(second, login, "other@example.org", [NetworkRoles.Partner], "kim", Ct));
        Assert.Null(await schema.People.JoinAsync(second, PeopleSchema.Login(), email, [NetworkRoles.Partner], "kim", Ct));
        Assert.Null(await schema.People.JoinAsync(second, "' or true --", email, [NetworkRoles.Partner], "kim", Ct));
        Assert.Equal(seen.Person.Id, await schema.People.JoinAsync(second, login, email.ToUpperInvariant(), [NetworkRoles.Partner], "kim", Ct));
        Assert.Equal($"kim {AuditCodes.UserJoined} {login}", await LastAsync(second));
        Assert.Null(await schema.People.JoinAsync(second, login, email, [NetworkRoles.Admin], "kim", Ct));
        Assert.Equal([NetworkRoles.Partner], (await SeeAsync(second, seen.Person.Id)).Roles);

        var joined = await SeeAsync(second, seen.Person.Id);
        Assert.False(await schema.People.DisableAsync(second, joined, "kim", Ct));
        Assert.False(await schema.People.ResetAsync(second, joined, "stolen", "kim", Ct));
        Assert.False(await schema.People.ChangeAsync(second, joined, "Other", null, "kim", Ct));
        Assert.True(await schema.People.DisableAsync(home, seen, "kim", Ct));
        Assert.Null(await schema.People.JoinAsync(PeopleSchema.Organisation(), login, email, [NetworkRoles.Partner], "kim", Ct));
    }

    [Fact]
    public async Task Of_two_who_change_the_same_the_second_is_told()
    {
        var (home, seen) = await SomebodyAsync(NetworkRoles.Partner);
        Assert.True(await schema.People.SetRolesAsync(home, seen, [NetworkRoles.Admin], "kim", Ct));
        Assert.False(await schema.People.SetRolesAsync(home, seen, [NetworkRoles.Caseworker], "robin", Ct));
        Assert.True(await schema.People.ChangeAsync(home, seen, "Kim Neu", null, "kim", Ct));
        Assert.False(await schema.People.ChangeAsync(home, seen, "Kim Anders", null, "robin", Ct));
        Assert.True(await schema.People.ResetAsync(home, seen, "one", "kim", Ct));
        Assert.False(await schema.People.ResetAsync(home, seen, "two", "robin", Ct));
        Assert.True(await schema.People.DisableAsync(home, seen, "kim", Ct));
        Assert.False(await schema.People.DisableAsync(home, seen, "robin", Ct));
        Assert.True(await schema.People.EnableAsync(home, seen, "kim", Ct));
        Assert.False(await schema.People.EnableAsync(home, seen, "robin", Ct));
        var after = await schema.AgainAsync(seen.Person.Login);
        Assert.Equal(("Kim Neu", "one", true), (after.Person.Name, after.Credentials.PasswordHash, after.Credentials.MustChange));
        Assert.Equal([NetworkRoles.Admin], after.Memberships.Single().Roles);
        Assert.DoesNotContain(await schema.Audit.ListAsync([home], new AuditFilter(), null, 100, Ct), e => e.Who == "robin");
    }

    [Fact]
    public async Task Lock_and_second_factor_are_taken_away_once()
    {
        var (home, seen) = await SomebodyAsync();
        Assert.False(await schema.People.UnlockAsync(home, seen, "kim", Ct));
        Assert.False(await schema.People.RemoveFactorAsync(home, seen, "kim", Ct));
        await schema.Accounts.SetTotpAsync(await schema.AgainAsync(seen.Person.Login), "sealed", 1, ["h"], Ct);
        for (var i = 0; i < AccountStore.MaxTries; i++)
        {
            await schema.Accounts.BeginTryAsync(seen.Person.Id, Ct);
        }

        Assert.True(await schema.People.UnlockAsync(home, seen, "kim", Ct));
        Assert.Equal($"kim {AuditCodes.UserUnlocked} {seen.Person.Login}", await LastAsync(home));
        Assert.True(await schema.People.RemoveFactorAsync(home, seen, "kim", Ct));
        Assert.Equal($"kim {AuditCodes.SecondFactorOff} {seen.Person.Login}", await LastAsync(home));
        var after = await schema.AgainAsync(seen.Person.Login);
        Assert.Equal((null, null, 0), (after.Credentials.TotpSecret, after.Credentials.LockedUntil, after.Credentials.FailedTries));
    }
}
