using Referrals.Api.Ui.Parts;
using Referrals.Engine.Network.Audit;

namespace Referrals.Api.Ui.Pages.Administration;

/// <summary>Words that several pages of the administration use.</summary>
internal static class AdminWords
{
    /// <summary>A role.</summary>
    public static string Role(this Words words, string role) => words.Code("Admin.Role", role);

    /// <summary>Several roles; a word for none.</summary>
    public static string Roles(this Words words, IEnumerable<string> roles) =>
        string.Join(", ", roles.Select(words.Role)) is { Length: > 0 } all ? all : words["Admin.NoRoles"];

    /// <summary>Roles to choose from.</summary>
    public static IReadOnlyList<Choice> RoleChoices(this Words words, IEnumerable<string> roles) =>
        [.. roles.Select(r => new Choice(r, words.Role(r), words.Code("Admin.RoleHint", r)))];

    /// <summary>What an entry says further: roles in words, other codes as they are.</summary>
    public static string Details(this Words words, AuditEntry entry) => string.Join("; ", (entry.Details ?? new Dictionary<string, string>()).Select(d => d.Key switch
    {
        "roles" => words.Roles(d.Value.Split(',').Where(Engine.Network.NetworkRoles.All.Contains)),
        "by" => words.Find($"AdminAudit.By.{d.Value}") ?? d.Value,
        _ => $"{d.Key}: {d.Value}",
    }));

    /// <summary>What was done, in a few words.</summary>
    public static string Done(this Words words, AuditEntry entry) => words.Code("AdminAudit.What", entry.What);
}

/// <summary>What somebody else did meanwhile, for who comes second.</summary>
/// <param name="Entry">The last entry about it, or null when there is none.</param>
public sealed record Meanwhile(AuditEntry? Entry)
{
    /// <summary>Looks it up.</summary>
    public static async Task<Meanwhile> FindAsync(AuditStore audit, Engine.OrganisationId organisation, string subject, CancellationToken ct) =>
        new((await audit.ListAsync([organisation], new AuditFilter(Subject: subject), null, 10, ct)).FirstOrDefault(e => e.What != AuditCodes.SignedIn));
}
