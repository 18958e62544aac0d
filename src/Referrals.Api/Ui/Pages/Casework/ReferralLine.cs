using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network.Users;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Pages.Casework;

/// <summary>A step that is with a partner.</summary>
/// <param name="Title">The step.</param>
/// <param name="Partner">Name of the partner.</param>
public sealed record LineStep(string Title, string Partner);

/// <summary>One line of a list of referrals, in words.</summary>
/// <param name="Number">Its number; null only until the log has given one.</param>
/// <param name="CaseReference">The holder's own reference.</param>
/// <param name="Chain">Title of the chain.</param>
/// <param name="Steps">What is with partners, the next due first.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="DueAt">The next date by which a partner must act.</param>
/// <param name="IsLate">Whether that has passed.</param>
/// <param name="Person">Who looks after it; null: nobody.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="ChangedAt">When it last changed.</param>
public sealed record ReferralLine(
    CaseNumber? Number,
    string CaseReference,
    string Chain,
    IReadOnlyList<LineStep> Steps,
    ReferralStatus Status,
    DateTimeOffset? DueAt,
    bool IsLate,
    string? Person,
    DateTimeOffset StartedAt,
    DateTimeOffset ChangedAt);

/// <summary>Puts rows of the list into words; names are looked up once for all of them.</summary>
public sealed class ReferralLines(NetworkNames names, Colleagues colleagues, Words words, TimeProvider time)
{
    /// <summary>The lines of these rows, which belong to one organisation.</summary>
    public async Task<IReadOnlyList<ReferralLine>> OfAsync(OrganisationId holder, IReadOnlyList<ListRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var items = rows.Select(row => (Item: ReferralBoard.Read(row), row.Assignee)).ToList();
        var directory = await names.DirectoryAsync(ct);
        var chains = await names.ChainsAsync(items.Select(i => (i.Item.Chain, i.Item.ChainVersion)), ct);
        var people = await PeopleAsync(holder, ct);
        var now = time.GetUtcNow();
        return [.. items.Select(i => Line(i.Item, i.Assignee, chains[(i.Item.Chain, i.Item.ChainVersion)], directory, people, now))];
    }

    /// <summary>Names of an organisation's people by login.</summary>
    public async Task<IReadOnlyDictionary<string, string>> PeopleAsync(OrganisationId holder, CancellationToken ct) =>
        (await colleagues.OfAsync(holder, ct)).ToDictionary(m => m.Person.Login, (Member m) => m.Person.Name, StringComparer.Ordinal);

    private ReferralLine Line(
        ReferralListItem item, string? assignee, ChainVersion chain, NetworkDirectory directory, IReadOnlyDictionary<string, string> people, DateTimeOffset now) => new(
            item.Number, words.Shown(item.CaseReference), Words.Of(chain.Title),
            [.. item.Current.Select(c => new LineStep(words.StepTitle(chain.Step(c.Step)), directory.NameOf(c.Partner)))],
            item.Status, item.DueAt, item.DueAt <= now, assignee is null ? null : people.GetValueOrDefault(assignee, assignee), item.StartedAt, item.ChangedAt);
}
