using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;
using Referrals.LocalServers;

namespace Referrals.Workers.Tests;

/// <summary>After an erasure no word of the referral is left in any table, at either side, and its codes are.</summary>
public sealed class ErasureTests(LocalPostgres postgres)
{
    private const string Canary = "Kanarienvogel";
    private const string Reference = "case-77177";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_word_is_left_in_any_table(bool writtenBeforeThereWereKeys)
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        await network.StartWorkersAsync(null, Ct);
        var (holder, partner) = (new Actor("caseworker", network.Own(TestNetwork.Jobcenter)), new Actor("partner", network.Own(TestNetwork.Childcare)));
        var id = await StartAsync(network, holder);
        var assignment = await AskAndAnswerAsync(network, holder, partner, id);
        await network.ExecuteAsync(
            $$"""insert into {0}.api_answers (tenant_id, id, fingerprint, lease_until, keep_until, status, body) values ('{{holder.Tenant}}', gen_random_uuid(), '', now(), now(), 200, convert_to('{{id}} {{Canary}}', 'UTF8'))""", Ct);
        await network.Referrals.DoAsync(holder, id, new ReferralCommand.Close(), null, Ct);
        await KeepForThemselvesAsync(network, holder);
        if (writtenBeforeThereWereKeys)
        {
            await UnsealAsync(network);
        }

        Assert.NotEmpty(await PlainText.FindAsync(network.Options.Owner!, network.Options.Schema, [Canary, Reference], Ct));
        Assert.IsType<ReferralOutcome.Done>(await network.Referrals.DoAsync(holder, id, new ReferralCommand.Erase(ErasureReason.Request), null, Ct));
        await Wait.UntilAsync(
            "the partner erased its words", async () => (await network.Assignments.FindAsync(partner.Organisation, assignment, Ct))!.State.ErasedAt is not null, Ct);

        Assert.Empty(await PlainText.FindAsync(network.Options.Owner!, network.Options.Schema, [Canary, Reference], Ct));
        Assert.Equal(2, await network.CountAsync("select count(*)::int from {0}.saved_views where name in ('an open list', 'another case')", Ct));
        Assert.Equal(1, await network.CountAsync("select count(*)::int from {0}.referral_drafts", Ct));
        Assert.Equal(0, await network.CountAsync("select count(*)::int from {0}.stream_keys k join {0}.mt_streams s on s.id = k.stream_id where k.wrapped is not null", Ct));
        var held = (await network.Referrals.FindAsync(holder.Organisation, id, Ct))!;
        Assert.Equal((SealedAttribute.ErasedText, ReferralStatus.ClosedEarly), (held.State.Start.CaseReference, held.Status));
        Assert.All(held.State.Offers[assignment].Questions.Values, q => Assert.True(q.Text.IsErased && q.Answer!.IsErased));
        Assert.True((await network.Assignments.FindAsync(partner.Organisation, assignment, Ct))!.State.Offer.Note!.IsErased);
        Assert.Equal("referral_erased", (await network.Referrals.HistoryAsync(holder.Organisation, id, Ct))[^1].Type);
    }

    [Fact]
    public async Task Nobody_overwrites_texts_whose_key_was_not_destroyed()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        var holder = new Actor("caseworker", network.Own(TestNetwork.Jobcenter));
        var id = await StartAsync(network, holder);
        await using var tables = new TenantDatabase(network.Options);

        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => tables.RunAsync(
            holder.Organisation, "select @schema.erase_texts($1, $2)", _ => true, Ct, holder.Tenant, id.Value));
        Assert.Equal("42501", refused.SqlState);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => tables.RunAsync(
            network.Own(TestNetwork.Debt), "select @schema.erase_texts($1, $2)", _ => true, Ct, holder.Tenant, id.Value));
    }

    private static Note Passed(string text) => Assert.IsType<ScreenResult.Passed>(NoteScreen.Screen(text)).Note;

    private static async Task<ReferralId> StartAsync(TestNetwork network, Actor holder)
    {
        var id = new ReferralId(Guid.CreateVersion7());
        var outcome = await network.Referrals.StartAsync(
            holder, new ChainId(network.Prefix + TestNetwork.ChainName.Value),
            chain => new ReferralCommand.Start(
                id, holder.Organisation, chain.ContentHash, Reference, new Consent(ConsentForm.Written, new DateOnly(2020, 1, 1), "service-chain"),
                new Dictionary<string, FactValue>(), new Dictionary<NodeId, OrganisationId>(), new Dictionary<NodeId, bool>(), Passed($"Bitte ruhig, {Canary} im Zimmer.")),
            Ct);
        Assert.IsType<ReferralOutcome.Done>(outcome);
        return id;
    }

    private static async Task<AssignmentId> AskAndAnswerAsync(TestNetwork network, Actor holder, Actor partner, ReferralId id)
    {
        var assignment = (await network.Referrals.FindAsync(holder.Organisation, id, Ct))!.State.Offers.Values.Single().Assignment;
        await Wait.UntilAsync("the offer arrived", async () => await network.Assignments.FindAsync(partner.Organisation, assignment, Ct) is not null, Ct);
        var question = new QuestionId(Guid.NewGuid());
        await network.Assignments.DoAsync(partner, assignment, new AssignmentCommand.Ask(question, Passed($"Wie laut ist der {Canary}?")), null, Ct);
        await Wait.UntilAsync(
            "the question arrived", async () => (await network.Referrals.FindAsync(holder.Organisation, id, Ct))!.State.Offers[assignment].Questions.Count == 1, Ct);
        await network.Referrals.DoAsync(holder, id, new ReferralCommand.Answer(question, Passed($"Der {Canary} ist leise.")), null, Ct);
        await Wait.UntilAsync(
            "the answer arrived", async () => (await network.Assignments.FindAsync(partner.Organisation, assignment, Ct))!.State.Questions.Values.Single().Answer is not null, Ct);
        return assignment;
    }

    // Drafts and filters of two colleagues, of this case and others.
    private static Task KeepForThemselvesAsync(TestNetwork network, Actor holder) => network.ExecuteAsync(
        $$"""
        insert into {0}.referral_drafts (tenant_id, login, id, fields, changed_at)
        select '{{holder.Tenant}}', 'colleague', gen_random_uuid(), json_build_object('fallkuerzel', v), now() from unnest(array['{{Reference.ToUpperInvariant()}}', 'case-9']) v;
        insert into {0}.saved_views (tenant_id, login, id, list, name, query, created_at)
        select '{{holder.Tenant}}', 'other', gen_random_uuid(), 'referrals', n, q, now() from (values
          ('looks for it', '?status=alle&suche={{Reference}}'), ('about {{Reference}}', ''), ('another case', '?suche=case-9'), ('an open list', '?status=offen')) as v(n, q)
        """, Ct);

    // As events were before there were keys: every sealed value a plain text, and no key.
    private static async Task UnsealAsync(TestNetwork network)
    {
        foreach (var (field, text) in ((string, string)[])[("caseReference", Reference), ("note", Canary), ("text", Canary)])
        {
            await network.ExecuteAsync(
                $$$"""update {0}.mt_events set data = jsonb_set(data, array['{{{field}}}'], '"{{{text}}}"') where jsonb_typeof(data -> '{{{field}}}') = 'object' and data -> '{{{field}}}' ? 'v'""", Ct);
        }

        await network.ExecuteAsync("delete from {0}.stream_keys", Ct);
    }
}
