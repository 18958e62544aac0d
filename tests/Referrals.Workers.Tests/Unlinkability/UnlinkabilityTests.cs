using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Notifications;
using Referrals.Engine.Privacy;
using Referrals.LocalServers;
using Referrals.LocalServers.Leaks;
using Referrals.Workers.Notifications;
using Referrals.Workers.Tests.Notifications;

namespace Referrals.Workers.Tests.Unlinkability;

/// <summary>
/// Nothing that leaves the sender's tenant tells which referral, case or client it is about, or which assignments belong together.
/// <c>docs/decisions/0018-unlinkability.md</c> says what a partner may know and what remains.
/// </summary>
[Collection(RabbitCollection.Name)]
public sealed class UnlinkabilityTests(LocalPostgres postgres, LocalRabbit rabbit, ITestOutputHelper output)
{
    private const string Setting = "REFERRALS_CANARIES";
    private const int Referrals = 2_000;

    // What the sender says on purpose: the note and the facts that the chain passes on. Everything else must not follow the client.
    private static readonly string[] Told = ["note", "facts"];

    private static readonly IReadOnlyList<Canary> Canaries =
    [
        Canary.OfBytes("referral id", CanaryPlay.OfReferrals), Canary.OfBytes("trace", CanaryPlay.OfTraces), Canary.OfText("case reference", CanaryPlay.CaseReference),
        Canary.OfText("caseworker", CanaryPlay.Caseworker), Canary.OfText("day of the consent", CanaryPlay.ConsentDay),
        Canary.OfText("fact that is not passed on", CanaryPlay.Arrears.ToString(CultureInfo.InvariantCulture)),
    ];

    private static readonly string[] Channels = ["body", "properties", "log", "metrics", "activity", "mail", "table mt_events", "table list_rows", "table notifications"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_that_leaves_the_senders_tenant_tells_which_assignments_belong_together()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable(Setting), CultureInfo.InvariantCulture, out var asked) ? asked : Referrals;
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        await network.AddOrganisationsAsync([CanaryPlay.Second], Ct);
        IReadOnlyList<OrganisationId> all = [.. new[] { TestNetwork.Jobcenter, TestNetwork.Childcare, TestNetwork.Debt, TestNetwork.Coordinator, CanaryPlay.Second }.Select(network.Own)];
        await using var outside = await Outside.OfAsync(network, rabbit, all, Ct);
        var host = await StartAsync(network, outside);
        var play = new CanaryPlay(network, count);
        await play.AgreeAsync(Ct);
        var began = Stopwatch.StartNew();

        await play.RunAsync(Ct);

        output.WriteLine($"{count} referrals in {began.Elapsed.TotalSeconds:0} s: {string.Join(", ", play.Happened.Select(h => $"{h.Value} {h.Key}"))}");
        foreach (var needed in new[] { "step_declined", "step_answered", "step_rerouted", "referral_reopened", "offer_withdrawn", "referral_closed", "step_completed", "handover_issued", "handover_redeemed" })
        {
            Assert.True(play.Happened.ContainsKey(needed), $"nothing tested {needed}");
        }

