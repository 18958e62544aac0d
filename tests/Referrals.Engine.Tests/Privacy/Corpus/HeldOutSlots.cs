using Bogus;

namespace Referrals.Engine.Tests.Privacy.Corpus;

/// <summary>What fills the slots of the part held out: names and streets from the lists of Bogus, in forms of their own.</summary>
internal sealed class HeldOutSlots : ISlots
{
    private static readonly string[] Locales = ["de", "de", "de", "de_AT", "tr", "tr", "pl", "ro", "cz", "it", "es", "fr", "pt_PT", "hr", "vi", "sk", "nl", "en", "sv", "lv"];
    private static readonly string[] Place = "Gröden|Hirschfeld|Heideblick|Märkisch Buchholz|Rehfelde|Wriezen|Letschin|Golßen|Bestensee|Bad Muskau|Rietschen|Schipkau|Niesky|Ostritz|Pulsnitz|Bischofswerda|Wilsdruff|Nossen|Frohburg|Zeulenroda|Kahla|Pößneck|Bad Lobenstein|Bebra|Alsfeld|Büdingen|Nidda|Prüm|Gerolstein|Cochem|Tartus|Melitopol|Berdjansk|Sokoto|Tamale|Gondar|Bamyan|Essen|München|Halle|Erfurt|Hannover|Leipzig|Bukarest|Plowdiw|Homs".Split('|');
    private readonly Dictionary<string, Faker> _fakers = Locales.Distinct().ToDictionary(l => l, l => new Faker(l) { Random = new Randomizer(11) });

    private static readonly string[] Words = ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"];

    public string Fill(string slot, Random random)
    {
        return slot switch
        {
            "first" => Person(f => f.Name.FirstName()),
            "last" => Person(f => f.Name.LastName()),
            "commonlast" => Pick(["müller", "schmidt", "yilmaz", "lehmann", "nguyen", "petrenko"]),
            "initial" => $"{Person(f => f.Name.FirstName())[0]}.",
            "single" => $"{Person(f => f.Name.LastName()).ToUpperInvariant()[0]}.",
            "place" => Pick(Place),
            "address" => $"{_fakers["de"].Address.StreetName()} {random.Next(1, 120)}{Pick(["", "", "c", "-5"])}{Pick(["", "", ", 04910 Elsterwerda", ", 15907 Lübben"])}",
            "phone" => PhoneOf(Numbers.Phone(random)),
            "email" => Pick(["kaczmarek-familie@example.net", "tom_99@example.com", "sandra punkt koehler at t-online punkt de", "bernd{at}example{dot}org", "JUTTA@EXAMPLE.ORG", "p.vogt klammeraffe freenet punkt de", "xenia at gmail dot com", "olli@beispiel"]),
            "iban" => Pick([Numbers.Iban(random), Numbers.Grouped(Numbers.Iban(random), " ", 4, 4, 4, 4, 4), Numbers.Grouped(Numbers.Iban(random), ".", 4, 4, 4, 4, 4), Numbers.Iban(random).ToLowerInvariant(), Numbers.Grouped(Numbers.Iban(random), " ", 2, 2, 8)]),
            "pension" => Pick([Numbers.Pension(random), Numbers.Grouped(Numbers.Pension(random), "-", 2, 6, 1), Numbers.Grouped(Numbers.Pension(random), "/", 2, 6, 1, 2)]),
            "health" => Pick([Numbers.Health(random), Numbers.Grouped(Numbers.Health(random), "-", 1, 3, 3), Numbers.Health(random).ToLowerInvariant()]),
            "taxid" => Pick([Numbers.TaxId(random), Numbers.Grouped(Numbers.TaxId(random), ".", 2, 3, 3), Numbers.Grouped(Numbers.TaxId(random), "/", 2, 3, 3)]),
            "taxnumber" => Pick([$"{Numbers.Digits(random, 2)}/{Numbers.Digits(random, 3)}/{Numbers.Digits(random, 5)}", $"{Numbers.Digits(random, 3)} {Numbers.Digits(random, 3)} {Numbers.Digits(random, 5)}", Numbers.Digits(random, 13)]),
            "idcard" => Numbers.IdCard(random),
            "customer" => $"{Numbers.Digits(random, 3)}{Numbers.Letters(random, "ABCDEF", 1)}{Numbers.Digits(random, 6)}",
            "benefit" => $"{Numbers.Digits(random, 5)}{Pick(["BG", "bg", "-BG-"])}{Numbers.Digits(random, 7)}",
            "file" => Pick([$"{random.Next(1, 400)}-{random.Next(10, 99)} {random.Next(100, 999)}", $"IV C {random.Next(1, 9)} {random.Next(10, 400)}/{random.Next(20, 27)}", $"JA-{Numbers.Digits(random, 5)}"]),
            "birth" => Pick([$"{random.Next(1, 29):00}.{random.Next(1, 13):00}.{random.Next(1950, 2024)}", $"{random.Next(1, 29)}.{random.Next(1, 13)}.{random.Next(50, 99)}", $"{random.Next(1, 29)}. {Pick(["Oktober", "Juni", "Dez."])} {random.Next(1960, 2024)}", $"{random.Next(1960, 2024)}-0{random.Next(1, 10)}-{random.Next(10, 29)}", $"{random.Next(1, 29)}/{random.Next(1, 13)}/{random.Next(1960, 2024)}", "dritten August neunzehnhunderteinundachtzig"]),
            "plate" => Pick([$"B-{Numbers.Letters(random, "CDEFG", 2)} {random.Next(1000, 9999)}", $"LDS {Numbers.Letters(random, "CDEFG", 2)} {random.Next(10, 999)}", $"HVL-{Numbers.Letters(random, "CDEFG", 1)} {random.Next(10, 999)}E"]),
            "handle" => Pick(["@sandra.koehler", "xx_tom_xx", "melek.1999", "marek_pl"]),
            "url" => Pick(["http://example.net/profil?id=7", "tom-vogt.example.com", "www.example.de", "familie-vogt dot com"]),
            _ => throw new ArgumentOutOfRangeException(nameof(slot), slot, "there is no such slot"),
        };

        string Person(Func<Faker, string> of) => of(_fakers[Pick(Locales)]);

        string Pick(string[] of) => of[random.Next(of.Length)];

        string PhoneOf(string number) => random.Next(8) switch
        {
            0 => number,
            1 => Numbers.Grouped(number, ".", 4, 3),
            2 => Numbers.Grouped(number, " / ", 4, 3),
            3 => "0049" + number[1..],
            4 => "+49 (0)" + Numbers.Grouped(number[1..], " - ", 3),
            5 => string.Join(", ", number.Select(c => Words[c - '0']).Chunk(3).Select(g => string.Join(' ', g))),
            6 => "O" + Numbers.Grouped(number[1..], " ", 3, 4),
            _ => $"({number[..4]}) {number[4..]}",
        };
    }
}
