using Referrals.Engine.Network.Notifications;
using Referrals.Engine.Network.Users;

namespace Referrals.History.Tests.Users;

/// <summary>Open sessions: whose they are, what ends them, and what is left of them.</summary>
public sealed class SessionStoreTests(PeopleSchema schema) : IClassFixture<PeopleSchema>
{
    private static readonly TimeSpan Idle = TimeSpan.FromHours(8);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private SessionStore Store => new(schema.Database, schema.Clock);

    [Fact]
    public async Task A_person_sees_and_ends_its_own_only_and_the_key_is_kept_nowhere()
    {
        var (one, other) = (await schema.PersonAsync(PeopleSchema.Organisation()), await schema.PersonAsync(PeopleSchema.Organisation()));
        var (mine, theirs) = (await BeginAsync(one), await BeginAsync(other));
        Assert.Equal([PersonSession.IdOf(mine)], (await Store.ListAsync(one.Person.Id, Idle, Ct)).Select(s => s.Id));
        Assert.False(await Store.IsOpenAsync(one.Person.Id, PersonSession.IdOf(theirs), Idle, isUse: true, Ct));
        Assert.False(await Store.EndAsync(one.Person.Id, PersonSession.IdOf(theirs), Ct));
        Assert.True(await Store.IsOpenAsync(other.Person.Id, PersonSession.IdOf(theirs), Idle, isUse: true, Ct));

        await using var app = await schema.ActingForAsync(one.Person.Home.Value);
        Assert.Equal(["0"], await app.LinesAsync($"select count(*) from {schema.Options.Schema}.sessions", Ct));
        await app.LinesAsync($"select set_config('referrals.person', '{one.Person.Id}', false)", Ct);
        var row = Assert.Single(await app.LinesAsync($"select s::text from {schema.Options.Schema}.sessions s", Ct));
        Assert.DoesNotContain(mine, row, StringComparison.Ordinal);
        Assert.True(await Store.EndAsync(one.Person.Id, PersonSession.IdOf(mine), Ct));
        Assert.False(await Store.EndAsync(one.Person.Id, PersonSession.IdOf(mine), Ct));
    }

    [Fact]
    public async Task Being_used_keeps_it_open_and_being_open_only_does_not()
    {
        var person = await schema.PersonAsync(PeopleSchema.Organisation());
        var (used, idle) = (PersonSession.IdOf(await BeginAsync(person)), PersonSession.IdOf(await BeginAsync(person)));
        for (var i = 0; i < 2; i++)
        {
            schema.Clock.Move(TimeSpan.FromHours(5));
            Assert.True(await Store.IsOpenAsync(person.Person.Id, used, Idle, isUse: true, Ct));
            Assert.Equal(i == 0, await Store.IsOpenAsync(person.Person.Id, idle, Idle, isUse: false, Ct));
        }

        Assert.Equal([used], (await Store.ListAsync(person.Person.Id, Idle, Ct)).Select(s => s.Id));
        schema.Clock.Move(TimeSpan.FromHours(3));
        Assert.False(await Store.IsOpenAsync(person.Person.Id, used, Idle, isUse: true, Ct));
    }

    [Fact]
    public async Task A_new_stamp_and_closing_the_account_end_all_of_them_whoever_does_it()
    {
        var home = PeopleSchema.Organisation();
        var person = await schema.PersonAsync(home);
        var others = await BeginAsync(await schema.PersonAsync(home));
        foreach (var act in (Func<Task>[])[
            () => schema.Accounts.SetPasswordAsync(person, "new", Ct), () => schema.Users.ResetAsync(home, person.Person.Login, "newer", "test", Ct),
            () => schema.Users.DisableAsync(home, person.Person.Login, "test", Ct)])
        {
            await BeginAsync(person);
            await BeginAsync(person);
            await act();
            Assert.Empty(await Store.ListAsync(person.Person.Id, Idle, Ct));
        }

        Assert.Equal(1L, await CountAsync(others));
    }

    [Fact]
    public async Task Those_whose_time_is_over_are_removed_by_the_workers()
    {
        var person = await schema.PersonAsync(PeopleSchema.Organisation());
        var (over, open) = (await BeginAsync(person, DateTimeOffset.UtcNow.AddMinutes(-1)), await BeginAsync(person, DateTimeOffset.UtcNow.AddHours(1)));
        await using var queue = new MailQueue(schema.Options);
        await queue.ForgetAsync(DateTimeOffset.UtcNow.AddDays(-180), Ct);
        Assert.Equal((0L, 1L), (await CountAsync(over), await CountAsync(open)));
    }

    private async Task<string> BeginAsync(Account account, DateTimeOffset? ends = null)
    {
        var (key, now) = (PersonSession.NewKey(), schema.Clock.GetUtcNow());
        await Store.BeginAsync(account.Person.Id, new PersonSession(PersonSession.IdOf(key), now, now, "firefox", "linux"), ends ?? now.AddHours(12), Ct);
        return key;
    }

    private async Task<long> CountAsync(string key)
    {
        await using var connection = new Npgsql.NpgsqlConnection(schema.Options.Owner);
        await connection.OpenAsync(Ct);
        await using var command = new Npgsql.NpgsqlCommand($"select count(*) from {schema.Options.Schema}.sessions where id = $1", connection);
        command.Parameters.Add(new() { Value = Convert.FromHexString(PersonSession.IdOf(key)) });
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }
}
