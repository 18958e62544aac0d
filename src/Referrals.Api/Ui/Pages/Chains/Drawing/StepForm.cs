using System.Globalization;
using System.Text.Json;
using Referrals.Api.Ui.Forms;
using Referrals.Engine;
using Referrals.Engine.Chains;

namespace Referrals.Api.Ui.Pages.Chains.Drawing;

/// <summary>The form of a step: its fields, and what they say.</summary>
internal static class StepForm
{
    public const string Title = "titel";
    public const string TitleEn = "titel-en";
    public const string Service = "dienst";
    public const string Partner = "partner";
    public const string NewPartner = "partner-neu";
    public const string Offer = "angebot";
    public const string Acknowledge = "bestaetigen";
    public const string Complete = "abschliessen";
    public const string Remind = "erinnern";
    public const string Escalate = "eskalieren";
    public const string OnDecline = "ablehnung";
    public const string Outcomes = "ergebnis";
    public const string PassFacts = "weiter";
    public const string ReturnFacts = "zurueck-angaben";
    public const string Feedback = "rueckmeldung";
    public const string Secrecy = "schweigepflicht";

    /// <summary>The field in which a part of a step stands, such as <c>partners[0]</c>.</summary>
    public static string FieldOf(string part) => part.Split('[', '.')[0] switch
    {
        "service" => Service,
        "partners" => NewPartner,
        "offer" => Offer,
        "acknowledgeWithin" => Acknowledge,
        "completeWithin" => Complete,
        "remindBefore" => Remind,
        "escalateAfter" => Escalate,
        "onDecline" => OnDecline,
        "outcomes" => Outcomes,
        "passFacts" => PassFacts,
        "returnFacts" => ReturnFacts,
        "feedback" => Feedback,
        "secrecy" => Secrecy,
        _ => part == "title.en" ? TitleEn : Title,
    };

    /// <summary>The form with what a step says.</summary>
    public static FormInput Of(ChainNode.Step step) => FormInput.Of(
    [
        (Title, step.Title?.De), (TitleEn, step.Title?.En), (Service, step.Service), (Offer, Code(step.Offer)), (OnDecline, Code(step.OnDecline)),
        (Feedback, Code(step.Feedback)), (Secrecy, step.Secrecy ? "ja" : ""), (Acknowledge, step.AcknowledgeWithin == 0 ? "" : Number(step.AcknowledgeWithin)), (Complete, Number(step.CompleteWithin)),
        (Remind, Number(step.RemindBefore)), (Escalate, Number(step.EscalateAfter)),
        .. step.Partners.Select(p => (Partner, (string?)p.Value)), .. step.Outcomes.Select(o => (Outcomes, (string?)o)),
        .. step.PassFacts.Select(f => (PassFacts, (string?)f)), .. step.ReturnFacts.Select(f => (ReturnFacts, (string?)f)),
    ]);

    /// <summary>The step as the form says; what can't be read is noted in the form, and then there is none.</summary>
    public static ChainNode.Step? Read(FormInput form, ChainNode.Step step, Words words)
    {
        var (acknowledge, complete) = (Days(form, Acknowledge, words), Days(form, Complete, words));
        var (remind, escalate) = (Days(form, Remind, words), Days(form, Escalate, words));
        var partners = form.All(Partner).Append(form[NewPartner]).Where(Codes.IsCode).Distinct();
        return !form.IsValid ? null : step with
        {
            Title = TextForm.Read(form, Title, TitleEn),
            Service = form[Service],
            Partners = [.. partners.Select(p => new OrganisationId(p))],
            Offer = Word(form[Offer], step.Offer),
            OnDecline = Word(form[OnDecline], step.OnDecline),
            Feedback = Word(form[Feedback], step.Feedback),
            Secrecy = form.Holds(Secrecy, "ja"),
            AcknowledgeWithin = acknowledge ?? 0,
            CompleteWithin = complete,
            RemindBefore = remind,
            EscalateAfter = escalate,
            Outcomes = [.. form.All(Outcomes).Distinct()],
            PassFacts = [.. form.All(PassFacts).Distinct()],
            ReturnFacts = [.. form.All(ReturnFacts).Distinct()],
        };
    }

    /// <summary>What was changed between two states of a step, applied on another: what is the same in both stays as it is there.</summary>
    public static ChainNode.Step OnTop(ChainNode.Step before, ChainNode.Step mine, ChainNode.Step theirs)
    {
        return mine with
        {
            Title = Pick(s => s.Title),
            Service = Pick(s => s.Service),
            Partners = PickList(s => s.Partners),
            Offer = Pick(s => s.Offer),
            OnDecline = Pick(s => s.OnDecline),
            Feedback = Pick(s => s.Feedback),
            Secrecy = Pick(s => s.Secrecy),
            AcknowledgeWithin = Pick(s => s.AcknowledgeWithin),
            CompleteWithin = Pick(s => s.CompleteWithin),
            RemindBefore = Pick(s => s.RemindBefore),
            EscalateAfter = Pick(s => s.EscalateAfter),
            Outcomes = PickList(s => s.Outcomes),
            PassFacts = PickList(s => s.PassFacts),
            ReturnFacts = PickList(s => s.ReturnFacts),
        };

        T Pick<T>(Func<ChainNode.Step, T> of) => EqualityComparer<T>.Default.Equals(of(before), of(mine)) ? of(theirs) : of(mine);

        IReadOnlyList<T> PickList<T>(Func<ChainNode.Step, IReadOnlyList<T>> of) => of(before).SequenceEqual(of(mine)) ? of(theirs) : of(mine);
    }

    /// <summary>A word of the language for one of several.</summary>
    public static string Code<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static T Word<T>(string code, T otherwise)
        where T : struct, Enum => Enum.GetValues<T>().Where(v => Code(v) == code).DefaultIfEmpty(otherwise).First();

    private static string Number(int? days) => days?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static int? Days(FormInput form, string field, Words words)
    {
        if (form[field].Length == 0)
        {
            return null;
        }

        if (int.TryParse(form[field], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days))
        {
            return days;
        }

        form.Fault(field, words["Designer.NotANumber"]);
        return null;
    }
}

/// <summary>Texts in German and English in a form.</summary>
internal static class TextForm
{
    /// <summary>The text of two fields; an empty English one is none.</summary>
    public static LocalText Read(FormInput form, string de, string en) => new(Lines(form[de]), form[en] is { Length: > 0 } english ? Lines(english) : null);

    /// <summary>The text; null where nothing was typed.</summary>
    public static LocalText? ReadOrNone(FormInput form, string de, string en) => form[de].Length == 0 && form[en].Length == 0 ? null : Read(form, de, en);

    // A browser ends lines with two characters, of which the first is a fault in a chain.
    private static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
}
