using System.Globalization;
using System.Resources;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MimeKit;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Notifications;
using Referrals.Engine.Network.Users;
using Referrals.LocalServers;
using Referrals.Workers.Notifications;

namespace Referrals.Workers.Tests.Notifications;

/// <summary>Mails over a real mail server of the test's own.</summary>
public sealed class MailTests(LocalPostgres postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_names_number_and_step_carries_a_link_and_tells_nothing_else()
    {
        await using var smtp = await StartAsync();
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        var host = await network.StartWorkersAsync(null, Ct, Settings(smtp, "--Mail:User", "kettenwerk", "--Mail:Password", "for tests only"));
        var childcare = network.Own(TestNetwork.Childcare);
        await host.AddAsync(childcare, "partner.one", NetworkRoles.Partner);
        await host.AddAsync(childcare, "partner.two", NetworkRoles.Partner, locale: "en");
        await host.AddAsync(childcare, "partner.off", NetworkRoles.Partner, mail: Preferences.None);
        await network.StartReferralAsync(Ct);

        await Wait.UntilAsync("two mails are taken", () => Task.FromResult(smtp.Taken.Count == 2), Ct);
        Assert.All(smtp.Taken, m => Assert.Equal("kettenwerk", m.User));
        var german = Message(smtp.Taken.Single(m => m.To is ["partner.one@example.org"]));
        var told = (await host.ToldAsync(childcare, "partner.one"))[0];
        Assert.Equal($"Neuer Auftrag: A-{told.Number}, {told.Step!.De}", german.Subject);
        Assert.Contains($"http://localhost:5080/benachrichtigungen/{told.Id}", german.TextBody, StringComparison.Ordinal);
        Assert.Contains($"http://localhost:5080/benachrichtigungen/{told.Id}", german.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("auto-generated", german.Headers["Auto-Submitted"]);
        Assert.StartsWith("New assignment: A-", Message(smtp.Taken.Single(m => m.To is ["partner.two@example.org"])).Subject, StringComparison.Ordinal);
        foreach (var text in smtp.Taken.Select(Message).SelectMany(m => new[] { m.Subject, m.TextBody, m.HtmlBody }))
        {
            Assert.DoesNotContain("jobcenter", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("case-1", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Arbeit mit Kind", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Work with a child", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Beispiel", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_happens_within_a_short_time_is_one_mail_and_what_was_read_is_left_out()
    {
        await using var smtp = await StartAsync();
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        var host = await network.StartWorkersAsync(null, Ct, Settings(smtp));
        var office = network.Own(TestNetwork.Childcare);
        await host.AddAsync(office, "partner.one", NetworkRoles.Partner);
        var store = host.Services.GetRequiredService<NotificationStore>();
        var due = DateTimeOffset.UtcNow.AddSeconds(2);
        await store.PutAsync(office, [.. Enumerable.Range(1, 3).Select(n => New("partner.one", n, due))], Ct);
        var first = (await host.ToldAsync(office, "partner.one"))[0];
        Assert.NotNull(await store.ReadAsync(office, "partner.one", first.Id, Ct));

        await Wait.UntilAsync("a mail is taken", () => Task.FromResult(smtp.Taken.Count > 0), Ct);
        var message = Message(Assert.Single(smtp.Taken));
        Assert.Equal("2 Benachrichtigungen", message.Subject);
        Assert.DoesNotContain("2026-0001", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("Neuer Auftrag: A-2026-0003, Betreuung", message.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_refused_for_good_is_given_up_visibly_and_one_refused_for_now_is_tried_so_often()
    {
        await using var smtp = await StartAsync();
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        var host = await network.StartWorkersAsync(null, Ct, Settings(smtp, "--Mail:Tries", "3", "--Mail:RetrySeconds", "0.1"));
        var office = network.Own(TestNetwork.Childcare);
        await host.AddAsync(office, "partner.one", NetworkRoles.Partner, email: "refused@example.org");
        await host.AddAsync(office, "partner.two", NetworkRoles.Partner, email: "busy@example.org");
        await host.AddAsync(office, "partner.three", NetworkRoles.Partner);
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(host));
        var now = DateTimeOffset.UtcNow;
        await host.Services.GetRequiredService<NotificationStore>().PutAsync(office, [New("partner.one", 1, now), New("partner.two", 2, now), New("partner.three", 3, now)], Ct);

        var queue = host.Services.GetRequiredService<MailQueue>();
        await Wait.UntilAsync("two are given up", async () => await queue.StateAsync(DateTimeOffset.UtcNow, Ct) is { Failed: 2, Waiting: 0 }, Ct);
        Assert.Equal(["partner.three@example.org"], Assert.Single(smtp.Taken).To);
        Assert.Equal(HealthStatus.Degraded, await HealthAsync(host));
    }

    [Fact]
    public async Task While_the_server_is_away_mails_wait_and_go_out_once_afterwards()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        int port;
        await using (var gone = await StartAsync())
        {
            port = gone.Port;
        }

        var host = await network.StartWorkersAsync(null, Ct, [.. Settings(port), "--Mail:RetrySeconds", "0.1"]);
        var office = network.Own(TestNetwork.Childcare);
        await host.AddAsync(office, "partner.one", NetworkRoles.Partner);
        await host.Services.GetRequiredService<NotificationStore>().PutAsync(office, [New("partner.one", 1, DateTimeOffset.UtcNow)], Ct);
        await Wait.UntilAsync("it was tried", async () => (await network.CountAsync("select count(*)::int from {0}.mails where reason is not null", Ct)) == 1, Ct);
        await host.StopAsync(Ct);

        await using var smtp = await StartAsync();
        await network.StartWorkersAsync(null, Ct, Settings(smtp));
        await Wait.UntilAsync("it is sent", async () => await network.CountAsync("select count(*)::int from {0}.mails where state = 'sent'", Ct) == 1, Ct);
        Assert.Single(smtp.Taken);
    }

    [Fact]
    public async Task Without_a_mail_server_people_are_told_in_the_pages_and_no_mail_waits()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        var host = await network.StartWorkersAsync(null, Ct);
        var childcare = network.Own(TestNetwork.Childcare);
        await host.AddAsync(childcare, "partner.one", NetworkRoles.Partner);
        await network.StartReferralAsync(Ct);
        await host.ToldAsync(childcare, "partner.one", NotificationKinds.New);
        Assert.Equal(0, await network.CountAsync("select count(*)::int from {0}.mails", Ct));
    }

    [Theory]
    [InlineData("2026-11-20T05:59:59Z", "2026-11-20T06:00:00Z")] // Friday
    [InlineData("2026-11-20T06:00:00Z", "2026-11-20T12:00:00Z")]
    [InlineData("2026-11-20T12:00:00Z", "2026-11-23T06:00:00Z")] // over the weekend
    [InlineData("2026-12-24T12:30:00Z", "2026-12-28T06:00:00Z")] // over Christmas
    [InlineData("2026-07-01T04:00:00Z", "2026-07-01T05:00:00Z")] // in summer
    public void A_digest_comes_at_seven_and_one_on_working_days(string now, string due) => Assert.Equal(
        DateTimeOffset.Parse(due, CultureInfo.InvariantCulture),
        MailTimes.NextDigest(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture), Engine.Chains.WorkingCalendar.For("BB")));

    [Fact]
    public void Mails_have_the_same_words_in_both_languages_and_one_for_each_kind()
    {
        var folder = Path.Combine(Repository.Root, "src/Referrals.Workers/Notifications");
        var (german, english) = (Keys(Path.Combine(folder, "MailTexts.resx")), Keys(Path.Combine(folder, "MailTexts.en.resx")));
        Assert.Equal(german, english);
        Assert.Equal(NotificationKinds.All.Order(StringComparer.Ordinal), german.Where(k => k.StartsWith("Kind.", StringComparison.Ordinal)).Select(k => k[5..]));
        Assert.NotNull(new ResourceManager(typeof(MailSettings).Namespace + ".MailTexts", typeof(MailSettings).Assembly).GetString("Greeting", CultureInfo.GetCultureInfo("en-GB")));
    }

    private static List<string> Keys(string file) => [.. XDocument.Load(file).Root!.Elements("data").Select(d => d.Attribute("name")!.Value).Order(StringComparer.Ordinal)];

    private static NewNotification New(string person, int number, DateTimeOffset due) => new(
        person, Guid.NewGuid(), NotificationKinds.New, new Engine.CaseNumber("2026", number), new Engine.Chains.LocalText("Betreuung", "Childcare"), DateTimeOffset.UtcNow, due);

    private static MimeMessage Message(TakenMail mail)
    {
        using var stream = new MemoryStream(mail.Raw);
        return MimeMessage.Load(stream, Ct);
    }

    private static async Task<HealthStatus> HealthAsync(WebApplication host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(c => c.Name == "mail", Ct)).Status;

    private static string[] Settings(LocalSmtp smtp, params string[] more) => [.. Settings(smtp.Port), .. more];

    private static string[] Settings(int port) =>
    [
        "--Mail:Host", "127.0.0.1", "--Mail:Port", port.ToString(CultureInfo.InvariantCulture), "--Mail:Tls", "none", "--Mail:GatherSeconds", "0.2",
        "--Mail:From", "Kettenwerk <noreply@kettenwerk.example>", "--Mail:BaseUrl", "http://localhost:5080/",
    ];

    private static async Task<LocalSmtp> StartAsync()
    {
        try
        {
            return await LocalSmtp.StartAsync(Ct);
        }
        catch (LocalServerException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }
}
