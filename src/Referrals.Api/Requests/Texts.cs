using System.Diagnostics;
using Referrals.Api.Answers;
using Referrals.Engine.Privacy;

namespace Referrals.Api.Requests;

/// <summary>Screens the free texts of one request and collects what is wrong with them.</summary>
internal sealed class Texts
{
    private readonly List<Fault> _faults = [];

    /// <summary>What is wrong with the texts.</summary>
    public IReadOnlyList<Fault> Faults => _faults;

    /// <summary>The note, or null when none was given or it has faults.</summary>
    /// <param name="field">Where it stands.</param>
    /// <param name="text">The text.</param>
    /// <param name="keep">Why names may stay; null: they may not.</param>
    public Note? Optional(string field, string? text, KeptNames? keep = null) => text is null ? null : Required(field, text, keep);

    /// <summary>The note, or null when it has faults.</summary>
    /// <param name="field">Where it stands.</param>
    /// <param name="text">The text.</param>
    /// <param name="keep">Why names may stay; null: they may not.</param>
    public Note? Required(string field, string text, KeptNames? keep = null) => Judge(field, NoteScreen.Screen(text, keep));

    /// <summary>The case reference, as it is kept; empty when it has faults.</summary>
    public string CaseReference(string field, string text) => Judge(field, NoteScreen.ScreenCaseReference(text))?.Text ?? "";

    /// <summary>The answer to a request whose texts, or other parts, have faults.</summary>
    public ProblemResult Refused(params IReadOnlyList<Fault> others)
    {
        var error = _faults.Any(f => f.Hits is not null) ? HttpErrors.NoteBlocked : HttpErrors.Invalid;
        return new ProblemResult(Problem.Of(error, null, [.. _faults, .. others]));
    }

    private Note? Judge(string field, ScreenResult result)
    {
        switch (result)
        {
            case ScreenResult.Passed passed:
                return passed.Note;
            case ScreenResult.Blocked blocked:
                _faults.Add(EngineErrors.FaultOf(field, blocked));
                return null;
            case ScreenResult.Unusable unusable:
                _faults.Add(new Fault(field, $"text-{unusable.Code}", unusable.Message));
                return null;
            default:
                throw new UnreachableException();
        }
    }
}
