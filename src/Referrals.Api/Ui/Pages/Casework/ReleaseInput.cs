using Referrals.Api.Ui.Forms;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Pages.Casework;

/// <summary>A client's release from professional secrecy as a form asks for it, apart from the consent.</summary>
internal static class ReleaseInput
{
    /// <summary>How all fields begin.</summary>
    public const string Prefix = "entbindung-";

    /// <summary>How it was given; <see cref="None"/>: not.</summary>
    public const string Form = Prefix + "form";

    /// <summary>Day it was given.</summary>
    public const string Given = Prefix + "am";

    /// <summary>The steps covered.</summary>
    public const string Steps = Prefix + "schritte";

    /// <summary>Last day on which it counts.</summary>
    public const string Until = Prefix + "bis";

    /// <summary>There is none yet.</summary>
    public const string None = "keine";

    /// <summary>The steps of a chain that need a release.</summary>
    public static IReadOnlyList<ChainNode.Step> StepsOf(ChainVersion chain) => [.. chain.Steps().Where(s => s.Secrecy)];

    /// <summary>The values of the fields for a release that is known.</summary>
    public static IEnumerable<(string Name, string? Value)> Values(Release release) =>
    [
        (Form, release.Form == ConsentForm.Written ? ConsentInput.Written : ConsentInput.Electronic), (Given, TypedDay.Value(release.Given)),
        .. release.Steps.Select(s => (Steps, (string?)s.Value)), (Until, release.Until is { } until ? TypedDay.Value(until) : null),
    ];

    /// <summary>The release, or null when there is none or something is wrong, which is noted in the form.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="chain">The chain whose steps it may cover.</param>
    /// <param name="today">None is given after it or has ended before it.</param>
    /// <param name="words">For the faults.</param>
    /// <param name="optional">Without one nothing is wrong.</param>
    public static Release? Read(FormInput form, ChainVersion chain, DateOnly today, Words words, bool optional)
    {
        var before = form.Faults.Count;
        if (optional && form[Form] is "" or None)
        {
            return null;
        }

        var how = form[Form] switch { ConsentInput.Written => ConsentForm.Written, ConsentInput.Electronic => ConsentForm.Electronic, _ => (ConsentForm?)null };
        Wrong(how is null, Form, "Referral.ReleaseFormMissing");
        var (given, until) = (DayOf(Given), DayOf(Until));
        Wrong(form[Given].Length == 0, Given, "Referral.ReleaseGivenMissing");
        Wrong(given > today, Given, "Referral.Refusal.release-in-future");
        Wrong(until < given || until < today, Until, "Referral.Refusal.release-expired");
        var steps = form.All(Steps).Select(s => new NodeId(s)).Where(s => chain.FindStep(s) is { Secrecy: true }).ToList();
        Wrong(steps.Count == 0, Steps, "Referral.ConsentStepsMissing");
        return form.Faults.Count > before || how is null || given is null ? null : new Release(how.Value, given.Value, until, steps);

        DateOnly? DayOf(string field)
        {
            var day = TypedDay.Day(form[field]);
            Wrong(day is null && form[field].Length > 0, field, "Referral.DayWrong");
            return day;
        }

        void Wrong(bool isSo, string field, string key)
        {
            if (isSo && form.FaultOf(field) is null)
            {
                form.Fault(field, words[key]);
            }
        }
    }
}
