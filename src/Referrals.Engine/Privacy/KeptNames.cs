using System.Text.Json.Serialization;

namespace Referrals.Engine.Privacy;

/// <summary>Why what the screen takes for a name or a place stays in a note.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<KeptNames>))]
public enum KeptNames
{
    /// <summary>It is a word, no name of a person and no place where one lives.</summary>
    [JsonStringEnumMemberName("no-person")]
    NoPerson,

    /// <summary>Somebody who is named in an office: a colleague, a doctor, a teacher.</summary>
    [JsonStringEnumMemberName("professional")]
    Professional,

    /// <summary>A service or where one is.</summary>
    [JsonStringEnumMemberName("service")]
    Service,
}

/// <summary>The codes of reasons, and what may be kept for one.</summary>
public static class KeptNamesCodes
{
    private static readonly Dictionary<string, KeptNames> Reasons = new(StringComparer.Ordinal)
    {
        ["no-person"] = KeptNames.NoPerson,
        ["professional"] = KeptNames.Professional,
        ["service"] = KeptNames.Service,
    };

    /// <summary>Every code.</summary>
    public static IReadOnlyCollection<string> All => Reasons.Keys;

    /// <summary>The code of a reason.</summary>
    public static string CodeOf(KeptNames reason) => Reasons.First(r => r.Value == reason).Key;

    /// <summary>The reason of a code; null: there is none such.</summary>
    public static KeptNames? Find(string? code) => code is not null && Reasons.TryGetValue(code, out var reason) ? reason : null;

    /// <summary>Whether a find of this kind can be kept: names and places, never numbers, contacts, dates or addresses.</summary>
    public static bool MayKeep(ScreenHit hit) => hit.Kind is "name" or "place";
}
