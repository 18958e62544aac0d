using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Tests.Cards;

/// <summary>A referral whose first step a partner with a key has accepted; both are organisations of their own.</summary>
internal sealed class CardStory(ApiHost api, OrganisationId holder, OrganisationId partner, Guid referral, string number, AssignmentId assignment)
{
    private int _told = 2;

    public OrganisationId Holder { get; } = holder;

    public OrganisationId Partner { get; } = partner;

    public AssignmentId Assignment { get; } = assignment;

    /// <summary>The referral's number, for its page.</summary>
    public string Number { get; } = number;

    public HttpClient Sender { get; } = api.ClientOf(holder);

    public HttpClient Receiver { get; } = api.ClientOf(partner);

    public string ReferralPath => $"/api/v1/referrals/{referral}";

    public string AssignmentPath => $"/api/v1/assignments/{Assignment}";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private AssignmentService Assignments => api.Services.GetRequiredService<AssignmentService>();

    public static async Task<CardStory> AcceptedAsync(ApiHost api, bool withKey = true)
    {
        var (holder, partner) = (await api.RegisteredAsync(), await api.RegisteredAsync());
        var chain = TestChain.Make($"chain-of-{partner}", carers: partner.Value);
        await api.PutInForceAsync(chain);
        var body = ReferralTests.Body().Replace("care-and-advice", chain.Id.Value, StringComparison.Ordinal);
        var started = (await api.ClientOf(holder).Post("/api/v1/referrals", body)).Is(HttpStatusCode.Created);
        var id = started.Json.GetProperty("id").GetGuid();
        var assignment = new AssignmentId(started.Json.GetProperty("steps")[0].GetProperty("offers")[0].GetProperty("assignment").GetGuid());
        var story = new CardStory(api, holder, partner, id, started.Text("number"), assignment);
        await story.ArriveAsync(new AssignmentCommand.Receive(
            assignment, holder, partner, chain.Id, 1, TestChain.Care, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(3), new Dictionary<string, FactValue>()));
        await story.DoAsync(new AssignmentCommand.Accept());
        await api.HearAsync(holder, assignment, 1, new PartnerSaid.Received());
        await api.HearAsync(holder, assignment, 2, new PartnerSaid.Accepted());
        if (withKey)
        {
            await story.PublishAsync();
        }

        return story;
    }

    /// <summary>A new public key.</summary>
    public static string NewKey()
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>What has the form of a sealed card.</summary>
    public static string Ciphertext() => Convert.ToBase64String([1, .. RandomNumberGenerator.GetBytes(1117)]);

    /// <summary>The partner publishes a key; its fingerprint.</summary>
    public async Task<string> PublishAsync(string? key = null)
    {
        var made = key ?? NewKey();
        (await Receiver.Post($"/api/v1/organisations/{Partner}/card-keys", $$"""{"publicKey":"{{made}}"}""")).Ok();

        // Pages may be some seconds behind.
        api.Services.GetRequiredService<Referrals.Api.Ui.NetworkNames>().Forget();
        return SealedCard.PrintOf(made)!;
    }

    /// <summary>The fingerprint of the partner's current key.</summary>
    public async Task<string> KeyAsync() => (await Sender.Get($"/api/v1/organisations/{Partner}/card-keys")).Ok().Json.GetProperty("keys").EnumerateArray()
        .Single(k => k.GetProperty("current").GetBoolean()).GetProperty("id").GetString()!;

    /// <summary>The body that seals a card.</summary>
    public string Seal(int issue, string key, string ciphertext, DateTimeOffset? until = null) =>
        $$"""{"assignment":"{{Assignment}}","issue":{{issue}},"key":"{{key}}","until":"{{SealedCard.Moment(until ?? IssuedCard.UntilFrom(DateTimeOffset.UtcNow))}}","sealed":"{{ciphertext}}"}""";

    /// <summary>A card is sealed and its message arrives; the ciphertext.</summary>
    public async Task<string> SealedAsync(int issue = 1)
    {
        var (key, ciphertext) = (await KeyAsync(), Ciphertext());
        (await Sender.Post($"{ReferralPath}/card", Seal(issue, key, ciphertext))).Ok();
        await ArriveAsync(new AssignmentCommand.ReceiveCard(issue, key, IssuedCard.UntilFrom(DateTimeOffset.UtcNow)));
        return ciphertext;
    }

    /// <summary>A message of the sender arrives.</summary>
    public async Task ArriveAsync(AssignmentCommand command) =>
        Assert.IsType<AssignmentOutcome.Done>(await Assignments.HearAsync(new Actor("exchange", Partner), Assignment, command, Guid.NewGuid(), Ct));

    /// <summary>Somebody at the partner does something.</summary>
    public async Task DoAsync(AssignmentCommand command) => Assert.IsType<AssignmentOutcome.Done>(await Assignments.DoAsync(new Actor("kern", Partner), Assignment, command, null, Ct));

    /// <summary>The partner's next message reaches the sender.</summary>
    public Task TellAsync(PartnerSaid said) => api.HearAsync(Holder, Assignment, ++_told, said);

    /// <summary>The number by which the partner's people speak of it.</summary>
    public async Task<string> AtPartnerAsync() => (await Assignments.NumberAsync(Partner, Assignment, Ct)).ToString()!;

    /// <summary>How many ciphertexts of the assignment lie in the database.</summary>
    public async Task<long> KeptAsync() => (long)(await api.QueryAsync("select count(*) from referrals.contact_cards where assignment_id = $1", Assignment.Value))!;
}
