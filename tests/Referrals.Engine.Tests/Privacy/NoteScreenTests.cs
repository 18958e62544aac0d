using System.Diagnostics;
using System.Text;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Tests.Privacy;

public sealed class NoteScreenTests
{
    [Theory]
    [InlineData("Kita ab 6 Uhr")]
    [InlineData("3 Kinder")]
    [InlineData("Pflegegrad 2")]
    [InlineData("§ 16a SGB II")]
    [InlineData("Bus 571")]
    [InlineData("Mo–Fr 8–16 Uhr")]
    [InlineData("Leistungen nach SGB II 2 Monate offen, SGB XII 1 Antrag")]
    [InlineData("Termin am 3.9. um 14:30 Uhr, Raum 2.04")]
    [InlineData("Arbeitszeit 06:00-14:30, ab September 2026")]
    [InlineData("Schulden ca. 12.500 Euro bei 7 Gläubigern")]
    [InlineData("Miete 450,00 € warm; 1.234.567 €")]
    [InlineData("PLZ 03238, Buslinie 571, 2 Zimmer, 65 qm")]
    [InlineData("Das Kind ist 2 1/2 Jahre alt; 24/7 Betreuung geht nicht")]
    [InlineData("Bescheid vom Vormonat liegt vor, bitte bis KW 37 melden")]
    [InlineData("MO-FR 8-16 Uhr, SA 9-12 Uhr")]
    [InlineData("Neugeborenes, Geburt im Mai; Geburtsurkunde fehlt")]
    [InlineData("Azubi im 2. Lehrjahr")]
    [InlineData("B1-Kurs ab KW 40, C1 nicht nötig, A2 vorhanden")]
    [InlineData("z.B. Tagesmutter o.ä., ggf. Hort")]
    [InlineData("2026/2027 nur vormittags, 20 bis 30 Stunden")]
    [InlineData("Erste Zeile\nzweite Zeile\tmit Abstand")]
    [InlineData("Familie spricht Українська und العربية 👩‍👧")]
    public void Harmless_text_passes(string text) => Assert.Equal(text, Passed(text).Text);

    [Theory]
    [InlineData("Mail an anna.muster@example.org bitte", "e-mail", "anna.muster@example.org")]
    [InlineData("anna (at) example (punkt) org", "e-mail", "anna (at) example (punkt) org")]
    [InlineData("mehr auf https://example.org/x?y=1 hier", "url", "https://example.org/x?y=1")]
    [InlineData("siehe www.example.org", "url", "www.example.org")]
    [InlineData("Profil: beispiel.de/anna", "url", "beispiel.de/anna")]
    [InlineData("unter +49 3531 123456 erreichbar", "phone", "+49 3531 123456")]
    [InlineData("unter 0049-3531-123456", "phone", "0049-3531-123456")]
    [InlineData("unter 03531/123456", "phone", "03531/123456")]
    [InlineData("unter (03531) 12 34 56", "phone", "(03531) 12 34 56")]
    [InlineData("0151 23456789", "phone", "0151 23456789")]
    [InlineData("Handy: 151 2345678", "phone", "Handy: 151 2345678")]
    [InlineData("Konto DE89370400440532013000", "iban", "DE89370400440532013000")]
    [InlineData("Konto DE89 3704 0044 0532 0130 00 bitte", "iban", "DE89 3704 0044 0532 0130 00")]
    [InlineData("Konto de88 3704 0044 0532 0130 00 bitte", "iban", "de88 3704 0044 0532 0130 00")]
    [InlineData("Konto GB82 WEST 1234 5698 7654 32", "iban", "GB82 WEST 1234 5698 7654 32")]
    [InlineData("RV 15070649C103", "pension-number", "15070649C103")]
    [InlineData("RV 65 180539 W 00 1", "pension-number", "65 180539 W 00 1")]
    [InlineData("RV 15070649C104", "pension-number", "15070649C104")]
    [InlineData("KV A123456780.", "health-insurance-number", "A123456780")]
    [InlineData("KV x110411675", "health-insurance-number", "x110411675")]
    [InlineData("KV A 000 500 016", "health-insurance-number", "A 000 500 016")]
    [InlineData("ID 36574261809", "tax-id", "36574261809")]
    [InlineData("ID 86 095 742 719", "tax-id", "86 095 742 719")]
    [InlineData("ID 36574261808", "tax-id", "36574261808")]
    [InlineData("St.-Nr. 048/815/08155", "tax-number", "048/815/08155")]
    [InlineData("St.-Nr. 2893081508152", "tax-number", "2893081508152")]
    [InlineData("Ausweis L01X00T471", "identity-card", "L01X00T471")]
    [InlineData("Ausweis L01X00T47", "identity-card", "L01X00T47")]
    [InlineData("Nummer 123A456789", "customer-number", "123A456789")]
    [InlineData("BG 04402BG0012345", "benefit-unit-number", "04402BG0012345")]
    [InlineData("BG 04402//0012345", "benefit-unit-number", "04402//0012345")]
    [InlineData("faehrt EE-AB 123", "car-plate", "EE-AB 123")]
    [InlineData("Auto: FI X 12E", "car-plate", "FI X 12E")]
    [InlineData("Az. 12 F 34/25", "file-number", "Az. 12 F 34/25")]
    [InlineData("Geschäftszeichen: II-47.3", "file-number", "Geschäftszeichen: II-47.3")]
    [InlineData("mein Zeichen 4711", "file-number", "mein Zeichen 4711")]
    [InlineData("Mutter, 12.03.1989,", "date-of-birth", "12.03.1989")]
    [InlineData("Kind 1.2.21", "date-of-birth", "1.2.21")]
    [InlineData("Kind 12. 03. 2019", "date-of-birth", "12. 03. 2019")]
    [InlineData("Kind vom 3. März 2019", "date-of-birth", "3. März 2019")]
    [InlineData("1989-03-12", "date-of-birth", "1989-03-12")]
    [InlineData("geb. 1989", "date-of-birth", "geb. 1989")]
    [InlineData("Frau, geboren am dritten Mai", "date-of-birth", "geboren am dritten")]
    public void What_tells_who_it_is_is_blocked_in_place(string text, string kind, string place)
    {
        var blocked = Assert.IsType<ScreenResult.Blocked>(NoteScreen.Screen(text));
        var hit = Assert.Single(blocked.Hits);
        Assert.Equal((kind, place), (hit.Kind, text.Substring(hit.Start, hit.Length)));
        Assert.InRange(hit.Certainty, 0.1, 1);
    }

