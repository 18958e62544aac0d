using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Users;

namespace Referrals.History.Tests.Users;

public sealed class AccountStoreTests(PeopleSchema schema) : IClassFixture<PeopleSchema>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signing_in_finds_exactly_the_one_who_signs_in()
    {
        var (one, other) = (await schema.PersonAsync(PeopleSchema.Organisation()), await schema.PersonAsync(PeopleSchema.Organisation()));
        await using var app = await Sql.OpenAsync(schema.Options.App, Ct);
        await app.LinesAsync($"select set_config('referrals.sign_in', 'login {one.Person.Login}', false)", Ct);

        Assert.Equal([one.Person.Login], await app.LinesAsync($"select login from {schema.Options.Schema}.people", Ct));
        Assert.Equal(["0"], await app.LinesAsync($"select count(*) from {schema.Options.Schema}.credentials", Ct));
        Assert.Equal(one.Person, (await schema.Accounts.FindAsync(one.Person.Id, Ct))!.Person);
        Assert.NotEqual(one.Person.Id, other.Person.Id);
        Assert.Null(await schema.Accounts.FindByLoginAsync(PeopleSchema.Login(), Ct));
        Assert.Null(await schema.Accounts.FindByLoginAsync("' or true --", Ct));
    }

    [Fact]
    public async Task After_five_wrong_tries_nothing_is_tried_for_fifteen_minutes()
    {
        var id = (await schema.PersonAsync(PeopleSchema.Organisation())).Person.Id;
        for (var number = 1; number <= AccountStore.MaxTries; number++)
        {
            Assert.Equal(number, await schema.Accounts.BeginTryAsync(id, Ct));
        }

        Assert.Null(await schema.Accounts.BeginTryAsync(id, Ct));
        schema.Clock.Move(TimeSpan.FromMinutes(14));
        Assert.Null(await schema.Accounts.BeginTryAsync(id, Ct));
        schema.Clock.Move(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await schema.Accounts.BeginTryAsync(id, Ct));
    }

    [Fact]
    public async Task Many_tries_at_once_are_counted_one_by_one()
    {
        var id = (await schema.PersonAsync(PeopleSchema.Organisation())).Person.Id;
        var tries = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => schema.Accounts.BeginTryAsync(id, Ct)));
        Assert.Equal([1, 2, 3, 4, 5], tries.Where(t => t is not null).Select(t => t!.Value).Order());
    }

    [Fact]
    public async Task A_right_password_does_not_count_and_forgets_nothing_until_all_is_right()
    {
        var (home, account) = await HomeAndAccountAsync();
        var id = account.Person.Id;
        await schema.Accounts.BeginTryAsync(id, Ct);
        Assert.Equal(2, await schema.Accounts.BeginTryAsync(id, Ct));
        await schema.Accounts.PassedAsync(id, Ct);
        Assert.Equal(2, await schema.Accounts.BeginTryAsync(id, Ct));

        await schema.Accounts.SignedInAsync(account, home, "password", Ct);
        var after = await schema.AgainAsync(account.Person.Login);
        Assert.Equal(0, after.Credentials.FailedTries);
        Assert.Equal(home, after.Person.LastOrganisation);
        Assert.Equal(AuditCodes.SignedIn, (await schema.Audit.ListAsync([home], new AuditFilter(), null, 1, Ct)).Single().What);
    }

    [Fact]
    public async Task A_code_of_the_second_factor_counts_once()
    {
        var account = await schema.PersonAsync(PeopleSchema.Organisation());
        var stamp = await schema.Accounts.SetTotpAsync(account, "sealed", 100, ["h1", "h2"], Ct);
        Assert.NotEqual(account.Credentials.Stamp, stamp);
        Assert.False(await schema.Accounts.UseTotpStepAsync(account.Person.Id, 100, Ct));
        var used = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => schema.Accounts.UseTotpStepAsync(account.Person.Id, 101, Ct)));
        Assert.Single(used, u => u);
        Assert.False(await schema.Accounts.UseTotpStepAsync(account.Person.Id, 99, Ct));

        Assert.True(await schema.Accounts.UseRecoveryCodeAsync(account, "h1", Ct));
        Assert.False(await schema.Accounts.UseRecoveryCodeAsync(account, "h1", Ct));
        var after = await schema.AgainAsync(account.Person.Login);
        Assert.Equal(("sealed", 1), (after.Credentials.TotpSecret, after.Credentials.RecoveryCodes));
        await schema.Accounts.RemoveTotpAsync(after, Ct);
        Assert.Null((await schema.AgainAsync(account.Person.Login)).Credentials.TotpSecret);
    }

    [Fact]
    public async Task A_password_and_preferences_are_kept()
    {
        var account = await schema.PersonAsync(PeopleSchema.Organisation());
        var stamp = await schema.Accounts.SetPasswordAsync(account, "another", Ct);
        await schema.Accounts.SetPreferencesAsync(account.Person.Id, new Preferences("en", "dark", Preferences.Digest, false), Ct);
        var after = await schema.AgainAsync(account.Person.Login);
        Assert.Equal(("another", false, stamp), (after.Credentials.PasswordHash, after.Credentials.MustChange, after.Credentials.Stamp));
        Assert.Equal(new Preferences("en", "dark", Preferences.Digest, false), after.Person.Preferences);
        await Assert.ThrowsAsync<ArgumentException>(() => schema.Accounts.SetPreferencesAsync(account.Person.Id, new Preferences("fr"), Ct));
    }

    [Fact]
    public async Task An_issuers_subject_is_linked_once()
    {
        var account = await schema.PersonAsync(PeopleSchema.Organisation());
        const string issuer = "https://issuer.example";
        var subject = Guid.NewGuid().ToString();
        Assert.Null(await schema.Accounts.FindBySubjectAsync(issuer, subject, Ct));
        Assert.Equal(account.Person.Id, (await schema.Accounts.FindUnlinkedByEmailAsync(account.Person.Email!.ToUpperInvariant(), Ct))!.Person.Id);
        Assert.True(await schema.Accounts.LinkAsync(account, issuer, subject, Ct));
        Assert.False(await schema.Accounts.LinkAsync(account, issuer, "another", Ct));
        Assert.Equal(account.Person.Id, (await schema.Accounts.FindBySubjectAsync(issuer, subject, Ct))!.Person.Id);
        Assert.Null(await schema.Accounts.FindUnlinkedByEmailAsync(account.Person.Email, Ct));
    }

    [Fact]
    public async Task An_address_of_several_people_is_nobodys()
    {
        var home = PeopleSchema.Organisation();
        var address = $"{PeopleSchema.Login()}@example.org";
        await schema.Users.CreateAsync(home, new NewPerson(PeopleSchema.Login(), "A", address, null), [NetworkRoles.Partner], "test", Ct);
        await schema.Users.CreateAsync(home, new NewPerson(PeopleSchema.Login(), "B", address, null), [NetworkRoles.Partner], "test", Ct);
        Assert.Null(await schema.Accounts.FindUnlinkedByEmailAsync(address, Ct));
    }

    private async Task<(Engine.OrganisationId Home, Account Account)> HomeAndAccountAsync()
    {
        var home = PeopleSchema.Organisation();
        return (home, await schema.PersonAsync(home));
    }
}
