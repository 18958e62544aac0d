namespace Referrals.Api.Security.SignIn;

/// <summary>
/// The kind of browser and system that a session was begun with, so that one knows one's own again. From a fixed list: what the browser says of itself
/// is kept nowhere.
/// </summary>
/// <param name="Browser">One of <see cref="Browsers"/>.</param>
/// <param name="System">One of <see cref="Systems"/>.</param>
public sealed record BrowserKind(string Browser, string System)
{
    /// <summary>Neither of the others.</summary>
    public const string Other = "other";

    /// <summary>All browsers that are told apart.</summary>
    public static readonly IReadOnlyList<string> Browsers = ["edge", "opera", "firefox", "chrome", "safari", Other];

    /// <summary>All systems that are told apart.</summary>
    public static readonly IReadOnlyList<string> Systems = ["android", "ios", "windows", "macos", "linux", Other];

    // Each names those that it descends from, so the special ones come first.
    private static readonly (string Mark, string Code)[] BrowserMarks =
    [
        ("Edg", "edge"), ("OPR/", "opera"), ("Firefox/", "firefox"), ("FxiOS/", "firefox"), ("Chrome/", "chrome"), ("CriOS/", "chrome"), ("Safari/", "safari"),
    ];

    private static readonly (string Mark, string Code)[] SystemMarks =
    [
        ("Android", "android"), ("iPhone", "ios"), ("iPad", "ios"), ("Windows", "windows"), ("Macintosh", "macos"), ("Linux", "linux"), ("CrOS", "linux"),
    ];

    /// <summary>What a request's <c>User-Agent</c> says.</summary>
    public static BrowserKind Of(string? userAgent) => new(Find(BrowserMarks, userAgent), Find(SystemMarks, userAgent));

    private static string Find((string Mark, string Code)[] marks, string? text) =>
        marks.FirstOrDefault(m => text?.Contains(m.Mark, StringComparison.Ordinal) == true).Code ?? Other;
}
