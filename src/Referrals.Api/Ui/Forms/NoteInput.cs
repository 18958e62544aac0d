using System.Diagnostics;
using Referrals.Engine.Privacy;

namespace Referrals.Api.Ui.Forms;

/// <summary>Free text as a form asks for it: screened, with what was found and a sentence that says what is wrong.</summary>
internal static class NoteInput
{
    /// <summary>The note; or what the screen found, and why it can't be taken.</summary>
    public static (Note? Note, IReadOnlyList<ScreenHit> Hits, string? Fault) Read(string typed, Words words) => NoteScreen.Screen(typed) switch
    {
        ScreenResult.Passed passed => (passed.Note, [], null),
        ScreenResult.Blocked blocked => (null, blocked.Hits, words.Count("Form.NoteBlocked", blocked.Hits.Count)),
        ScreenResult.Unusable { Code: "empty" } => (null, [], words["Form.NoteEmpty"]),
        ScreenResult.Unusable { Code: "too-long" } => (null, [], words["Form.NoteTooLong", Note.MaxLength]),
        ScreenResult.Unusable => (null, [], words["Form.NoteCharacters"]),
        _ => throw new UnreachableException(),
    };
}
