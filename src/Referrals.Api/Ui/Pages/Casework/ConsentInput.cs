using Referrals.Api.Ui.Forms;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Pages.Casework;

/// <summary>A client's consent as a form asks for it.</summary>
internal static class ConsentInput
{
    /// <summary>How all fields begin.</summary>
    public const string Prefix = "einwilligung-";

    /// <summary>How it was given.</summary>
    public const string Form = Prefix + "form";

    /// <summary>Day it was given.</summary>
    public const string Given = Prefix + "am";

    /// <summary>What for.</summary>
    public const string Purpose = Prefix + "zweck";

    /// <summary><see cref="Whole"/> or <see cref="Some"/>.</summary>
    public const string Scope = Prefix + "umfang";

    /// <summary>The steps covered, where not all are.</summary>
    public const string Steps = Prefix + "schritte";

    /// <summary>Last day on which it counts.</summary>
    public const string Until = Prefix + "bis";

    /// <summary>The whole chain.</summary>
    public const string Whole = "kette";

    /// <summary>Some steps only.</summary>
    public const string Some = "schritte";

    /// <summary>Given on paper.</summary>
    public const string Written = "schriftlich";

    /// <summary>Given electronically.</summary>
    public const string Electronic = "elektronisch";

    /// <summary>The purposes to choose from.</summary>
    public static IReadOnlyList<string> Purposes { get; } = ["chain-support", "work", "family", "health", "money-and-home"];

    /// <summary>The values of the fields for a consent that is known.</summary>
    public static IEnumerable<(string Name, string? Value)> Values(Consent consent) =>
    [
        (Form, consent.Form == ConsentForm.Written ? Written : Electronic), (Given, TypedDay.Value(consent.Given)), (Purpose, consent.Purpose),
        (Scope, consent.Steps is null ? Whole : Some), .. (consent.Steps ?? []).Select(s => (Steps, (string?)s.Value)),
        (Until, consent.Until is { } until ? TypedDay.Value(until) : null),
    ];

    /// <summary>The consent, or null when something is wrong, which is noted in the form.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="chain">The chain whose steps it may cover.</param>
    /// <param name="today">No consent is given after it or has ended before it.</param>
    /// <param name="words">For the faults.</param>
    /// <param name="lenient">What is missing is no fault: a draft may be kept without it.</param>
    public static Consent? Read(FormInput form, ChainVersion chain, DateOnly today, Words words, bool lenient = false)
    {
        var before = form.Faults.Count;
        var how = form[Form] switch { Written => ConsentForm.Written, Electronic => ConsentForm.Electronic, _ => (ConsentForm?)null };
        Missing(how is null, Form, "Referral.ConsentFormMissing");
        var given = DayOf(Given);
        Missing(form[Given].Length == 0, Given, "Referral.ConsentGivenMissing");
        Wrong(given > today, Given, "Referral.ConsentGivenLater");
        Missing(form[Purpose].Length == 0, Purpose, "Referral.ConsentPurposeMissing");
        Wrong(form[Purpose].Length > 0 && !Engine.Codes.IsCode(form[Purpose]), Purpose, "Referral.ConsentPurposeMissing");
        Missing(form[Scope] is not (Whole or Some), Scope, "Referral.ConsentScopeMissing");
        var steps = form.All(Steps).Select(s => new NodeId(s)).Where(s => chain.FindStep(s) is not null).ToList();
        Missing(form[Scope] == Some && steps.Count == 0, Steps, "Referral.ConsentStepsMissing");
        var until = DayOf(Until);
        Wrong(until < given, Until, "Referral.ConsentUntilEarlier");
        Wrong(until >= given && until < today, Until, "Referral.ConsentUntilPast");
        return form.Faults.Count > before || how is null || given is null || form[Purpose].Length == 0
            ? null
            : new Consent(how.Value, given.Value, form[Purpose], until, form[Scope] == Some ? steps : null);

        DateOnly? DayOf(string field)
        {
            var day = TypedDay.Day(form[field]);
            Wrong(day is null && form[field].Length > 0, field, "Referral.DayWrong");
            return day;
        }

        void Missing(bool isSo, string field, string key) => Wrong(isSo && !lenient, field, key);

        void Wrong(bool isSo, string field, string key)
        {
            if (isSo && form.FaultOf(field) is null)
            {
                form.Fault(field, words[key]);
            }
        }
    }
}