    [Theory]
    [InlineData("15070649C103", "15070649C104")]
    [InlineData("65180539W001", "65180539W002")]
    [InlineData("A123456780", "A123456781")]
    [InlineData("X110411675", "X110411674")]
    [InlineData("A000500015", "A000500016")]
    [InlineData("36574261809", "36574261808")]
    [InlineData("86095742719", "86095742718")]
    [InlineData("DE89370400440532013000", "DE88370400440532013000")]
    [InlineData("L01X00T471", "L01X00T472")]
    public void A_right_check_digit_only_raises_the_certainty(string right, string wrong)
    {
        var (sure, unsure) = (Hit(right), Hit(wrong));
        Assert.Equal(sure.Kind, unsure.Kind);
        Assert.True(sure.Certainty > unsure.Certainty);
    }

    [Theory]
    [InlineData("KV A12\u200b3456\u00ad780 fehlt", "A12\u200b3456\u00ad780")]
    [InlineData("ID 86\u00a0095\u202f742\u2009719", "86\u00a0095\u202f742\u2009719")]
    [InlineData("EE\u2011AB\u2013123 steht da", "EE\u2011AB\u2013123")]
    [InlineData("Nr. ３６５７４２６１８０９", "３６５７４２６１８０９")]
    [InlineData("u\u0308ber 0151\u200d23456789", "0151\u200d23456789")]
    public void Disguises_are_seen_through_and_shown_where_they_are(string text, string place)
    {
        var hit = Assert.Single(Assert.IsType<ScreenResult.Blocked>(NoteScreen.Screen(text)).Hits);
        Assert.Equal(place, text.Substring(hit.Start, hit.Length));
    }

    [Fact]
    public void Every_hit_is_named()
    {
        var blocked = Assert.IsType<ScreenResult.Blocked>(NoteScreen.Screen("x@example.org, 0151 23456789 und EE-AB 123"));
        Assert.Equal(["e-mail", "phone", "car-plate"], blocked.Hits.Select(h => h.Kind));
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("", "empty")]
    [InlineData(" \n\t", "empty")]
    [InlineData("\u200b", "empty")]
    [InlineData("Kita\0frei", "control-characters")]
    [InlineData("Kita\u001bfrei", "control-characters")]
    public void What_is_no_text_is_unusable(string? text, string code) =>
        Assert.Equal(code, Assert.IsType<ScreenResult.Unusable>(NoteScreen.Screen(text)).Code);

