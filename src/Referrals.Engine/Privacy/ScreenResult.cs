namespace Referrals.Engine.Privacy;

/// <summary>What the screen says of a text.</summary>
public abstract record ScreenResult
{
    private ScreenResult() { }

    /// <summary>Nothing found: the text may be stored and sent.</summary>
    public sealed record Passed(Note Note) : ScreenResult;

    /// <summary>Something that could tell who the person is; where, and of what kind.</summary>
    public sealed record Blocked(IReadOnlyList<ScreenHit> Hits) : ScreenResult;

    /// <summary>Not a text that can be kept: empty, too long, or with control characters. A stable code and a sentence.</summary>
    public sealed record Unusable(string Code, string Message) : ScreenResult;
}

/// <summary>A place in a text that could tell who the person is.</summary>
/// <param name="Start">Index of its first character (UTF-16).</param>
/// <param name="Length">Its length.</param>
/// <param name="Kind">Code of the kind, such as <c>e-mail</c> or <c>iban</c>.</param>
/// <param name="Certainty">0 to 1; a right check digit raises it. It never decides whether the text is blocked.</param>
public sealed record ScreenHit(int Start, int Length, string Kind, double Certainty);
