using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Api.Ui.Parts.Timeline;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Pages.Casework;

/// <summary>A referral with everything that its page shows.</summary>
/// <param name="View">The referral.</param>
/// <param name="Number">Its number.</param>
/// <param name="History">What happened, oldest first.</param>
/// <param name="Directory">The organisations.</param>
/// <param name="People">Names of colleagues by login.</param>
/// <param name="Colleagues">Caseworkers to hand it to.</param>
/// <param name="Now">The time (UTC).</param>
public sealed record ReferralModel(
    ReferralView View,
    CaseNumber Number,
    IReadOnlyList<RecordedEvent> History,
    NetworkDirectory Directory,
    IReadOnlyDictionary<string, string> People,
    IReadOnlyList<Choice> Colleagues,
    DateTimeOffset Now)
{
    /// <summary>What was tried and could not be done; null: the page was only opened.</summary>
    public Attempt? Tried { get; init; }

    /// <summary>Number of the version of its chain that is in force, where the referral runs on another and has not ended.</summary>
    public int? Newer { get; init; }

    /// <summary>Open offers, those that are late first.</summary>
    public IEnumerable<Offer> Open => View.State.OpenOffers.OrderBy(o => o.DueAt ?? DateTimeOffset.MaxValue).ThenBy(o => o.Assignment.Value);

    /// <summary>How many of them are late.</summary>
    public int Late => Open.Count(o => o.DueAt <= Now);

    /// <summary>Who looks after it, or null.</summary>
    public string? Person => View.State.Caseworker is { } login ? People.GetValueOrDefault(login, login) : null;

    /// <summary>Today.</summary>
    public DateOnly Today => WorkingCalendar.LocalDay(Now);

    /// <summary>Whether consent and release let a contact card be sealed for the partner of an offer.</summary>
    public bool MaySeal(Offer offer) => View.MaySeal(offer.Step, Now);

    /// <summary>Title of the step at a place, with its round where it is repeated.</summary>
    public string TitleOf(Place place, Words words)
    {
        var versions = View.Earlier.Reverse().Prepend(View.Chain).ToList();
        var title = versions.Select(v => v.FindStep(place.Node)).FirstOrDefault(s => s is not null) is { } step ? words.StepTitle(step)
            : versions.SelectMany(v => v.Nodes()).FirstOrDefault(n => n.Id == place.Node)?.Title is { } text ? Words.Of(text) : place.Node.Value;
        var round = place.Value.Split('/').SkipLast(1).LastOrDefault() is { } prefix ? prefix[(prefix.LastIndexOf('.') + 1)..] : null;
        return round is null or "1" ? title : words["Referral.Round", title, round];
    }

    /// <summary>Whether the page has a part about the step at a place: it is with a partner, or waits for a caseworker.</summary>
    public bool IsOn(Place place) => View.Next.Waiting.Any(w => w.Place == place) || View.State.OpenOffers.Any(o => o.Place == place);

    /// <summary>Makes a timeline of these events.</summary>
    public ReferralTimelineSource TimelineOf(IReadOnlyList<RecordedEvent> events, Words words) =>
        new(View.Chain, events, Now, words, Directory.NameOf, login => People.GetValueOrDefault(login)) { Earlier = View.Earlier };

    /// <summary>Whether this form was sent and could not be done.</summary>
    public bool IsTried(string act, string target = "") => Tried is { } tried && tried.Act == act && (target.Length == 0 || tried.Form[ReferralAct.Target] == target);

    /// <summary>The values of a form: as typed when it was sent, else as they are at first.</summary>
    public FormInput FormOf(string act, string target = "", params IEnumerable<(string Name, string? Value)> first) =>
        IsTried(act, target) ? Tried!.Form : FormInput.Of(first);

    /// <summary>What ids of a form's fields begin with; null for the one whose faults the summary links to.</summary>
    public string? KeyOf(string act, string target = "") => IsTried(act, target) ? null : Safe($"{act}-{target}");

    /// <summary>Id of a field; null for the one that the summary links to.</summary>
    public string? IdOf(string act, string target, string field) => KeyOf(act, target) is { } key ? $"{key}-{field}" : null;

    private static string Safe(string id) => id.Replace('/', '-').Replace('.', '-');
}

/// <summary>A form that was sent and could not be done.</summary>
/// <param name="Act">Name of the act.</param>
/// <param name="Form">What was typed.</param>
/// <param name="Hits">What the screen found in it.</param>
/// <param name="Refusal">Why it doesn't fit any more, in words; null: wrong input only.</param>
/// <param name="Since">What happened since the person saw the page.</param>
public sealed record Attempt(string Act, FormInput Form, IReadOnlyList<ScreenHit> Hits, string? Refusal = null, IReadOnlyList<RecordedEvent>? Since = null);
