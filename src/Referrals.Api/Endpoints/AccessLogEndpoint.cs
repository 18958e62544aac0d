using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Requests;
using Referrals.Api.Security;
using Referrals.Api.Security.Looks;
using Referrals.Engine;
using Referrals.Engine.Network.Audit;

namespace Referrals.Api.Endpoints;

/// <summary>That somebody looked at something.</summary>
/// <param name="No">Place in the organisation's chain of entries, from 1; deeds of administrators stand in between.</param>
/// <param name="At">When.</param>
/// <param name="Who">Sign-in name, machine client or command.</param>
/// <param name="Roles">As what.</param>
/// <param name="What">Code of the kind of thing.</param>
/// <param name="Subject">Id of the referral, assignment or message; absent for a list.</param>
/// <param name="Number">The number that people know it by, or the one that was tried.</param>
/// <param name="Purpose">Code of what for.</param>
/// <param name="Outcome"><c>shown</c>, <c>not-found</c>, <c>forbidden</c> or <c>refused</c>.</param>
/// <param name="Lines">How many lines of a list were shown.</param>
/// <param name="Filters">By what a list was filtered: names, not values.</param>
/// <param name="From">The organisation that it came from, where that is another one.</param>
public sealed record AccessResource(
    long No, DateTimeOffset At, string Who, IReadOnlyList<string> Roles, string What, Guid? Subject, string? Number, string Purpose, string Outcome,
    int? Lines, IReadOnlyList<string>? Filters, OrganisationId? From)
{
    /// <summary>The resource of a line.</summary>
    internal static AccessResource Of(LookLine line) => new(
        line.Entry.ChainNo, line.Entry.At, line.Entry.Who, line["role"]?.Split(',') ?? [], line.Entry.What, line.Subject, line.Number?.ToString() ?? line["number"],
        line["purpose"] ?? "", line["outcome"] ?? "", line.Count, line["filter"]?.Split(','), line["from"] is { } from ? new OrganisationId(from) : null);
}

/// <summary>The access log of the own organisation, for its officer for data protection.</summary>
internal static class AccessLogEndpoint
{
    private static readonly AccessResource Example = new(
        1207, new DateTimeOffset(2026, 9, 14, 8, 30, 12, TimeSpan.Zero), "k.beispiel", ["caseworker"], LookCodes.Referral, Examples.Referral.Value, "2026-0408",
        LookPurposes.Casework, LookOutcomes.Shown, null, null, null);

    /// <summary>Maps the address.</summary>
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/access-log", ListAsync).WithTags("Access log").RequireAuthorization(Policies.Officer).Looks(LookCodes.AccessLog).Says(
            "listLooks", "List who looked at what",
            "Every look at a referral or an assignment of your organisation, and at lists of them, over the pages and the API; the latest first. Nothing of a case but its id and number. "
            + "Asking for it is a look too, which stands in the log afterwards.",
            new Page<AccessResource>([Example], "/api/v1/access-log?before=1207"));

    private static async Task<IResult> ListAsync(LookAsk ask, Call call, LookStore looks, CancellationToken ct)
    {
        var found = await looks.ListAsync(call.Actor.Organisation, ask.Filter, ask.Before, ask.Limit + 1, ct);
        var shown = found.Take(ask.Limit).ToList();
        return new Shown<Page<AccessResource>>(new Page<AccessResource>([.. shown.Select(AccessResource.Of)], found.Count > ask.Limit ? ask.NextAfter(shown[^1]) : null));
    }
}
