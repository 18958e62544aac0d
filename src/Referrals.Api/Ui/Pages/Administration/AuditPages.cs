using System.Globalization;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Clients;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Ui.Pages.Administration;

/// <summary>The list of what was administered.</summary>
internal static class AuditPages
{
    private const int PageSize = 50;

    public static void Map(RouteGroupBuilder admins)
    {
        admins.MapGet(Links.AdminAudit, ShowAsync);
        admins.MapGet(Links.AdminAuditCsv, DownloadAsync);
    }

    private static async Task<IResult> ShowAsync([AsParameters] AuditAsk ask, string? vor, AuditStore audit, CancellationToken ct)
    {
        var (people, clients) = await ask.WhoAsync(ct);
        var before = long.TryParse(vor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (long?)null;
        var entries = await audit.ListAsync(await ask.OrganisationsAsync(ct), ask.Filter(people), before, PageSize + 1, ct);
        var shown = entries.Take(PageSize).ToList();
        var more = entries.Count > PageSize ? ask.Url(Links.AdminAudit, ("vor", shown[^1].Id.ToString(CultureInfo.InvariantCulture))) : null;
        var model = new AuditModel(
            ask.Scope, ask.Form, shown, people, clients, ask.IsWholeNetwork, await ask.Names.DirectoryAsync(ct), before is null ? null : ask.Url(Links.AdminAudit), more,
            ask.Url(Links.AdminAuditCsv));
        return Answer.With<AuditPage>(model);
    }

    private static async Task<IResult> DownloadAsync([AsParameters] AuditAsk ask, AuditStore audit, Words w, CancellationToken ct)
    {
        var filter = ask.Filter((await ask.WhoAsync(ct)).People);
        var rows = RowsAsync(audit, await ask.OrganisationsAsync(ct), filter, w, ct);
        return new CsvAnswer(
            "protokoll", [w["AdminAudit.At"], w["AdminAudit.Organisation"], w["AdminAudit.Who"], w["AdminAudit.Done"], w["AdminAudit.Subject"], w["AdminAudit.Details"]], rows);
    }

    private static async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(
        AuditStore audit, IReadOnlyList<OrganisationId> organisations, AuditFilter filter, Words w,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        for (long? before = null; ;)
        {
            var page = await audit.ListAsync(organisations, filter, before, AuditStore.MaxPage, ct);
            foreach (var e in page)
            {
                yield return [Berlin.Local(e.At).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), e.Organisation.Value, e.Who, w.Done(e), e.Subject, w.Details(e)];
            }

            if (page.Count < AuditStore.MaxPage)
            {
                yield break;
            }

            before = page[^1].Id;
        }
    }
}

/// <summary>What of the list is asked for. People are chosen by the identity of their account, so that no name stands in an address.</summary>
internal sealed record AuditAsk(
    AdminScope Scope, string? Wer, string? Was, string? Von, string? Bis, string? Umfang, ManagedPeople People, ClientStore Clients, NetworkNames Names)
{
    /// <summary>Whether the operator asks for all organisations.</summary>
    public bool IsWholeNetwork => Scope is { IsOperator: true, IsOwn: true } && Umfang == "netz";

    /// <summary>The filter as a form.</summary>
    public FormInput Form => FormInput.Of(("wer", Wer), ("was", Was), ("von", Von), ("bis", Bis), ("umfang", Umfang));

    /// <summary>An address with the same filter.</summary>
    public string Url(string path, params IEnumerable<(string Name, string? Value)> query) =>
        Scope.Url(path, [("wer", Wer), ("was", Was), ("von", Von), ("bis", Bis), ("umfang", IsWholeNetwork ? Umfang : null), .. query]);

    /// <summary>Whose entries.</summary>
    public async Task<IReadOnlyList<OrganisationId>> OrganisationsAsync(CancellationToken ct) =>
        IsWholeNetwork ? [.. (await Names.DirectoryAsync(ct)).Lines.Select(l => l.Id).Append(Scope.Id).Distinct()] : [Scope.Id];

    /// <summary>Who can have done something.</summary>
    public async Task<(IReadOnlyList<ManagedPerson> People, IReadOnlyList<Client> Clients)> WhoAsync(CancellationToken ct) =>
        (await People.ListAsync(Scope.Id, ct), await Clients.ListAsync(Scope.Id, ct));

    /// <summary>The filter; what is no day or no code is no filter.</summary>
    public AuditFilter Filter(IReadOnlyList<ManagedPerson> people)
    {
        var who = string.IsNullOrEmpty(Wer) ? null
            : Guid.TryParse(Wer, out var id) ? people.FirstOrDefault(p => p.Person.Id == id)?.Person.Login ?? Wer
            : Wer;
        return new AuditFilter(
            Was is { Length: > 0 } && AuditCodes.All.Contains(Was) ? [Was] : [], who, null,
            Day(Von) is { } from ? Berlin.Begin(from) : null, Day(Bis) is { } until ? Berlin.Begin(until.AddDays(1)) : null);
    }

    private static DateOnly? Day(string? typed) => DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is > 1970 and < 9999 ? day : null;
}

/// <summary>Days of Europe/Berlin as moments.</summary>
internal static class Berlin
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>When a day begins.</summary>
    public static DateTimeOffset Begin(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight));
    }

    /// <summary>A moment by the clock there.</summary>
    public static DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);
}

/// <summary>The list of what was administered.</summary>
/// <param name="Scope">Whose.</param>
/// <param name="Filter">What is looked for.</param>
/// <param name="Entries">This page of it.</param>
/// <param name="People">People to choose from.</param>
/// <param name="Clients">Machine clients to choose from.</param>
/// <param name="IsWholeNetwork">Whether entries of all organisations are shown.</param>
/// <param name="Directory">Names of organisations.</param>
/// <param name="First">Address of the first page, or null.</param>
/// <param name="After">Address of the page after, or null.</param>
/// <param name="Csv">Address of all of it as CSV.</param>
public sealed record AuditModel(
    AdminScope Scope, FormInput Filter, IReadOnlyList<AuditEntry> Entries, IReadOnlyList<ManagedPerson> People, IReadOnlyList<Client> Clients, bool IsWholeNetwork,
    NetworkDirectory Directory, string? First, string? After, string Csv);
