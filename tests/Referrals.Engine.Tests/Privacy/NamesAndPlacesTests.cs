using Referrals.Engine.Privacy;

namespace Referrals.Engine.Tests.Privacy;

public sealed class NamesAndPlacesTests
{
    [Theory]
    [InlineData("Frau Müller hat angerufen", "name", "Müller")]
    [InlineData("frau müller hat angerufen", "name", "müller")]
    [InlineData("FRAU MÜLLER BRAUCHT KITA", "name", "MÜLLER")]
    [InlineData("Bitte Herrn Kaiser anrufen", "name", "Kaiser")]
    [InlineData("Herr von der Heyde kommt", "name", "von der Heyde")]
    [InlineData("Familie d'Angelo wartet", "name", "d'Angelo")]
    [InlineData("Frau S. ist schwanger", "name", "S")]
    [InlineData("Tochter Lena braucht Hort", "name", "Lena")]
    [InlineData("Sohn Xhevahir geht zur Schule", "name", "Xhevahir")]
    [InlineData("Die Mutter heißt Olena.", "name", "Olena")]
    [InlineData("A. Schmidt hat unterschrieben", "name", "A. Schmidt")]
    [InlineData("gesprochen mit Mehmet Yılmaz", "name", "Mehmet Yılmaz")]
    [InlineData("Frau M ü l l e r kommt", "name", "M ü l l e r")]
    [InlineData("Frau Mu\u0308l\u200bler kommt", "name", "Mu\u0308l\u200bler")]
    [InlineData("Аnnа braucht Hilfe", "name", "Аnnа")]
    [InlineData("Ольга Петренко wartet", "name", "Ольга Петренко")]
    [InlineData("wohnt in Finsterwalde", "place", "Finsterwalde")]
    [InlineData("Familie ist nach Hinterpfützenhausen gezogen", "place", "Hinterpfützenhausen")]
    [InlineData("kommt aus Aleppo", "place", "Aleppo")]
    [InlineData("Meldeadresse: Lindenstr. 12b", "address", "Lindenstr. 12b")]
    [InlineData("Post an Straße des Friedens 4", "address", "Straße des Friedens 4")]
    [InlineData("wohnhaft Am Markt 3", "address", "Am Markt 3")]
    [InlineData("aus 03238 Finsterwalde", "address", "03238 Finsterwalde")]
    [InlineData("m.mueller at gmx punkt de", "e-mail", "m.mueller at gmx punkt de")]
    [InlineData("null eins sieben sechs, null vier null, sechs neun eins zwei", "phone", "null eins sieben sechs, null vier null, sechs neun eins zwei")]
    [InlineData("ruf an O176 04O691l", "phone", "O176 04O691l")]
    [InlineData("Insta: lena_k98", "url", "Insta: lena_k98")]
    [InlineData("dritten Mai neunzehnhundertneunundachtzig", "date-of-birth", "dritten Mai neunzehnhundertneunundachtzig")]
    [InlineData("am 12.03.2019 geboren", "date-of-birth", "12.03.2019")]
    [InlineData("seit 12.03.1989", "date-of-birth", "12.03.1989")]
    [InlineData("Ein Nachbar namens Ilvy hilft", "name", "Ilvy")]
    [InlineData("Der Freund wird Wastl genannt", "name", "Wastl")]
    [InlineData("Termin steht. Gruß, Petra", "name", "Petra")]
    [InlineData("LG Zdzisław", "name", "Zdzisław")]
    [InlineData("Die Schmidts ziehen um", "name", "Schmidts")]
    [InlineData("Uwes Antrag fehlt", "name", "Uwes")]
    [InlineData("Klassenlehrer Rietschel meldet Fehlzeiten", "name", "Rietschel")]
    [InlineData("Mieter Domaschke kündigt", "name", "Domaschke")]
    [InlineData("Ex-Mann João von der Heyde zahlt", "name", "João von der Heyde")]
    [InlineData("Herr Thiemann bittet um Rückruf", "name", "Thiemann")]
    [InlineData("Wir haben Zoryana nicht erreicht", "name", "Zoryana")]
    [InlineData("Laut Przemysław kein Bescheid", "name", "Przemysław")]
    [InlineData("ihre tochter dilara wartet", "name", "dilara")]
    [InlineData("FRAU HINTEREGGER MELDET SORGE", "name", "HINTEREGGER")]
    [InlineData("Ortsteil Saathain ohne Auto schwierig", "place", "Saathain")]
    [InlineData("Fahrt aus Richtung Dubrau", "place", "Dubrau")]
    [InlineData("Bahnhof Kolochau ist nah", "place", "Kolochau")]
    [InlineData("arbeitet in Wainsdorf im Lager", "place", "Wainsdorf")]
    [InlineData("pendelt nach Groß Leine", "place", "Groß Leine")]
    [InlineData("geboren in Mykolajiw", "place", "Mykolajiw")]
    [InlineData("wohnt in der Lindenstraße", "address", "Lindenstraße")]
    [InlineData("Ecke Berliner Straße", "address", "Berliner Straße")]
    [InlineData("Haus in der Ringstr. verkauft", "address", "Ringstr")]
    public void People_and_places_are_shown_where_they_stand(string text, string kind, string place)
    {
        var hit = Assert.Single(NoteScreen.Find(text));
        Assert.Equal((kind, place), (hit.Kind, text.Substring(hit.Start, hit.Length)));
        Assert.IsType<ScreenResult.Blocked>(NoteScreen.Screen(text));
    }

