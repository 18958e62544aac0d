using Referrals.Api.Ui.Forms;
using Referrals.Engine;
using Referrals.Engine.Network.Measures;
using Referrals.Engine.Privacy;

namespace Referrals.Api.Ui.Pages.Review.Measures;

/// <summary>Reads the forms of measures; null: something is wrong, which the form then says.</summary>
internal static class MeasureForm
{
    /// <summary>What is to be done.</summary>
    public const string What = "was";

    /// <summary>Who does it.</summary>
    public const string Who = "wer";

    /// <summary>From when it is to be felt.</summary>
    public const string From = "ab";

    /// <summary>Until when.</summary>
    public const string Until = "bis";

    /// <summary>Where: chain and step, as <c>chain</c> or <c>chain/step</c>.</summary>
    public const string Place = "ort";

    /// <summary>Which partner.</summary>
    public const string Partner = "partner";

    /// <summary>How it stands.</summary>
    public const string Status = "stand";

    /// <summary>What was seen.</summary>
    public const string Seen = "beobachtung";

    /// <summary>The statuses by their word in the form.</summary>
    public static IReadOnlyDictionary<string, MeasureStatus> Statuses { get; } = new Dictionary<string, MeasureStatus>
    {
        ["laeuft"] = MeasureStatus.Running,
        ["erledigt"] = MeasureStatus.Done,
        ["verworfen"] = MeasureStatus.Dropped,
    };

    /// <summary>The word of a status.</summary>
    public static string WordOf(MeasureStatus status) => Statuses.First(s => s.Value == status).Key;

    /// <summary>A form that holds a plan.</summary>
    public static FormInput Of(MeasurePlan plan) => FormInput.Of(
        (What, plan.What.Text), (Who, plan.Who.Text), (From, TypedDay.Value(plan.From)), (Until, TypedDay.Value(plan.Until)),
        (Place, plan.Chain is { } chain ? PlaceOf(chain, plan.Step) : ""), (Partner, plan.Partner?.Value));

    /// <summary>The value of a place.</summary>
    public static string PlaceOf(ChainId chain, NodeId? step) => step is { } node ? $"{chain}/{node}" : chain.Value;

    /// <summary>The plan that a form asks for, with the field names of what the screen found.</summary>
    public static (MeasurePlan? Plan, IReadOnlyDictionary<string, IReadOnlyList<ScreenHit>> Hits) Plan(FormInput form, MeasureChoices choices, Words words)
    {
        var hits = new Dictionary<string, IReadOnlyList<ScreenHit>>();
        var (what, who) = (Text(form, What, words, hits), Text(form, Who, words, hits));
        var (from, until) = (Day(form, From, words), Day(form, Until, words));
        var place = form[Place].Split('/');
        if (form[Place].Length > 0 && !choices.Places.Any(p => p.Value == form[Place]))
        {
            form.Fault(Place, words["Measure.PlaceUnknown"]);
        }

        if (form[Partner].Length > 0 && !choices.Partners.Any(p => p.Value == form[Partner]))
        {
            form.Fault(Partner, words["Measure.PartnerUnknown"]);
        }

        if (from > until)
        {
            form.Fault(Until, words["Measure.UntilBeforeFrom"]);
        }

        return form.IsValid
            ? (new MeasurePlan(
                what!, who!, from!.Value, until!.Value, form[Place].Length > 0 ? new ChainId(place[0]) : null,
                place.Length > 1 ? new NodeId(place[1]) : null, form[Partner].Length > 0 ? new OrganisationId(form[Partner]) : null), hits)
            : (null, hits);
    }

    /// <summary>What the form says of how it stands.</summary>
    public static (MeasureCommand.FollowUp? Look, IReadOnlyDictionary<string, IReadOnlyList<ScreenHit>> Hits) Look(FormInput form, Words words)
    {
        var hits = new Dictionary<string, IReadOnlyList<ScreenHit>>();
        if (!Statuses.TryGetValue(form[Status], out var status))
        {
            form.Fault(Status, words["Measure.StatusMissing"]);
        }

        var note = form[Seen].Length > 0 ? Text(form, Seen, words, hits) : null;
        return (form.IsValid ? new MeasureCommand.FollowUp(status, note) : null, hits);
    }

    private static Note? Text(FormInput form, string field, Words words, Dictionary<string, IReadOnlyList<ScreenHit>> hits)
    {
        var (note, found, fault) = NoteInput.Read(form[field], words);
        if (fault is not null)
        {
            form.Fault(field, fault);
            hits[field] = found;
        }

        return note;
    }

    private static DateOnly? Day(FormInput form, string field, Words words)
    {
        if (TypedDay.Day(form[field]) is { } day)
        {
            return day;
        }

        form.Fault(field, words["Measure.DayMissing"]);
        return null;
    }
}
