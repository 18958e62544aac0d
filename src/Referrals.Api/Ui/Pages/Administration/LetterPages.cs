using System.Text.Json;
using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Operations;

namespace Referrals.Api.Ui.Pages.Administration;

/// <summary>Messages that could not be handled or sent.</summary>
internal static class LetterPages
{
    private const string Path = Links.AdminLetters + "/{id:guid}";

    public static void Map(RouteGroupBuilder admins)
    {
        admins.MapGet(Links.AdminLetters, ListAsync).Looks(LookCodes.DeadLetters, "grund", "art");
        admins.MapPost(Links.AdminLetters + "/zustellen", RedeliverAllAsync).Looks(LookCodes.DeadLetters);
        var one = admins.MapGroup("").Looks(LookCodes.DeadLetter);
        one.MapGet(Path, ShowAsync);
        one.MapPost(Path + "/zustellen", RedeliverAsync);
        one.MapPost(Path + "/verwerfen", DiscardAsync);
    }

    private static async Task<IResult> ListAsync([AsParameters] LetterAsk ask, string? vor, string? nach, CancellationToken ct) =>
        Answer.With<LettersPage>(await ask.ModelAsync(vor, nach, null, ct));

    // The letters that were counted are the ones that are sent: when the set has changed meanwhile, the new number is asked about again.
    private static async Task<IResult> RedeliverAllAsync(FormInput form, [AsParameters] LetterAsk ask, LetterAdministration letters, Visitor me, CancellationToken ct)
    {
        var rows = (await ask.Log.QueryRowsAsync(ask.Query with { Limit = LetterAdministration.MostAtOnce }, ct)).ToList();
        if (rows.Count == 0 || form.Version != LetterAsk.Mark(rows))
        {
            return Answer.Changed<LettersPage>(await ask.ModelAsync(null, null, "AdminLetters.SetChanged", ct));
        }

        var (done, refused) = await letters.RedeliverAllAsync(me.Actor with { Organisation = ask.Scope.Id }, [.. rows.Select(r => r.Id)], ct);
        var url = ask.Url(Links.AdminLetters);
        return Answer.Go(url, refused == 0 ? "AdminLetters.RedeliveredAll" : "AdminLetters.RedeliveredSome", $"{done}", $"{refused}");
    }

    private static async Task<IResult> ShowAsync(Guid id, AdminScope scope, IEventLog log, NetworkNames names, CancellationToken ct) =>
        await log.FindRowAsync(scope.Id.Value, DeadLetters.List, id, ct) is { } row
            ? Answer.With<LetterPage>(new LetterModel(scope, DeadLetters.Read(row), await names.DirectoryAsync(ct), null))
            : Answer.NotFound();

    private static async Task<IResult> RedeliverAsync(
        Guid id, AdminScope scope, LetterAdministration letters, IEventLog log, NetworkNames names, Visitor me, CancellationToken ct) =>
        await AfterAsync(await letters.RedeliverAsync(me.Actor with { Organisation = scope.Id }, id, ct), id, "AdminLetters.Redelivered", scope, log, names, ct);

    private static async Task<IResult> DiscardAsync(
        Guid id, AdminScope scope, LetterAdministration letters, IEventLog log, NetworkNames names, Visitor me, CancellationToken ct) =>
        await AfterAsync(await letters.DiscardAsync(me.Actor with { Organisation = scope.Id }, id, ct), id, "AdminLetters.Discarded", scope, log, names, ct);

    private static async Task<IResult> AfterAsync(
        OperationOutcome outcome, Guid id, string done, AdminScope scope, IEventLog log, NetworkNames names, CancellationToken ct)
    {
        if (outcome is not OperationOutcome.Refused refused)
        {
            return Answer.Go(scope.Url(Links.AdminLetters), done);
        }

        return await log.FindRowAsync(scope.Id.Value, DeadLetters.List, id, ct) is { } row
            ? Answer.Changed<LetterPage>(new LetterModel(scope, DeadLetters.Read(row), await names.DirectoryAsync(ct), refused.Refusal.Code))
            : Answer.NotFound();
    }
}

