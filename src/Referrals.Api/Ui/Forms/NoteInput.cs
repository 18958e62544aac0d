using System.Diagnostics;
using Referrals.Engine.Privacy;

namespace Referrals.Api.Ui.Forms;

/// <summary>Free text as a form asks for it: screened, with what was found and a sentence that says what is wrong.</summary>
internal static class NoteInput
{
    /// <summary>End of the name of the field with the reason why names may stay in a text.</summary>
    public const string KeptSuffix = "-namen";

    /// <summary>The note of a field, in which names may stay when a reason was chosen; or what the screen found, and why it can't be taken.</summary>
    public static (Note? Note, IReadOnlyList<ScreenHit> Hits, string? Fault) Read(FormInput form, string field, Words words) =>
        Read(form[field], words, KeptNamesCodes.Find(form[field + KeptSuffix]));

    /// <summary>The note; or what the screen found, and why it can't be taken.</summary>
    public static (Note? Note, IReadOnlyList<ScreenHit> Hits, string? Fault) Read(string typed, Words words, KeptNames? keep = null) => NoteScreen.Screen(typed, keep) switch
    {
        ScreenResult.Passed passed => (passed.Note, [], null),
        ScreenResult.Blocked blocked => (null, blocked.Hits, words.Count("Form.NoteBlocked", blocked.Hits.Count)),
        ScreenResult.Unusable { Code: "empty" } => (null, [], words["Form.NoteEmpty"]),
        ScreenResult.Unusable { Code: "too-long" } => (null, [], words["Form.NoteTooLong", Note.MaxLength]),
        ScreenResult.Unusable => (null, [], words["Form.NoteCharacters"]),
        _ => throw new UnreachableException(),
    };
}
