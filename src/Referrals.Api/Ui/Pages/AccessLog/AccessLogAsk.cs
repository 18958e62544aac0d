using System.Globalization;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Pages.Administration;
using Referrals.Api.Ui.Parts;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Clients;
using Referrals.Engine.Network.Users;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Pages.AccessLog;

/// <summary>What of the access log is asked for. People are chosen by the identity of their account, so that no name stands in an address.</summary>
internal sealed record AccessLogAsk(
    string? Wer, string? Nummer, string? Was, string? Ergebnis, string? Von, string? Bis,
    Visitor Me, LookStore Looks, UserStore Users, ReferralService Referrals, AssignmentService Assignments, IServiceProvider Services, Words Words)
{
    /// <summary>Names of the filters in the address.</summary>
    public static IReadOnlyList<string> Names { get; } = ["wer", "nummer", "was", "ergebnis", "von", "bis"];

    /// <summary>An address with the same filter.</summary>
    public string Url(string path, params IEnumerable<(string Name, string? Value)> query) =>
        Links.With(path, [("wer", Wer), ("nummer", Nummer), ("was", Was), ("ergebnis", Ergebnis), ("von", Von), ("bis", Bis), .. query]);

    /// <summary>Who can have looked. With tokens of a foreign issuer there are no machine clients to list.</summary>
    public async Task<LookPeople> PeopleAsync(CancellationToken ct) => new(
        await Users.ListAsync(Me.Organisation, ct),
        Services.GetService<ClientStore>() is { } clients ? await clients.ListAsync(Me.Organisation, ct) : []);

    /// <summary>The filter, and its form with what is wrong.</summary>
    public async Task<(LookFilter Filter, FormInput Form)> ReadAsync(LookPeople people, CancellationToken ct)
    {
        var form = FormInput.Of(("wer", Wer), ("nummer", Nummer), ("was", Was), ("ergebnis", Ergebnis), ("von", Von), ("bis", Bis));
        var subjects = string.IsNullOrWhiteSpace(Nummer) ? null : await SubjectsAsync(Nummer.Trim(), ct);
        if (subjects is [])
        {
            form.Fault("nummer", Words["AccessLog.NumberUnknown"]);
        }

        return (new LookFilter(
            string.IsNullOrEmpty(Wer) ? null : people.LoginOf(Wer), subjects,
            LookCodes.All.Contains(Was) ? Was : null, LookOutcomes.All.Contains(Ergebnis) ? Ergebnis : null,
            Day(Von) is { } from ? Berlin.Begin(from) : null, Day(Bis) is { } until ? Berlin.Begin(until.AddDays(1)) : null), form);
    }

    // Ü- a referral, A- an assignment; without either both, and an id is taken as it is.
    private async Task<IReadOnlyList<Guid>> SubjectsAsync(string typed, CancellationToken ct)
    {
        if (Guid.TryParse(typed, out var id))
        {
            return [id];
        }

        var upper = typed.ToUpperInvariant();
        var (referral, assignment) = (upper.StartsWith("Ü-", StringComparison.Ordinal), upper.StartsWith("A-", StringComparison.Ordinal));
        if (!CaseNumber.TryParse(referral || assignment ? upper[2..] : upper, out var number))
        {
            return [];
        }

        var found = new List<Guid>();
        if (!assignment && await Referrals.FindByNumberAsync(Me.Organisation, number, ct) is { } one)
        {
            found.Add(one.Value);
        }

        if (!referral && await Assignments.FindByNumberAsync(Me.Organisation, number, ct) is { } other)
        {
            found.Add(other.Value);
        }

        return found;
    }

    private static DateOnly? Day(string? typed) => DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is > 1970 and < 9999 ? day : null;
}

/// <summary>Who can have looked.</summary>
/// <param name="Members">People.</param>
/// <param name="Clients">Machine clients.</param>
public sealed record LookPeople(IReadOnlyList<Member> Members, IReadOnlyList<Client> Clients)
{
    /// <summary>To choose from.</summary>
    public IReadOnlyList<Choice> Choices =>
        [.. Members.Select(m => new Choice(m.Person.Id.ToString(), $"{m.Person.Name} ({m.Person.Login})")), .. Clients.Select(c => new Choice(c.Id, c.Id))];

    /// <summary>What stands in the log for a choice.</summary>
    public string LoginOf(string choice) =>
        Guid.TryParse(choice, out var id) ? Members.FirstOrDefault(m => m.Person.Id == id)?.Person.Login ?? choice : choice;

    /// <summary>The name of who has this login, or the login.</summary>
    public string NameOf(string login) => Members.FirstOrDefault(m => m.Person.Login == login)?.Person.Name ?? login;
}

/// <summary>Words for looks.</summary>
internal static class AccessLogWords
{
    /// <summary>What was looked at.</summary>
    public static string LookWhat(this Words words, LookLine line) => words.Code("AccessLog.Kind", line.Entry.What);

    /// <summary>What for.</summary>
    public static string LookPurpose(this Words words, LookLine line) => words.Code("AccessLog.PurposeOf", line["purpose"]!);

    /// <summary>What it came to.</summary>
    public static string LookOutcome(this Words words, LookLine line) => words.Code("AccessLog.OutcomeOf", line["outcome"]!);

    /// <summary>As what.</summary>
    public static string LookRole(this Words words, LookLine line) =>
        string.Join(", ", (line["role"] ?? "").Split(',').Select(r => Engine.Network.NetworkRoles.All.Contains(r) ? words.Role(r) : r));

    /// <summary>The number as people write it: of what is there, or the one that was tried.</summary>
    public static string? Number(LookLine line) =>
        (line.Number?.ToString() ?? line["number"]) is { } number ? (LookCodes.NumbersOf(line.Entry.What) == AssignmentBoard.List ? "A-" : "Ü-") + number : null;
}