    [Theory]
    [InlineData("ab 01.09.2026 Betreuung")]
    [InlineData("Termin am 12.03.2026, 10:30 Uhr; Frist bis 31.12.2026")]
    [InlineData("Bescheid vom 12.03.2026 liegt vor")]
    [InlineData("Kita Sonnenschein, AWO, Caritas, Jobcenter Mitte, Frauenhaus")]
    [InlineData("Kita St. Anna und Astrid-Lindgren-Grundschule")]
    [InlineData("im Mai oder Juni, im Ernst, Lange Wartezeit, Rose im Garten, Wolf und Sommer")]
    [InlineData("spricht Ukrainisch, kommt aus Syrien")]
    [InlineData("Mutter arbeitet Schichtdienst, Kind Autismus, Vater Maler")]
    [InlineData("Das heißt Kita ab Mai; die Maßnahme heißt Perspektive")]
    [InlineData("Kein Kitaplatz 1, Platz 3 auf der Warteliste, Schulweg 15 Minuten")]
    [InlineData("lebt in Trennung, wohnt in Wohngemeinschaft, zieht in Frauenhaus")]
    [InlineData("450,00 € Miete, 12500 Euro Schulden, 1 200 € Rate")]
    [InlineData("Frau sucht Arbeit, Herr hat Rückenschmerzen, Familie wünscht Hilfe")]
    [InlineData("Umschulung zum Mechatroniker, 3. Modul")]
    [InlineData("z. B. Tagesmutter, u. U. Hort, i. d. R. Vormittag")]
    [InlineData("Frau X und Herr N.N.")]
    [InlineData("Vater Busfahrer, Mutter Koechin, Opa Witwer, Mutter Abitur, Vater Trainer")]
    [InlineData("Bedarf an Logopädie, Angst vor Abschiebung, mit Geduld und Humor")]
    [InlineData("Merkzeichen G. Pendelt täglich. Hepatitis B. Versichert ist er")]
    [InlineData("Der Verein wird Tafel genannt. Wartet auf Antwort")]
    [InlineData("FAMILIE ZURECHT, VATER ZAHLT NICHT, FRAU DOKTOR HAT ZEIT")]
    [InlineData("Geboren in Syrien, im Ausland geboren im Frauenhaus")]
    [InlineData("Klassenlehrerin Gespräch geplant, Familienhelferin Einsatz 8 Stunden, Kinderärztin Termin im Mai")]
    [InlineData("Arbeitet in Teilzeit, tätig in Gastronomie, steht in Kontakt, arbeitet in Nachtschicht")]
    [InlineData("Fahrt aus Richtung Süden, Bahnhof Mitte, Richtung Innenstadt")]
    [InlineData("Wohnung an einer Hauptstraße, Einbahnstraße, nahe der Bundesstraße 96")]
    [InlineData("Kita Lindenstraße, Haltestelle Schlossstraße, Grundschule Berliner Straße")]
    [InlineData("In Besitz einer Fahrkarte, Wohnsitz unklar, mit Unbehagen")]
    [InlineData("Die Eltern haben gekündigt, die Nachbarn auch")]
    [InlineData("Religiös ist die Familie nicht. Virtualisiertes hat sie gelernt")]
    [InlineData("Starts a training in October, needs care in the mornings. No, Monday to Friday only.")]
    [InlineData("Kommt aus Kolumbien über Mexiko, Familie in Belgien")]
    public void What_only_looks_like_it_passes(string text) => Assert.Empty(NoteScreen.Find(text));

    [Fact]
    public void Text_of_any_length_is_screened()
    {
        var text = string.Concat(Enumerable.Repeat("Kita ab 6 Uhr. ", 10_000)) + "Frau Müller";
        Assert.Equal(text.Length - 6, Assert.Single(NoteScreen.Find(text)).Start);
    }
}
