namespace Referrals.Api.Ui.Pages.StartReferral;

/// <summary>A page of the guided start.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Name">Its name in the address.</param>
/// <param name="Fields">What the names of its own fields begin with.</param>
public sealed record StartStep(int Number, string Name, params IReadOnlyList<string> Fields)
{
    /// <summary>Which chain.</summary>
    public static readonly StartStep Chain = new(1, "kette", StartFields.Chain);

    /// <summary>The case reference.</summary>
    public static readonly StartStep Case = new(2, "fall", StartFields.CaseReference);

    /// <summary>The consent.</summary>
    public static readonly StartStep Consent = new(3, "einwilligung", Casework.ConsentInput.Prefix, Casework.ReleaseInput.Prefix);

    /// <summary>Partners, optional parts, facts.</summary>
    public static readonly StartStep Partners = new(4, "partner", StartFields.Partner, StartFields.Part, FactInput.Prefix, StartFields.Seen);

    /// <summary>The note.</summary>
    public static readonly StartStep Note = new(5, "notiz", StartFields.Note, StartFields.Note + Forms.NoteInput.KeptSuffix);

    /// <summary>Check and send.</summary>
    public static readonly StartStep Check = new(6, "pruefen");

    /// <summary>All, in order.</summary>
    public static IReadOnlyList<StartStep> All { get; } = [Chain, Case, Consent, Partners, Note, Check];

    /// <summary>The page of this name, or null.</summary>
    public static StartStep? Find(string name) => All.FirstOrDefault(s => s.Name == name);

    /// <summary>The one before, or null.</summary>
    public StartStep? Before => Number > 1 ? All[Number - 2] : null;

    /// <summary>The next one. The last has none.</summary>
    public StartStep Next => All[Number];

    /// <summary>Whether a field is one of this page.</summary>
    public bool Owns(string field) => Fields.Any(f => f.EndsWith('-') ? field.StartsWith(f, StringComparison.Ordinal) : field == f);
}

/// <summary>Fields of the guided start beside those of consent and facts.</summary>
internal static class StartFields
{
    /// <summary>The chain.</summary>
    public const string Chain = "kette";

    /// <summary>The case reference.</summary>
    public const string CaseReference = "fallkuerzel";

    /// <summary>Partner of a step: followed by the step's id.</summary>
    public const string Partner = "partner-";

    /// <summary>Whether an optional part is included: followed by its id.</summary>
    public const string Part = "teil-";

    /// <summary>To be decided later.</summary>
    public const string Later = "spaeter";

    /// <summary>Chain and version whose partners and facts the person saw.</summary>
    public const string Seen = "gesehen";

    /// <summary>The note.</summary>
    public const string Note = "notiz";

    /// <summary>The draft.</summary>
    public const string Draft = "entwurf";

    /// <summary>What the pressed button does.</summary>
    public const string Do = "tun";

    /// <summary>Keep the draft and close.</summary>
    public const string Keep = "speichern";
}