    // Not inline data: half a pair does not survive in an attribute.
    [Fact]
    public void Half_a_character_is_unusable() =>
        Assert.Equal("control-characters", Assert.IsType<ScreenResult.Unusable>(NoteScreen.Screen("Kita \ud83d frei")).Code);

    [Fact]
    public void A_note_has_at_most_500_characters()
    {
        Assert.Equal(500, Passed(new string('ä', 500)).Text.Length);
        Assert.Equal("too-long", Assert.IsType<ScreenResult.Unusable>(NoteScreen.Screen(new string('ä', 501))).Code);
    }

    [Fact]
    public void A_note_is_kept_composed_and_trimmed() => Assert.Equal("für Mütter", Passed(" fu\u0308r Mu\u0308tter\n").Text);

    [Theory]
    [InlineData("1")]
    [InlineData("12")]
    [InlineData("0 ")]
    [InlineData("a.")]
    [InlineData("a@")]
    [InlineData("A1")]
    [InlineData("DE8")]
    [InlineData("1.1.")]
    [InlineData("Az. ")]
    [InlineData("geb. ")]
    [InlineData("A-B ")]
    [InlineData("() /.-")]
    [InlineData("www.")]
    [InlineData("e\u0301\u200b")]
    public void Hostile_repetition_is_fast(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 500))[..500];
        NoteScreen.Screen(text);
        var watch = Stopwatch.StartNew();
        NoteScreen.Screen(text);
        Assert.True(watch.ElapsedMilliseconds < 250, $"took {watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public void Any_text_gets_a_verdict_with_hits_inside_it()
    {
        var random = new Random(7);
        const string Alphabet = "0123456789ABCDEZabe .-/@+()\u200b\u0308ü\u00a0–\ud83d\udc69";
        for (var round = 0; round < 5_000; round++)
        {
            var text = new StringBuilder();
            for (var i = random.Next(1, 60); i > 0; i--)
            {
                text.Append(Alphabet[random.Next(Alphabet.Length)]);
            }

            if (NoteScreen.Screen(text.ToString()) is ScreenResult.Blocked blocked)
            {
                Assert.All(blocked.Hits, h => Assert.True(h.Length > 0 && h.Start >= 0 && h.Start + h.Length <= text.Length));
            }
        }
    }

    [Theory]
    [InlineData("JC-2026-0147")]
    [InlineData("2026/0147")]
    [InlineData("Fall-2026-17")]
    [InlineData("K.17_b")]
    [InlineData("4711")]
    [InlineData("EE-AW/2026/000123")]
    [InlineData("case-1")]
    public void A_case_reference_of_letters_and_digits_passes(string reference) =>
        Assert.Equal(reference, Assert.IsType<ScreenResult.Passed>(NoteScreen.ScreenCaseReference(reference)).Note.Text);

    [Theory]
    [InlineData("Anna", "name")]
    [InlineData("Anna-Muster", "name")]
    [InlineData("Muster-12", "name")]
    [InlineData("MUSTER2026", "name")]
    [InlineData("muster.2", "name")]
    [InlineData("Max1", "name")]
    [InlineData("A123456780", "health-insurance-number")]
    [InlineData("15070649C103", "pension-number")]
    [InlineData("36574261809", "tax-id")]
    [InlineData("123A456789", "customer-number")]
    [InlineData("04402BG0012345", "benefit-unit-number")]
    [InlineData("12.03.1989", "date-of-birth")]
    [InlineData("JC-12.03.1989", "date-of-birth")]
    public void A_case_reference_is_no_name_and_no_number_of_a_person(string reference, string kind) => Assert.Equal(
        kind, Assert.Single(Assert.IsType<ScreenResult.Blocked>(NoteScreen.ScreenCaseReference(reference)).Hits).Kind);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("Frau 12", "case-reference-characters")]
    [InlineData("12;drop", "case-reference-characters")]
    [InlineData("12345678901234567890123456789012345678901", "too-long")]
    public void A_case_reference_has_a_plain_form(string reference, string code) =>
        Assert.Equal(code, Assert.IsType<ScreenResult.Unusable>(NoteScreen.ScreenCaseReference(reference)).Code);

    private static Note Passed(string text)
    {
        var result = NoteScreen.Screen(text);
        Assert.True(result is ScreenResult.Passed, result is ScreenResult.Blocked blocked ? string.Join(", ", blocked.Hits) : result.ToString());
        return ((ScreenResult.Passed)result).Note;
    }

    private static ScreenHit Hit(string text) => Assert.Single(Assert.IsType<ScreenResult.Blocked>(NoteScreen.Screen(text)).Hits);
}
