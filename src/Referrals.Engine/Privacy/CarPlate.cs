using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Referrals.Engine.Privacy.Reading;

namespace Referrals.Engine.Privacy;

/// <summary>
/// Number plates: a district that exists, letters, digits. Joined ones and those in small letters look like words of other kinds too
/// often, and count only after words such as <c>Kennzeichen</c>.
/// </summary>
internal static partial class CarPlate
{
    private const int TimeLimitMs = 1000;
    private static readonly FrozenSet<string> Districts = EmbeddedWords.Read("plates.txt").ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenSet<string> Weekdays = "MO DI MI DO FR SA SO".Split(' ').ToFrozenSet();

    private static readonly Anchors OfCars = new("kennzeichen nummernschild auto pkw wagen fährt kfz fahrzeug");

    /// <summary>Every plate.</summary>
    public static IEnumerable<ScreenHit> Find(ScreenText text)
    {
        foreach (Match match in Apart().Matches(text.Plain))
        {
            var (district, letters) = (match.Groups[1].Value, match.Groups[2].Value);
            if (Districts.Contains(district) && !(Weekdays.Contains(district) && (Weekdays.Contains(letters) || match.Value.Contains(' ', StringComparison.Ordinal))))
            {
                yield return Hit(text, match.Index, match.Length, 0.6);
            }
        }

        foreach (Match match in OfCars.In(text.Plain) ? Named().Matches(text.Plain) : Enumerable.Empty<Match>())
        {
            var plate = match.Groups[1];
            yield return Hit(text, plate.Index, plate.Length, 0.7);
        }
    }

    private static ScreenHit Hit(ScreenText text, int index, int length, double certainty)
    {
        var (start, originalLength) = text.Original(index, length);
        return new ScreenHit(start, originalLength, "car-plate", certainty);
    }

    // The look-ahead lets laws, norms and abbreviations pass that are districts too.
    [GeneratedRegex(@"(?<![\p{L}\p{Nd}])(?!(?:SGB|BGB|SGG|VO|EU|EG|DIN|ISO|TEL|NR|AB|BIS|UM|AM|IM|IN|AN|CA|PG)[ -])([A-ZÄÖÜ]{1,3})(?: ?[-:*·_] ?| )([A-Z]{1,2})[ -]?[1-9]\d{0,3}[EH]?(?![\p{L}\p{Nd}])", RegexOptions.CultureInvariant, TimeLimitMs)]
    private static partial Regex Apart();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}])(?:(?:kfz-?|auto-?)?kennzeichen|nummernschild|auto|pkw|wagen|fährt|kfz|fahrzeug)[: ]{1,3}(?:ist |lautet |mit )?([A-ZÄÖÜ]{1,3}[ -]{0,2}[A-Z]{1,2}[ -]?[1-9]\d{1,3}[EH]?)(?![\p{L}\p{Nd}])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeLimitMs)]
    private static partial Regex Named();
}
