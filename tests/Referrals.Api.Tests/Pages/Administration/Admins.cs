using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;

namespace Referrals.Api.Tests.Pages.Administration;

/// <summary>Administrators in their browsers, and what was written down about what they did.</summary>
public static class Admins
{
    public static readonly OrganisationId Operator = new("network-office");

    public static Task<PageClient> AdminAsync(this ApiHost api, OrganisationId organisation) => api.SignedInAsync(organisation, NetworkRoles.Admin);

    public static Task<PageClient> OperatorAsync(this ApiHost api) => api.AdminAsync(Operator);

    /// <summary>What was written down last in an organisation's list: code and subject.</summary>
    public static async Task<string> LastEntryAsync(this ApiHost api, OrganisationId organisation)
    {
        var entries = await api.Services.GetRequiredService<AuditStore>().ListAsync([organisation], new AuditFilter(), null, 1, TestContext.Current.CancellationToken);
        return $"{entries[0].What} {entries[0].Subject}";
    }

    /// <summary>The secret that a page shows.</summary>
    public static string Secret(this PageAnswer page) => page.Document.QuerySelector("#geheim")?.GetAttribute("value") ?? throw new InvalidOperationException(page.Text);

    /// <summary>Checks that a secret stands in no address and on no further page.</summary>
    public static async Task IsNotShownAgainAsync(this PageClient browser, string secret, params string[] paths)
    {
        foreach (var path in paths)
        {
            Assert.DoesNotContain(secret, (await browser.Open(path)).Is(HttpStatusCode.OK).Html, StringComparison.Ordinal);
        }
    }
}
