using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine.Assignments;
using Referrals.Engine.Network;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Tests.Cards;

/// <summary>Sealed contact cards, by the API.</summary>
public sealed class CardTests(ApiHost api)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Issue(int issue) => $$"""{"issue":{{issue}}}""";

    [Fact]
    public async Task A_card_is_carried_unread_fetched_and_deleted_with_its_opening()
    {
        var story = await CardStory.AcceptedAsync(api);
        var ciphertext = await story.SealedAsync();
        Assert.Equal(1, await story.KeptAsync());
        var fetched = (await story.Receiver.Post($"{story.AssignmentPath}/card-fetch", "{}")).Ok();
        Assert.Equal((ciphertext, story.Assignment.ToString()), (fetched.Text("sealed"), fetched.Text("assignment")));
        Assert.Equal(1, await story.KeptAsync());
        var opened = (await story.Receiver.Post($"{story.AssignmentPath}/card-opening", Issue(1))).Ok();
        Assert.True(opened.Json.GetProperty("card").TryGetProperty("openedAt", out _));
        Assert.Equal(0, await story.KeptAsync());
        (await story.Receiver.Post($"{story.AssignmentPath}/card-opening", Issue(1))).Ok();
        (await story.Receiver.Post($"{story.AssignmentPath}/card-fetch", "{}")).Refused(HttpStatusCode.Conflict, "card-opened");
        await story.TellAsync(new PartnerSaid.CardOpened(1));
        Assert.Equal("opened", (await story.Sender.Get(story.ReferralPath)).Ok().Json.GetProperty("steps")[0].GetProperty("offers")[0].GetProperty("card").GetProperty("status").GetString());
        (await story.Sender.Post($"{story.ReferralPath}/card-withdrawal", $$"""{"assignment":"{{story.Assignment}}"}""")).Refused(HttpStatusCode.Conflict, "card-opened");
    }

    [Fact]
    public async Task The_ciphertext_stands_in_no_event_and_is_not_seen_by_a_third_organisation()
    {
        var story = await CardStory.AcceptedAsync(api);
        var ciphertext = await story.SealedAsync();
        var inEvents = (long)(await api.QueryAsync("select count(*) from referrals.mt_events where data::text like '%' || $1 || '%'", ciphertext[..60]))!;
        Assert.Equal(0, inEvents);
        var store = api.Services.GetRequiredService<CardStore>();
        Assert.Equal(ciphertext, await store.FindAsync(story.Holder, story.Assignment, 1, Ct));
        Assert.Equal(ciphertext, await store.FindAsync(story.Partner, story.Assignment, 1, Ct));
        Assert.Null(await store.FindAsync(api.Organisation("stranger"), story.Assignment, 1, Ct));
        (await api.ClientOf(api.Organisation("stranger")).Post($"{story.AssignmentPath}/card-fetch", "{}")).Refused(HttpStatusCode.NotFound, "assignment-not-found");
        await store.DropOfKeyAsync(api.Organisation("stranger"), await story.KeyAsync(), Ct);
        Assert.Equal(1, await story.KeptAsync());
    }

    [Fact]
    public async Task Only_what_fits_is_taken()
    {
        var story = await CardStory.AcceptedAsync(api);
        var (key, path) = (await story.KeyAsync(), $"{story.ReferralPath}/card");
        (await story.Sender.Post(path, story.Seal(1, key, "RXJpa2EgTXVzdGVybWFubg=="))).Refused(HttpStatusCode.UnprocessableEntity, "card-invalid");
        (await story.Sender.Post(path, story.Seal(1, "k0123456789abcdef0123456789abcdef", CardStory.Ciphertext()))).Refused(HttpStatusCode.Conflict, "card-key-outdated");
        (await story.Sender.Post(path, story.Seal(2, key, CardStory.Ciphertext()))).Refused(HttpStatusCode.Conflict, "card-outdated");
        (await story.Sender.Post(path, story.Seal(1, key, CardStory.Ciphertext(), DateTimeOffset.UtcNow.AddDays(60)))).Refused(HttpStatusCode.Conflict, "card-outdated");
        (await story.Sender.Post($"{story.ReferralPath}/card-withdrawal", $$"""{"assignment":"{{story.Assignment}}"}""")).Refused(HttpStatusCode.Conflict, "card-not-sealed");
        (await story.Receiver.Post($"{story.AssignmentPath}/card-fetch", "{}")).Refused(HttpStatusCode.Conflict, "card-none");
        Assert.Equal(0, await story.KeptAsync());
    }

    [Fact]
    public async Task What_can_not_be_opened_stays_until_it_is_given_back()
    {
        var story = await CardStory.AcceptedAsync(api);
        await story.SealedAsync();
        for (var i = 0; i < SealedCard.MaxFetches; i++)
        {
            (await story.Receiver.Post($"{story.AssignmentPath}/card-fetch", "{}")).Ok();
        }

        (await story.Receiver.Post($"{story.AssignmentPath}/card-fetch", "{}")).Refused(HttpStatusCode.Conflict, "card-fetched-too-often");
        Assert.Equal(1, await story.KeptAsync());
        (await story.Receiver.Post($"{story.AssignmentPath}/card-return", Issue(1))).Ok();
        Assert.Equal(0, await story.KeptAsync());
        await story.TellAsync(new PartnerSaid.CardReturned(1));
        await story.SealedAsync(issue: 2);
        Assert.Equal(1, await story.KeptAsync());
    }

    [Fact]
    public async Task A_withdrawal_of_card_or_consent_deletes_it_at_once()
    {
        var taken = await CardStory.AcceptedAsync(api);
        await taken.SealedAsync();
        (await taken.Sender.Post($"{taken.ReferralPath}/card-withdrawal", $$"""{"assignment":"{{taken.Assignment}}"}""")).Ok();
        Assert.Equal(0, await taken.KeptAsync());
        (await taken.Receiver.Post($"{taken.AssignmentPath}/card-fetch", "{}")).Refused(HttpStatusCode.Conflict, "card-expired");
        var ended = await CardStory.AcceptedAsync(api);
        await ended.SealedAsync();
        (await ended.Sender.Post($"{ended.ReferralPath}/consent-withdrawal", "{}")).Ok();
        Assert.Equal(0, await ended.KeptAsync());
        var done = await CardStory.AcceptedAsync(api);
        await done.SealedAsync();
        await done.DoAsync(new AssignmentCommand.Complete("helped", new Dictionary<string, Engine.Chains.FactValue>()));
        Assert.Equal(0, await done.KeptAsync());
    }

    [Fact]
    public async Task After_a_change_of_keys_the_old_card_still_opens_and_a_revoked_key_deletes_it()
    {
        var story = await CardStory.AcceptedAsync(api);
        var old = await story.KeyAsync();
        var ciphertext = await story.SealedAsync();
        var fresh = await story.PublishAsync();
        Assert.Equal(fresh, await story.KeyAsync());
        (await story.Sender.Post($"{story.ReferralPath}/card", story.Seal(2, old, CardStory.Ciphertext()))).Refused(HttpStatusCode.Conflict, "card-key-outdated");
        Assert.Equal(ciphertext, (await story.Receiver.Post($"{story.AssignmentPath}/card-fetch", "{}")).Ok().Text("sealed"));
        (await story.Receiver.Post($"/api/v1/organisations/{story.Partner}/card-keys/{old}/revocation", "{}")).Ok();
        Assert.Equal(0, await story.KeptAsync());
        (await story.Receiver.Post($"{story.AssignmentPath}/card-fetch", "{}")).Refused(HttpStatusCode.Conflict, "card-expired");
        (await story.Receiver.Post($"/api/v1/organisations/{story.Partner}/card-keys/k0/revocation", "{}")).Refused(HttpStatusCode.NotFound, "card-key-not-found");
        await story.SealedAsync(issue: 2);
    }
}
