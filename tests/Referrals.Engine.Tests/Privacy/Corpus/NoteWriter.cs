using System.Text;
using System.Text.RegularExpressions;
using Referrals.Workers.Commands.Screen;

namespace Referrals.Engine.Tests.Privacy.Corpus;

/// <summary>Writes labelled notes: sentences from a list, slots filled, now and then written as people write who are in a hurry or hide something.</summary>
internal sealed partial class NoteWriter(string part, ISlots slots, int seed)
{
    private const double ShareHarmless = 0.48;
    private static readonly Dictionary<string, string> Kinds =
        ("last=name first=name rare=name rarelast=name smallfirst=name plurallast=name village=place street=address commonlast=name initial=name single=name place=place address=address phone=phone email=e-mail iban=iban pension=pension-number "
            + "health=health-insurance-number taxid=tax-id taxnumber=tax-number idcard=identity-card customer=customer-number benefit=benefit-unit-number "
            + "file=file-number birth=date-of-birth plate=car-plate handle=url url=url").Split(' ').Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1]);

    private readonly Random _random = new(seed);
    private readonly string[] _harmless = Frames($"{part}-harmless.txt");
    private readonly string[] _telling = Frames($"{part}-telling.txt");

    /// <summary>So many notes, no two alike.</summary>
    public IReadOnlyList<LabelledNote> Write(int count)
    {
        var notes = new Dictionary<string, LabelledNote>();
        for (var (n, told) = (0, 0); notes.Count < count; n++)
        {
            var note = n % 100 < 100 * ShareHarmless ? Harmless() : Telling(_telling[told++ % _telling.Length]);
            if (note.Text.Length <= Engine.Privacy.Note.MaxLength)
            {
                notes.TryAdd(note.Text, note);
            }
        }

        return [.. notes.Values];
    }

    private static string[] Frames(string file) =>
        [.. File.ReadLines(Repository.File($"tests/Referrals.Engine.Tests/Privacy/Corpus/{file}")).Where(l => l.Length > 0 && l[0] != '#')];

    private LabelledNote Harmless() => Join([.. Pieces(Pick(_harmless)), .. _random.Next(3) == 0 ? [] : Pieces(" " + Pick(_harmless))]);

    private LabelledNote Telling(string frame) => _random.Next(3) switch
    {
        0 => Join([.. Pieces(frame)]),
        1 => Join([.. Pieces(Pick(_harmless) + " "), .. Pieces(frame)]),
        _ => Join([.. Pieces(frame), .. Pieces(" " + Pick(_harmless))]),
    };

    private IEnumerable<(string Text, string? Kind)> Pieces(string frame)
    {
        var at = 0;
        foreach (Match slot in Slot().Matches(frame))
        {
            yield return (frame[at..slot.Index], null);
            var name = slot.Groups[1].Value;
            yield return slot.Value.StartsWith("{{", StringComparison.Ordinal) ? (Disguised(slots.Fill(name, _random), name), Kinds[name]) : (Plain(name), null);
            at = slot.Index + slot.Length;
        }

        yield return (frame[at..], null);
    }

    private LabelledNote Join(IReadOnlyCollection<(string Text, string? Kind)> pieces)
    {
        var haste = _random.Next(25);
        var (text, labels) = (new StringBuilder(), new List<Label>());
        foreach (var (raw, kind) in pieces)
        {
            var written = haste switch
            {
                0 => raw.Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal).Replace("ü", "ue", StringComparison.Ordinal),
                1 when kind is null or "name" or "place" or "address" => raw.ToUpperInvariant(),
                _ => raw,
            };
            if (kind is not null)
            {
                labels.Add(new Label(text.Length, written.Length, kind));
            }

            text.Append(written);
        }

        return new LabelledNote(text.ToString(), labels);
    }

    private string Disguised(string value, string slot) => (_random.Next(30), slot) switch
    {
        (0, _) when value.Length > 4 => value.Insert(value.Length / 2, "\u200b"),
        (1, _) => value.Replace(' ', '\u00a0'),
        (2, _) => value.Replace('a', 'а').Replace('e', 'е').Replace('o', 'о'),
        (3, not ("email" or "url" or "handle")) => value.Normalize(NormalizationForm.FormD),
        (4, "phone" or "iban" or "pension" or "taxid") => string.Concat(value.Select(c => char.IsAsciiDigit(c) ? (char)('０' + (c - '0')) : c)),
        (5, "last" or "first") => string.Join(' ', value.ToCharArray()),
        _ => value,
    };

    private string Plain(string name) => name switch
    {
        "n" => $"{_random.Next(2, 6)}",
        "time" => $"{_random.Next(5, 10)}",
        "bus" => $"{_random.Next(17, 42)}",
        "min" => $"{10 * _random.Next(2, 10)}",
        "year" => $"{_random.Next(2015, 2027)}",
        "amount" => Pick(["450,00 €", "1.250 Euro", "12.500 Euro", "380 €", "2.000,00 EUR", "95,50 €", "740 Euro", "10000 Euro", "1 200 €"]),
        "lang" => Pick(["Ukrainisch", "Arabisch", "Dari", "Polnisch", "Türkisch", "Tigrinya", "Russisch", "Rumänisch", "Farsi", "Vietnamesisch", "Englisch"]),
        "month" => Pick(["Januar", "März", "April", "Mai", "Juni", "August", "September", "November"]),
        "weekday" => Pick(["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Samstag"]),
        "workdate" or "workdate2" => Pick([$"{_random.Next(1, 29):00}.{_random.Next(1, 13):00}.{_random.Next(2024, 2028)}", $"{_random.Next(1, 29)}.{_random.Next(1, 13)}.{_random.Next(25, 28)}", $"{_random.Next(1, 29):00}.{_random.Next(1, 13):00}.", $"{_random.Next(1, 29)}. {Plain("month")} {_random.Next(2025, 2028)}"]),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "there is no such slot"),
    };

    private string Pick(string[] of) => of[_random.Next(of.Length)];

    [GeneratedRegex(@"\{\{?(\w+)\}\}?")]
    private static partial Regex Slot();
}

/// <summary>What fills the slots that tell who somebody is.</summary>
internal interface ISlots
{
    /// <summary>Something for a slot.</summary>
    string Fill(string slot, Random random);
}