/// <summary>Which dead letters are asked for.</summary>
internal sealed record LetterAsk(AdminScope Scope, string? Grund, string? Art, IEventLog Log, NetworkNames Names)
{
    private const int PageSize = 50;

    /// <summary>The filtered list.</summary>
    public ListQuery Query => new(Scope.Id.Value, DeadLetters.List)
    {
        Statuses = string.IsNullOrEmpty(Grund) ? [] : [Grund],
        Subject = string.IsNullOrEmpty(Art) ? null : Art,
        Limit = PageSize,
    };

    /// <summary>An address with the same filter.</summary>
    public string Url(string path, params IEnumerable<(string Name, string? Value)> query) => Scope.Url(path, [("grund", Grund), ("art", Art), .. query]);

    /// <summary>Stands for exactly these letters.</summary>
    public static long Mark(IEnumerable<ListRow> rows) => BitConverter.ToInt64(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join(',', rows.Select(r => r.Id).Order())))) & long.MaxValue;

    /// <summary>What the page shows.</summary>
    public async Task<LettersModel> ModelAsync(string? before, string? after, string? changed, CancellationToken ct)
    {
        var page = await KeyPage.ReadAsync(Log, Query, before, after, ct);
        var all = await Log.QueryRowsAsync(Query with { Limit = LetterAdministration.MostAtOnce }, ct);
        var count = await Log.CountRowsAsync(Query, AdminStartModel.MostLetters, ct);
        var reasons = await Log.CountByStatusAsync(Scope.Id.Value, DeadLetters.List, null, AdminStartModel.MostLetters, ct);
        return new LettersModel(
            Scope, FormInput.Of(("grund", Grund), ("art", Art)), [.. page.Rows.Select(DeadLetters.Read)], count, all.Count, Mark(all), reasons, await Names.DirectoryAsync(ct),
            page.Before is { } b ? Url(Links.AdminLetters, ("vor", b)) : null, page.After is { } a ? Url(Links.AdminLetters, ("nach", a)) : null,
            Url(Links.AdminLetters + "/zustellen"), changed);
    }
}

/// <summary>The list of dead letters.</summary>
/// <param name="Scope">Whose.</param>
/// <param name="Filter">What is looked for.</param>
/// <param name="Letters">This page of them.</param>
/// <param name="Count">How many the filter finds.</param>
/// <param name="AtOnce">How many of them are delivered again at once.</param>
/// <param name="Mark">Stands for exactly these.</param>
/// <param name="Reasons">How many there are for each reason.</param>
/// <param name="Directory">Names of organisations.</param>
/// <param name="Before">Address of the page before.</param>
/// <param name="After">Address of the page after.</param>
/// <param name="All">Where all that the filter finds are delivered again.</param>
/// <param name="Changed">Key of a sentence that says why nothing was done, or null.</param>
public sealed record LettersModel(
    AdminScope Scope, FormInput Filter, IReadOnlyList<DeadLetter> Letters, int Count, int AtOnce, long Mark, IReadOnlyDictionary<string, int> Reasons,
    NetworkDirectory Directory, string? Before, string? After, string All, string? Changed) : ILists
{
    int? ILists.Listed => Letters.Count;
}

/// <summary>A dead letter.</summary>
/// <param name="Scope">Whose.</param>
/// <param name="Letter">The letter.</param>
/// <param name="Directory">Names of organisations.</param>
/// <param name="Refusal">Code of why something was not done, or null.</param>
public sealed record LetterModel(AdminScope Scope, DeadLetter Letter, NetworkDirectory Directory, string? Refusal)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The message without its note, for reading.</summary>
    public string? Preview => Letter.Preview?.ToJsonString(Indented);
}

/// <summary>Words for dead letters.</summary>
internal static class LetterWords
{
    /// <summary>Why it was given up.</summary>
    public static string Reason(this Words words, string code) => words.Find($"AdminLetters.Reason.{code}") ?? code;

    /// <summary>What kind of message it is.</summary>
    public static string Message(this Words words, string type) => words.Find($"AdminLetters.Type.{type}") ?? type;
}
