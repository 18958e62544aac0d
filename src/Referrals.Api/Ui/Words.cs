using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;

namespace Referrals.Api.Ui;

/// <summary>
/// Every text of the pages, from the resources in <c>Ui/Words</c>: German, and English beside it. A key begins with the name of its
/// file: <c>Shell.SkipLink</c> stands in <c>Shell.resx</c> and <c>Shell.en.resx</c>. The language is that of the request.
/// </summary>
public sealed class Words
{
    private static readonly ConcurrentDictionary<string, ResourceManager> Files = new();

    /// <summary>The text of a key.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public string this[string key] => Find(key) ?? throw new KeyNotFoundException($"there are no words for '{key}'");

    /// <summary>The text of a key with values at <c>{0}</c> and so on, written in the language's own way.</summary>
    public string this[string key, params object?[] values] => string.Format(CultureInfo.CurrentCulture, this[key], values);

    /// <summary>The text for so many: <c>key.One</c> for one, else <c>key.Many</c>; <c>{0}</c> is the number, what follows are the values.</summary>
    public string Count(string key, long count, params object?[] values) =>
        this[key + (count == 1 ? ".One" : ".Many"), [count, .. values]];

    /// <summary>The text of a key, or null when there is none.</summary>
    public string? Find(string key) => FindIn(key, CultureInfo.CurrentUICulture);

    /// <summary>The text of a key in a language, or null when there is none.</summary>
    public static string? FindIn(string key, CultureInfo language)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        return dot <= 0 ? null : Files.GetOrAdd(key[..dot], Open)?.GetString(key, language);
    }

    /// <summary>The text of a code such as a status or a reason: the key is <paramref name="prefix"/>, a dot, and the code.</summary>
    public string Code(string prefix, string code) => this[$"{prefix}.{code}"];

    /// <summary>The text of a chain's or organisation's own words in the request's language, German where there is none.</summary>
    public static string Of(Engine.Chains.LocalText text) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" && text.En is { Length: > 0 } english ? english : text.De;

    /// <summary>What people wrote; where it was erased, the word for that.</summary>
    public string Shown(string written) => written == Engine.SealedAttribute.ErasedText ? this["Timeline.Gone"] : written;

    private static ResourceManager Open(string file) => new($"{typeof(Words).FullName}.{file}", typeof(Words).Assembly);
}