        await NoCanaryAsync(network, outside, host, play.Codes);
        await NothingLinksAsync(network, outside, play);
        output.WriteLine($"looked through after {began.Elapsed.TotalSeconds:0} s");
    }

    private async Task<WebApplication> StartAsync(TestNetwork network, Outside outside)
    {
        network.Configure = builder =>
        {
            builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Information).AddFilter(null, LogLevel.Information);
            builder.Logging.AddProvider(outside);
        };
        var host = await network.StartWorkersAsync(rabbit.Uri, Ct, "--Logging:LogLevel:Default", "Information", "--Referrals:Workers:ReceiptWithin", "00:00:30");
        await host.AddAsync(network.Own(TestNetwork.Childcare), $"{network.Prefix}partner", NetworkRoles.Partner);
        return host;
    }

    private async Task NoCanaryAsync(TestNetwork network, Outside outside, WebApplication host, IEnumerable<HandoverCode> codes)
    {
        var texts = await TextsAsync(network, outside, host).ToListAsync(Ct);
        var (search, seen) = (new LeakSearch([.. Canaries, .. codes.SelectMany(c => new[] { Canary.OfText("code of a slip", c.ToString()), Canary.OfText("code of a slip", c.Plain) })]), new LeakSearch([.. ControlWords(network).Select(w => Canary.OfText("control", w))]));
        foreach (var (channel, text) in texts)
        {
            search.Search(channel, text);
            if (seen.Leaks.All(l => l.Channel != channel))
            {
                seen.Search(channel, text);
            }
        }

        output.WriteLine($"{outside.Messages.Count} messages, {outside.Lines.Count} lines, {outside.Activities.Count} activities, {outside.Tags.Count} measures; {search.Characters / 1e6:0} million characters");
        Assert.True(search.Leaks.Count == 0, string.Join('\n', search.Leaks.Take(20).Select(l => $"{l.Canary} in {l.Channel}: {l.Context}")));

        // What is known to be there was seen, so each of them was really looked through.
        Assert.Empty(Channels.Except(seen.Leaks.Select(l => l.Channel)));
    }

    private static string[] ControlWords(TestNetwork network) => [network.Own(TestNetwork.Childcare).Value, "Kinderbetreuung", nameof(Engine.Network.Contracts.OfferV1)];

    private static async IAsyncEnumerable<(string Channel, string Text)> TextsAsync(TestNetwork network, Outside outside, WebApplication host)
    {
        var told = outside.Messages.SelectMany(m => new[] { ("properties", m.Properties), ("body", m.Body) })
            .Concat(outside.Lines.Select(l => ("log", l)))
            .Concat(outside.Tags.Keys.Select(t => ("metrics", t)))
            .Concat(outside.Activities.Where(a => !IsSenders(a)).Select(a => ("activity", Text(a))))
            .Concat((await MailsAsync(network, host)).Select(m => ("mail", m)));
        foreach (var one in told)
        {
            yield return one;
        }

        await foreach (var (table, row) in outside.RowsAsync(network.Own(TestNetwork.Jobcenter), Ct))
        {
            yield return ($"table {table}", row);
        }
    }

    // The sender's own work goes on in the trace of its people: taking the event up, until the message is handed to the broker.
    private static bool IsSenders(Activity activity) => activity is { Source.Name: "Referrals.Workers", OperationName: "relay" or "resend" };

    private static string Text(Activity activity) =>
        $"{activity.OperationName} {activity.DisplayName} {activity.TraceId} {activity.ParentId} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Baggage)} "
        + $"{string.Join(' ', activity.Events.Select(e => $"{e.Name} {string.Join(' ', e.Tags)}"))} {string.Join(' ', activity.Links.Select(l => l.Context.TraceId))}";

    private static async Task<List<string>> MailsAsync(TestNetwork network, WebApplication host)
    {
        var partner = network.Own(TestNetwork.Childcare);
        var told = await host.ToldAsync(partner, $"{network.Prefix}partner");
        var person = (await host.Services.GetRequiredService<Engine.Network.Users.UserStore>().FindAsync(partner, $"{network.Prefix}partner", Ct))!.Person;
        var composer = new MailComposer(new MailSettings { Host = "localhost", From = "noreply@kettenwerk.example", BaseUrl = new Uri("http://localhost:5080/") }, TimeProvider.System);
        return [.. told.Chunk(3).Select(some => composer.Compose(new DueMail(Guid.NewGuid(), partner, person.Login, 1), person, some).ToString())];
    }

    private async Task NothingLinksAsync(TestNetwork network, Outside outside, CanaryPlay play)
    {
        var (links, sender) = (new LinkSearch(), network.Own(TestNetwork.Jobcenter));
        foreach (var (to, properties, body) in outside.Messages.Where(m => m.To != sender))
        {
            Take(links, properties, body);
        }

        foreach (var (assignment, field, json) in await outside.AssignmentsAsync(Ct))
        {
            links.AddJson(assignment, field, json, timesToo: false);
        }

        var found = links.Links(play.ClientOf);
        output.WriteLine($"{links.Fields.Count} fields of {play.ClientOf.Count} assignments; these follow the client: {string.Join(", ", found)}");
        Assert.Contains("OfferV1.assignment", links.Fields);
        Assert.Contains("assignment_received.headers.traceparent", links.Fields);

        // The note goes to every partner on purpose: that it is found shows that the search would find others.
        Assert.Contains(found, l => l.Field == "OfferV1.note");
        Assert.DoesNotContain(found, l => !l.Field.Split('.', '[').Any(Told.Contains));
        Assert.Empty(links.FineTimes);
    }

    private static void Take(LinkSearch links, string properties, string body)
    {
        using var envelope = JsonDocument.Parse(body);
        var message = envelope.RootElement.GetProperty("message");
        if (!message.TryGetProperty("assignment", out var id))
        {
            return;
        }

        var (assignment, type) = (id.GetGuid(), envelope.RootElement.GetProperty("messageType")[0].GetString()!.Split(':')[^1]);
        links.AddJson(assignment, type, message.GetRawText(), timesToo: true);
        foreach (var around in envelope.RootElement.EnumerateObject().Where(p => p.Name != "message"))
        {
            links.AddJson(assignment, $"{type} envelope.{around.Name}", around.Value.GetRawText(), timesToo: true);
        }

        var lines = properties.Split('\n');
        for (var n = 0; n < lines.Length; n++)
        {
            links.Add(assignment, $"{type} properties{(n == 0 ? "" : $".{lines[n].Split(':')[0]}")}", lines[n], timesToo: true);
        }
    }
}
