using Npgsql;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Users;

namespace Referrals.History.Tests.Users;

public sealed class UserStoreTests(PeopleSchema schema) : IClassFixture<PeopleSchema>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_is_made_listed_and_written_down()
    {
        var home = PeopleSchema.Organisation();
        var login = PeopleSchema.Login();
        var made = await schema.Users.CreateAsync(
            home, new NewPerson(login, "Kim Muster", null, PeopleSchema.NoHash), [NetworkRoles.Partner, NetworkRoles.Admin], "network-office.first", Ct);

        var listed = Assert.Single(await schema.Users.ListAsync(home, Ct));
        Assert.Equal(listed.Person, made!.Person);
        Assert.Equal((login, "Kim Muster", home), (listed.Person.Login, listed.Person.Name, listed.Person.Home));
        Assert.Equal([NetworkRoles.Partner, NetworkRoles.Admin], listed.Roles);
        Assert.Equal(new Preferences(), listed.Person.Preferences);
        var entry = Assert.Single(await schema.Audit.ListAsync([home], new AuditFilter(), null, 10, Ct));
        Assert.Equal((AuditCodes.UserCreated, "network-office.first", login, "partner,admin"), (entry.What, entry.Who, entry.Subject, entry.Details!["roles"]));
        var account = await schema.AgainAsync(login);
        Assert.True(account.Credentials.MustChange);
        Assert.Equal(home, Assert.Single(account.Memberships).Organisation);
    }

    [Fact]
    public async Task A_login_is_given_once_in_the_network()
    {
        var taken = await schema.PersonAsync(PeopleSchema.Organisation());
        var other = PeopleSchema.Organisation();
        Assert.Null(await schema.Users.CreateAsync(other, new NewPerson(taken.Person.Login, "Someone Else", null, null), [], "test", Ct));
        Assert.Empty(await schema.Users.ListAsync(other, Ct));
        Assert.Empty(await schema.Audit.ListAsync([other], new AuditFilter(), null, 10, Ct));
    }

    [Theory]
    [InlineData("ab", "Kim", null, "partner")]
    [InlineData("Kim.muster", "Kim", null, "partner")]
    [InlineData("kim muster", "Kim", null, "partner")]
    [InlineData("kim.muster", "", null, "partner")]
    [InlineData("kim.muster", "Kim\nMuster", null, "partner")]
    [InlineData("kim.muster", "Kim", "no address", "partner")]
    [InlineData("kim.muster", "Kim", "a@b,c@d", "partner")]
    [InlineData("kim.muster", "Kim", "Kim <a@b>", "partner")]
    [InlineData("kim.muster", "Kim", null, "king")]
    public Task What_is_not_as_the_rules_say_is_not_kept(string login, string name, string? email, string role) =>
        Assert.ThrowsAsync<ArgumentException>(() => schema.Users.CreateAsync(PeopleSchema.Organisation(), new NewPerson(login, name, email, null), [role], "test", Ct));

    [Fact]
    public async Task Somebody_works_for_two_organisations_and_leaves_one()
    {
        var (home, second) = (PeopleSchema.Organisation(), PeopleSchema.Organisation());
        var login = (await schema.PersonAsync(home)).Person.Login;
        Assert.Null(await schema.Users.FindAsync(second, login, Ct));

        var joined = await schema.Users.SetRolesAsync(second, login, [NetworkRoles.Partner], "test", Ct);
        Assert.Equal([NetworkRoles.Partner], joined!.Roles);
        Assert.Equal(new[] { home, second }.OrderBy(o => o.Value, StringComparer.Ordinal), (await schema.AgainAsync(login)).Memberships.Select(m => m.Organisation));

        Assert.Empty((await schema.Users.SetRolesAsync(second, login, [], "test", Ct))!.Roles);
        Assert.Equal(home, Assert.Single((await schema.AgainAsync(login)).Memberships).Organisation);
        Assert.Equal(["-", "partner"], (await schema.Audit.ListAsync([second], new AuditFilter(), null, 10, Ct)).Select(e => e.Details!["roles"]));
        Assert.Null(await schema.Users.SetRolesAsync(second, PeopleSchema.Login(), [NetworkRoles.Partner], "test", Ct));
    }

    [Fact]
    public async Task An_account_is_changed_for_its_home_only()
    {
        var (home, second) = (PeopleSchema.Organisation(), PeopleSchema.Organisation());
        var before = await schema.PersonAsync(home);
        var login = before.Person.Login;
        await schema.Users.SetRolesAsync(second, login, [NetworkRoles.Admin], "test", Ct);

        Assert.False(await schema.Users.DisableAsync(second, login, "test", Ct));
        Assert.False(await schema.Users.ChangeAsync(second, login, "Other Name", null, "test", Ct));
        Assert.False(await schema.Users.ResetAsync(second, login, "stolen", "test", Ct));
        Assert.Equal((before.Person, before.Credentials), ((await schema.AgainAsync(login)).Person, (await schema.AgainAsync(login)).Credentials));

        Assert.True(await schema.Users.ChangeAsync(home, login, "Other Name", null, "test", Ct));
        Assert.True(await schema.Users.DisableAsync(home, login, "test", Ct));
        Assert.True(await schema.Users.ResetAsync(home, login, "new", "test", Ct));
        var after = await schema.AgainAsync(login);
        Assert.Equal(("Other Name", "new"), (after.Person.Name, after.Credentials.PasswordHash));
        Assert.False(after.IsOpen);
        Assert.NotEqual(before.Credentials.Stamp, after.Credentials.Stamp);
        Assert.True(await schema.Users.EnableAsync(home, login, "test", Ct));
        Assert.True((await schema.AgainAsync(login)).IsOpen);
    }

    [Fact]
    public async Task One_organisation_cannot_read_or_change_the_people_of_another()
    {
        var (alpha, beta) = (PeopleSchema.Organisation(), PeopleSchema.Organisation());
        var theirs = await schema.PersonAsync(beta);
        await schema.PersonAsync(alpha);
        await using var app = await schema.ActingForAsync(alpha.Value);
        var s = schema.Options.Schema;

        Assert.Equal(["1"], await app.LinesAsync($"select count(*) from {s}.people", Ct));
        Assert.Equal(["1"], await app.LinesAsync($"select count(*) from {s}.memberships", Ct));
        Assert.Equal(["0"], await app.LinesAsync($"select count(*) from {s}.credentials", Ct));
        Assert.Equal(["1"], await app.LinesAsync($"select count(*) from {s}.audit_entries", Ct));
        Assert.Equal(0, await app.RunAsync($"update {s}.people set name = 'x' where id = '{theirs.Person.Id}'", Ct));
        Assert.Equal(0, await app.RunAsync($"update {s}.credentials set password_hash = 'x'", Ct));
        Assert.Equal(0, await app.RunAsync($"update {s}.memberships set roles = '{{admin}}' where person_id = '{theirs.Person.Id}'", Ct));
    }

    [Theory]
    [InlineData("insert into S.people values (gen_random_uuid(), 'beta', 'abc', 'x', null, 'de', 'auto', 'none', true, null, null, null, now(), 'x')")]
    [InlineData("insert into S.memberships values ('beta', gen_random_uuid(), '{admin}', now(), 'x')")]
    [InlineData("insert into S.credentials (person_id, stamp) values (gen_random_uuid(), gen_random_uuid())")]
    [InlineData("insert into S.audit_entries (tenant_id, at, who, what, subject) values ('beta', now(), 'x', 'x', 'x')")]
    [InlineData("update S.people set login = 'x'")]
    [InlineData("update S.people set tenant_id = 'beta'")]
    [InlineData("update S.memberships set person_id = gen_random_uuid()")]
    [InlineData("delete from S.people")]
    [InlineData("delete from S.memberships")]
    [InlineData("delete from S.credentials")]
    [InlineData("delete from S.audit_entries")]
    [InlineData("update S.audit_entries set who = 'somebody else'")]
    [InlineData("truncate S.audit_entries")]
    public async Task What_is_not_allowed_is_an_error(string sql)
    {
        await using var app = await schema.ActingForAsync("alpha");
        var error = await Assert.ThrowsAsync<PostgresException>(() => app.RunAsync(sql.Replace("S.", schema.Options.Schema + ".", StringComparison.Ordinal), Ct));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
    }
}
