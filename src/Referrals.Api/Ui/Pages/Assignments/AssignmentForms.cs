using System.Globalization;
using Referrals.Api.Ui.Forms;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.Privacy;

namespace Referrals.Api.Ui.Pages.Assignments;

/// <summary>A form that was sent, and what reading it needs.</summary>
/// <param name="Form">The values.</param>
/// <param name="Words">The texts.</param>
/// <param name="Login">Who sent it.</param>
/// <param name="NewId">Makes ids.</param>
internal sealed record SentForm(FormInput Form, Words Words, string Login, NewId NewId)
{
    /// <summary>What the screen found in its text.</summary>
    public IReadOnlyList<ScreenHit> Hits { get; private set; } = [];

    /// <summary>The text of a field as a note; null when it has faults, which are noted.</summary>
    public Note? Note(string field)
    {
        var (note, hits, fault) = NoteInput.Read(Form, field, Words);
        if (fault is not null)
        {
            Hits = hits;
            Form.Fault(field, fault);
        }

        return note;
    }
}

/// <summary>Reads what people fill in for an act; null: something is wrong, which the form then says.</summary>
internal static class AssignmentForms
{
    /// <summary>Reason for declining.</summary>
    public const string Reason = "grund";

    /// <summary>Words to the reason.</summary>
    public const string ReasonText = "grundtext";

    /// <summary>The question.</summary>
    public const string Question = "frage";

    /// <summary>Outcome of a completion.</summary>
    public const string Outcome = "ergebnis";

    /// <summary>A colleague's sign-in name.</summary>
    public const string Colleague = "person";

    /// <summary>What is taken back.</summary>
    public const string What = "was";

    /// <summary>Beginning of the names of facts' fields.</summary>
    public const string Fact = "angabe-";

    /// <summary>The field of the page for a field that the engine names.</summary>
    public static string FieldOf(string field) => field switch
    {
        "reason" => Reason,
        "note" => ReasonText,
        "outcome" => Outcome,
        "assignee" => Colleague,
        _ when field.StartsWith("facts.", StringComparison.Ordinal) => Fact + field["facts.".Length..],
        _ => "",
    };

    public static AssignmentCommand? Decline(AssignmentModel model, SentForm sent)
    {
        var (form, reason) = (sent.Form, sent.Form[Reason]);
        if (!DeclineReasons.All.Contains(reason))
        {
            form.Fault(Reason, sent.Words["Assignment.Refusal.decline-reason-unknown"]);
        }

        var note = form[ReasonText].Length > 0 ? sent.Note(ReasonText) : null;
        if (reason == DeclineReasons.Other && form[ReasonText].Length == 0)
        {
            form.Fault(ReasonText, sent.Words["Assignment.Refusal.decline-note-missing"]);
        }

        return form.IsValid ? new AssignmentCommand.Decline(reason, note) : null;
    }

    public static AssignmentCommand? Ask(AssignmentModel model, SentForm sent) =>
        sent.Note(Question) is { } text ? new AssignmentCommand.Ask(QuestionId.From(sent.NewId()), text) : null;

    public static AssignmentCommand? Give(AssignmentModel model, SentForm sent)
    {
        var to = sent.Form[Colleague];
        if (model.Colleagues.Any(c => c.Value == to))
        {
            return new AssignmentCommand.Assign(to);
        }

        sent.Form.Fault(Colleague, sent.Words["Assignment.Refusal.assignee-invalid"]);
        return null;
    }

    public static AssignmentCommand? Undo(AssignmentModel model, SentForm sent) =>
        sent.Form[What] == "annahme" ? new AssignmentCommand.UndoAcceptance() : new AssignmentCommand.UndoAcknowledgement();

    public static AssignmentCommand? Complete(AssignmentModel model, SentForm sent)
    {
        var (form, step) = (sent.Form, model.View.Step);
        if (!step.Outcomes.Contains(form[Outcome]))
        {
            form.Fault(Outcome, sent.Words["Assignment.Refusal.outcome-not-allowed"]);
        }

        var facts = new Dictionary<string, FactValue>();
        foreach (var fact in step.ReturnFacts.Select(model.View.Chain.FindFact).OfType<FactDeclaration>())
        {
            var typed = form[Fact + fact.Name];
            if (typed.Length > 0 && Read(fact.Type, typed) is { } value)
            {
                facts.Add(fact.Name, value);
            }
            else if (typed.Length > 0)
            {
                form.Fault(Fact + fact.Name, Wrong(sent.Words, fact));
            }
        }

        return form.IsValid ? new AssignmentCommand.Complete(form[Outcome], facts) : null;
    }

    private static FactValue? Read(FactType type, string typed)
    {
        FactValue? value = type switch
        {
            FactType.WholeNumber => int.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? new FactValue.Number(number) : null,
            FactType.YesNo => typed is "ja" or "nein" ? new FactValue.YesNo(typed == "ja") : null,
            FactType.Month => Month(typed) is { } month ? new FactValue.Month(month) : null,
            FactType.CodeList => new FactValue.Code(typed),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return value is not null && type.Allows(value) ? value : null;
    }

    // As browsers send it, and as people write it where the browser has no field for months.
    private static DateOnly? Month(string typed) =>
        DateOnly.TryParseExact(typed, ["yyyy-MM", "MM.yyyy", "M.yyyy", "MM/yyyy", "M/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) ? first : null;

    private static string Wrong(Words words, FactDeclaration fact) => fact.Type switch
    {
        FactType.WholeNumber bounds => words["Assignment.FactNumber", Words.Of(fact.Title), bounds.Min, bounds.Max],
        FactType.Month => words["Assignment.FactMonth", Words.Of(fact.Title)],
        _ => words["Assignment.FactChoice", Words.Of(fact.Title)],
    };
}
