using Npgsql;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Network.Audit;
using Referrals.LocalServers;

namespace Referrals.History.Tests.Audit;

/// <summary>The log can't be changed unnoticed: not by the application at all, and by who owns the database not without breaking the chain or an anchor.</summary>
public sealed class AuditChainTests(AuditSchema schema, LocalPostgres server) : IClassFixture<AuditSchema>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_writers_in_two_processes_make_one_chain_for_each_organisation()
    {
        const int writers = 8, each = 40;
        OrganisationId[] organisations = [AuditSchema.Organisation(), AuditSchema.Organisation()];

        await Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
            {
                await schema.Looks[w % 2].WriteAsync(AuditSchema.Look(organisations[i % 2], who: $"writer-{w}"), Ct);
            }
        })));

        foreach (var organisation in organisations)
        {
            var verdict = await schema.VerifyAsync(organisation);
            Assert.Null(verdict.Fault);
            Assert.Equal(writers * each / 2, verdict.Count);
        }
    }

    [Fact]
    public async Task An_entry_that_was_rolled_back_leaves_no_gap()
    {
        var organisation = await schema.WithEntriesAsync(2);
        await using (var app = await schema.AppAsync(organisation))
        {
            await app.RunAsync($"begin; {Insert(organisation, "kim")}; rollback", Ct);
            await app.RunAsync(Insert(organisation, "robin"), Ct);
        }

        Assert.Equal((3, null), (await schema.VerifyAsync(organisation)) is var v ? (v.Count, v.Fault) : default);
    }

    [Theory]
    [InlineData("update S.audit_entries set who = 'x'")]
    [InlineData("update S.audit_entries set who = who where false")]
    [InlineData("delete from S.audit_entries")]
    [InlineData("truncate S.audit_entries")]
    [InlineData("update S.audit_heads set count = 0")]
    [InlineData("insert into S.audit_heads values ('ORGANISATION', 1, '')")]
    [InlineData("delete from S.audit_heads")]
    [InlineData("insert into S.audit_entries (tenant_id, at, who, what, subject, chain_no) values ('ORGANISATION', now(), 'x', 'referral', '-', 7)")]
    [InlineData("insert into S.audit_entries (tenant_id, at, who, what, subject, hash) values ('ORGANISATION', now(), 'x', 'referral', '-', '')")]
    [InlineData("insert into S.audit_entries (tenant_id, at, who, what, subject) values ('another', now(), 'x', 'referral', '-')")]
    [InlineData("alter table S.audit_entries disable trigger all")]
    [InlineData("set session_replication_role = replica")]
    [InlineData("select S.chain_audit_entry()")]
    public async Task The_application_can_only_add(string sql)
    {
        var organisation = await schema.WithEntriesAsync(2);
        await using var app = await schema.AppAsync(organisation);
        var error = await Assert.ThrowsAsync<PostgresException>(() => app.RunAsync(
            sql.Replace("S.", schema.Options.Schema + ".", StringComparison.Ordinal).Replace("ORGANISATION", organisation.Value, StringComparison.Ordinal), Ct));
        Assert.Contains(error.SqlState, (string[])[PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.FeatureNotSupported]);
        Assert.Null((await schema.VerifyAsync(organisation)).Fault);
    }

    [Theory]
    [InlineData("update S.audit_entries set who = 'x'")]
    [InlineData("delete from S.audit_entries")]
    [InlineData("truncate S.audit_entries")]
    [InlineData("delete from S.audit_heads")]
    public async Task Not_even_the_owner_changes_entries_in_passing(string sql)
    {
        await schema.WithEntriesAsync(1);
        var error = await Assert.ThrowsAsync<PostgresException>(() => schema.Superuser.RunAsync(sql.Replace("S.", schema.Options.Schema + ".", StringComparison.Ordinal), Ct));
        Assert.Equal("entries of the log are only ever added", error.MessageText);
    }

    [Theory]
    [InlineData("who = 'somebody-else'", AuditFault.Changed)]
    [InlineData("at = at + interval '1 microsecond'", AuditFault.Changed)]
    [InlineData("subject = '-'", AuditFault.Changed)]
    [InlineData("what = 'assignment'", AuditFault.Changed)]
    [InlineData("kind = 'deed'", AuditFault.Changed)]
    [InlineData("details = details || '{\"outcome\": \"forbidden\"}'", AuditFault.Changed)]
    [InlineData("details = details - 'purpose'", AuditFault.Changed)]
    [InlineData("details = '[]'", AuditFault.Changed)]
    [InlineData("details = details || '{\"more\": null}'", AuditFault.Changed)]
    [InlineData("hash = sha256('x')", AuditFault.Changed)]
    [InlineData("chain_no = 70", AuditFault.Missing)]
    public async Task What_was_changed_is_found_at_its_entry(string set, string code)
    {
        var organisation = await schema.WithEntriesAsync(8);
        await schema.TamperAsync($"update S.audit_entries set {set} where tenant_id = '{organisation}' and chain_no = 5");
        Assert.Equal(new AuditFault(code, 5), (await schema.VerifyAsync(organisation)).Fault);
    }

    [Fact]
    public async Task An_entry_taken_out_of_the_middle_or_moved_to_another_organisation_is_missed()
    {
        var (one, two) = (await schema.WithEntriesAsync(6), await schema.WithEntriesAsync(2));
        await schema.TamperAsync($"update S.audit_entries set tenant_id = '{two}', chain_no = 3 where tenant_id = '{one}' and chain_no = 4");
        Assert.Equal(new AuditFault(AuditFault.Missing, 4), (await schema.VerifyAsync(one)).Fault);
        Assert.Equal(new AuditFault(AuditFault.Changed, 3), (await schema.VerifyAsync(two)).Fault);
    }

    [Fact]
    public async Task A_tail_that_was_cut_off_is_missed_by_the_head_and_when_that_was_mended_by_an_anchor()
    {
        var organisation = await schema.WithEntriesAsync(6);
        var anchor = (await schema.VerifyAsync(organisation)).Anchor;
        await schema.TamperAsync($"delete from S.audit_entries where tenant_id = '{organisation}' and chain_no > 4");
        Assert.Equal(new AuditFault(AuditFault.EndMissing, 5), (await schema.VerifyAsync(organisation)).Fault);

        await schema.TamperAsync(
            $"update S.audit_heads h set count = 4, hash = e.hash from S.audit_entries e where h.tenant_id = '{organisation}' and e.tenant_id = h.tenant_id and e.chain_no = 4");
        Assert.Null((await schema.VerifyAsync(organisation)).Fault);
        Assert.Equal(new AuditFault(AuditFault.EndMissing, 5), (await schema.VerifyAsync(organisation, anchor)).Fault);

        await schema.TamperAsync($"delete from S.audit_entries where tenant_id = '{organisation}'; delete from S.audit_heads where tenant_id = '{organisation}'");
        Assert.Equal(new AuditFault(AuditFault.EndMissing, 1), (await schema.VerifyAsync(organisation, anchor)).Fault);
    }

    [Fact]
    public async Task A_chain_that_was_written_anew_fits_in_itself_but_not_with_an_anchor()
    {
        var organisation = await schema.WithEntriesAsync(5);
        var anchor = (await schema.VerifyAsync(organisation)).Anchor;
        await schema.WithEntriesAsync(1);
        await schema.TamperAsync(
            $"""
            do $$ declare e S.audit_entries; h bytea := ''; begin
              for e in select * from S.audit_entries where tenant_id = '{organisation}' order by chain_no loop
                if e.chain_no = 2 then e.who := 'nobody'; end if;
                h := S.audit_hash(e, h);
                update S.audit_entries set who = e.who, hash = h where tenant_id = e.tenant_id and id = e.id;
              end loop;
              update S.audit_heads set hash = h where tenant_id = '{organisation}';
            end $$
            """);
        Assert.Null((await schema.VerifyAsync(organisation)).Fault);
        Assert.Equal(new AuditFault(AuditFault.OtherChain, 5), (await schema.VerifyAsync(organisation, anchor)).Fault);
    }

    [Fact]
    public async Task An_anchor_fits_as_long_as_the_chain_goes_on()
    {
        var organisation = await schema.WithEntriesAsync(4);
        var early = (await schema.VerifyAsync(organisation)).Anchor;
        await schema.Looks[0].WriteAsync(AuditSchema.Look(organisation), Ct);
        var verdict = await schema.VerifyAsync(organisation, early, AuditAnchor.Read(early.ToString())!);
        Assert.Equal((5, null), (verdict.Count, verdict.Fault));
    }

    [Fact]
    public async Task What_was_written_before_there_were_chains_is_chained_by_an_owner_without_special_rights()
    {
        var name = $"keeper{Guid.NewGuid():n}"[..20];
        var database = await server.CreateDatabaseAsync(name, Ct);
        await using var superuser = await Sql.OpenAsync(database, Ct);
        await superuser.RunAsync($"create role {name} login createrole password 'k'; grant create on database {name} to {name}; grant {name} to current_user", Ct);
        var options = PostgresOptions.FromOwner(new NpgsqlConnectionStringBuilder(database) { Username = name, Password = "k" }.ConnectionString, name);
        await new SchemaMigrator(options, [.. SqlScript.Embedded().Where(s => string.CompareOrdinal(s.Name, "190") < 0)]).ApplyAsync(Ct);
        await superuser.RunAsync(
            $$"""
            insert into {{name}}.audit_entries (tenant_id, at, who, what, subject, details)
            select 'office-' || i % 2, now() + i * interval '1 second', 'kim', 'user-reset', 'p' || i, '{"roles": "partner,admin", "by": "kim"}' from generate_series(1, 9) i
            """, Ct);

        await new SchemaMigrator(options).ApplyAsync(Ct);

        await using var tables = new TenantDatabase(options);
        await new AuditStore(tables, TimeProvider.System).WriteAsync(new AuditEntry(new OrganisationId("office-1"), "kim", AuditCodes.UserReset, "p10"), Ct);
        await new LookStore(tables, TimeProvider.System).WriteAsync(AuditSchema.Look(new OrganisationId("office-2")), Ct);
        var verdicts = new List<AuditVerdict>();
        await foreach (var verdict in new AuditVerifier(options).VerifyAsync(null, [], Ct))
        {
            verdicts.Add(verdict);
        }

        Assert.Equal([("office-0", 4, null), ("office-1", 6, null), ("office-2", 1, null)], verdicts.Select(v => (v.Organisation.Value, v.Count, v.Fault)));
    }

    private string Insert(OrganisationId organisation, string who) =>
        $"insert into {schema.Options.Schema}.audit_entries (tenant_id, at, who, what, subject) values ('{organisation}', now(), '{who}', 'user-reset', 'p')";
}
