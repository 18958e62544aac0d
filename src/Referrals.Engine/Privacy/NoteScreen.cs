using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Referrals.Engine.Privacy.Reading;

namespace Referrals.Engine.Privacy;

/// <summary>
/// Looks for what may tell who a person is: names, places, addresses, e-mail, phone, web addresses, bank accounts, dates of birth, and
/// the numbers by which authorities, insurers and cars are known. What has the shape is blocked also when its check digit is wrong. The same screen runs
/// before a text is stored, before it is sent, and after it is received.
/// </summary>
public static partial class NoteScreen
{
    /// <summary>The longest case reference, in characters.</summary>
    public const int MaxCaseReferenceLength = 40;

    /// <summary>Screens a note.</summary>
    /// <param name="text">What somebody wrote.</param>
    /// <param name="keep">Why names and places in it may stay, where the chain allows that; null: they may not. Anything else that is found blocks in any case.</param>
    /// <returns>
    /// <see cref="ScreenResult.Passed"/> with the trimmed text in composed form (NFC); <see cref="ScreenResult.Blocked"/> with every
    /// hit, by its place in <paramref name="text"/>; or <see cref="ScreenResult.Unusable"/> with the code <c>empty</c>,
    /// <c>too-long</c> or <c>control-characters</c>.
    /// </returns>
    public static ScreenResult Screen(string? text, KeptNames? keep = null) =>
        Usable(text, Note.MaxLength) ?? Judge(text!, ScreenRules.FindInNote, keep);

    /// <summary>
    /// Looks through a text of any length and of any characters.
    /// </summary>
    /// <param name="text">The text, such as one line of a file.</param>
    /// <returns>Every hit, by its place in <paramref name="text"/>, in order and without overlap.</returns>
    public static IReadOnlyList<ScreenHit> Find(string text) => Merge(ScreenRules.FindInNote(ScreenText.From(text)));

    /// <summary>
    /// Screens the reference that a case holder gives to a case: 1 to 40 letters, digits and <c>-</c> <c>/</c> <c>_</c> <c>.</c>, with
    /// at least one digit, and nothing that looks like a name or like a number of a person. The codes beside those of a note:
    /// <c>case-reference-characters</c>; the kind of hit for a name is <c>name</c>.
    /// </summary>
    public static ScreenResult ScreenCaseReference(string? text)
    {
        if (Usable(text, MaxCaseReferenceLength) is { } unusable)
        {
            return unusable;
        }

        if (!CaseReferencePattern().IsMatch(text!))
        {
            return new ScreenResult.Unusable("case-reference-characters", "A case reference has letters, digits and - / _ . only.");
        }

        return Judge(text!, ScreenRules.FindInCaseReference);
    }

    private static ScreenResult.Unusable? Usable(string? text, int maxLength) =>
        string.IsNullOrWhiteSpace(text) || IsInvisible(text) ? new ScreenResult.Unusable("empty", "There is no text.")
        : text.Length > maxLength ? new ScreenResult.Unusable("too-long", $"The text is longer than {maxLength} characters.")
        : text.Any(IsControl) || !text.IsNormalizable() ? new ScreenResult.Unusable("control-characters", "The text has characters that can't be shown.")
        : text.Normalize(NormalizationForm.FormC).Length > maxLength ? new ScreenResult.Unusable("too-long", $"The text is longer than {maxLength} characters.")
        : null;

    private static ScreenResult Judge(string text, Func<ScreenText, IEnumerable<ScreenHit>> find, KeptNames? keep = null)
    {
        var hits = Merge(find(ScreenText.From(text)));
        return hits.Count > 0 && (keep is null || !hits.All(KeptNamesCodes.MayKeep))
            ? new ScreenResult.Blocked(hits)
            : new ScreenResult.Passed(new Note(text.Normalize(NormalizationForm.FormC).Trim(), hits.Count > 0 ? keep : null));
    }

    // Line breaks and tabs are typed by people; every other control character is not.
    private static bool IsControl(char c) => char.IsControl(c) && c is not ('\n' or '\r' or '\t');

    private static bool IsInvisible(string text) =>
        text.All(c => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format);

    // Where two kinds see the same place, it is named once over the whole stretch: by a right check digit, else by the one that sees
    // more of it, else by the more certain one.
    private static List<ScreenHit> Merge(IEnumerable<ScreenHit> hits)
    {
        var merged = new List<ScreenHit>();
        foreach (var hit in hits.OrderBy(h => h.Start).ThenByDescending(h => h.Certainty).ThenByDescending(h => h.Length))
        {
            if (merged.Count > 0 && merged[^1] is var last && hit.Start < last.Start + last.Length)
            {
                var end = Math.Max(last.Start + last.Length, hit.Start + hit.Length);
                var better = Rank(hit).CompareTo(Rank(last)) > 0 ? hit : last;
                merged[^1] = better with { Start = last.Start, Length = end - last.Start };
            }
            else
            {
                merged.Add(hit);
            }
        }

        return merged;
    }

    private static (bool Right, int Length, double Certainty) Rank(ScreenHit hit) =>
        (hit.Certainty >= ScreenRule.CertaintyOfRightCheckDigit, hit.Length, hit.Certainty);

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{Nd}\p{Mn}/_.-]*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CaseReferencePattern();
}
