namespace Referrals.Engine.Tests.Privacy.Corpus;

/// <summary>What fills the slots of the part to develop with: names and forms written by hand.</summary>
internal sealed class DevelopSlots : ISlots
{
    private static readonly string[] First = "Lena Jonas Mehmet Olena Svitlana Ahmad Fatima Jan-Luca Anna-Lena Kevin Chantal Mandy Ronny Ayşe Mohammed Yusuf Piotr Agnieszka Ioana Desislava Ljubica Arben Thuy Kwame Awet Selam Giovanni Carmen João Chloé Emily Oskar Waltraud Horst-Dieter Gisela Uwe Doreen Silvio Enrico Zeynep Xhevahire Rojin Parwana Zabihullah Tymofij Yevheniia Ksawery Szilvia Goran Amina".Split(' ');
    private static readonly string[] Last = "Müller|Schmidt|Öztürk|Yılmaz|Kowalski|Petrenko|Nguyen|Al-Hassan|von der Heyde|Müller-Lüdenscheidt|Schulze|Krasniqi|Popescu|Dimitrova|Haile|Mensah|Rossi|Lehmann|Noack|Sommer|Kaiser|Wolf|Klein|Lange|Richter|Bauer|Koch|Şahin|Hodžić|Kovács|Bondarenko|El Masri|van Dijk|Zschoche|Quandt|Kaczmarek|Berisha|Tesfaye|Rahimi|Schäfer|Voß|Groß|d'Angelo".Split('|');
    // Names as they come, whether a list has them or not.
    private static readonly string[] Rare = "Tjorven Merle Fenja Ilvy Malou Bente Jördis Thorge Hauke Wiebke Femke Ortrun Liesbeth Käthe Gundula Sieglinde Hartmuth Ekkehard Wolfhard Edeltraut Traudl Resi Schorsch Hannelore Ilka Svantje Nele-Marie Emilia-Sophie Lennart Mattis Bosse Ylvi Xaver Korbinian Burak Emirhan Hatice Gülşen Nurcan Tuğba Seyma Berfin Dilovan Shirin Rukhsana Nasrin Parisa Behnaz Farhad Navid Kourosh Sharifullah Gul Wahida Abdulrahman Mahmoud Nour Ghada Rawan Qusai Hevin Zelal Yonas Mihret Feven Senait Abel Tsige Ngozi Chinedu Adaeze Kofi Abena Fatoumata Mamadou Oumar Thi Huong Linh Quang Bao Ngoc Oleksandr Bohdan Ihor Zoryana Halyna Vasyl Kateryna Wolodymyr Darya Ruslan Aslan Madina Zarema Małgorzata Zdzisław Grażyna Przemysław Jarosław Beata Ilinca Dragoş Marius Costel Florentina Viorica Rositsa Stoyan Penka Ivaylo Snežana Dragana Zvonimir Mirsad Emina Senad Besnik Valbona Shpresa Ardita Liridon Zsuzsanna Bence Csilla Ondřej Ladislav Vlasta Rui Telmo Inês Concetta Gaetano Piero Roula Stavros Despina Apostolos".Split(' ');
    private static readonly string[] RareLast = "Tietjen|Wulff|Harmsen|Detlefsen|Rathjen|Gödecke|Hinrichsen|Kriebel|Pötzsch|Zschiesche|Lommatzsch|Nitzsche|Domaschke|Budich|Krautz|Mattuschka|Buchwald|Kubitza|Jurisch|Mrosek|Starosta|Hanschke|Schimmank|Rietschel|Grabsch|Hofstätter|Obermaier|Niederhuber|Unterberger|Brandstetter|Hinteregger|Weigelt|Thiemann|Uhlig|Fiebig|Drescher|Sattler|Tröger|Knobloch|Lemke|Ritschel|Demir|Yıldırım|Karabulut|Aksoy|Çetinkaya|Erdoğan|Bozkurt|Abdallah|Khoury|Haddad|Nasser|Alhamdan|Darwish|Al Khatib|Mohammadi|Hosseini|Ahmadzai|Noorzai|Stanikzai|Tekle|Gebremariam|Okonkwo|Adeyemi|Diallo|Traoré|Boateng|Tran|Pham|Hoang|Vu|Shevchenko|Kravchuk|Lysenko|Melnyk|Tkachenko|Ivanova|Smirnow|Wójcik|Lewandowska|Dąbrowski|Zając|Ionescu|Stoica|Munteanu|Georgieva|Todorow|Jovanović|Marković|Begović|Hoxha|Gashi|Thaçi|Szabó|Horváth|Svoboda|Novotná|Ferreira|Esposito|Papadopoulos|Sánchez Ruiz".Split('|');
    private static readonly string[] Village = "Tröbitz|Rückersdorf|Oppelhain|Gorden|Sorno|Massen|Lindena|Münchhausen|Sallgast|Crinitz|Fichtwald|Kolochau|Stechau|Hillmersdorf|Lugau|Prösen|Wainsdorf|Saathain|Schraden|Kroppen|Groß Leine|Alt Zauche|Neu Lübbenau|Briesen|Schmogrow|Wiesenburg|Kleinkrausnik|Niemegk|Borkheide|Seddin|Klaistow|Brück-Ausbau|Ogrosen|Missen|Dubrau|Zinnitz|Kittlitz".Split('|');
    private static readonly string[] Street = "Lindenstraße|Berliner Straße|Thälmannstraße|Grünewalder Straße|Kirchgasse|Schillerallee|Ringstr.|Ziegelgasse|Heinrich-Heine-Straße|Schloßstraße".Split('|');
    private static readonly string[] Place = "Finsterwalde|Cottbus|Doberlug-Kirchhain|Elsterwerda|Bad Liebenwerda|Herzberg|Senftenberg|Lübbenau|Aleppo|Kabul|Charkiw|Dresden|Berlin|Kleinkleckersdorf|Hinterwalde|Königs Wusterhausen|Asmara|Warschau".Split('|');
    private static readonly string[] Streets = "Lindenstraße|Berliner Str.|Karl-Marx-Straße|Am Markt|Schulweg|Straße des Friedens|An der Elster|Bahnhofsplatz|Rosenallee|Kirchgasse|Hauptstr.|Lange Straße|Am Wasserturm|Friedrich-Ebert-Ring|Mühlendamm".Split('|');

    private static readonly string[] Words = ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"];

    public string Fill(string slot, Random random)
    {
        return slot switch
        {
            "first" => Pick(First),
            "last" => Pick(Last),
            "commonlast" => Pick(["müller", "schmidt", "yilmaz", "lehmann", "nguyen", "petrenko"]),
            "initial" => $"{Pick(First)[0]}.",
            "single" => $"{Pick(Last).ToUpperInvariant()[0]}.",
            "rare" => Pick(Rare),
            "rarelast" => Pick(RareLast),
            "smallfirst" => Pick(["ayla", "jonas", "mustafa", "elif", "emma", "finn", "leonie", "yusuf", "dilara", "noah", "svenja", "artjom"]),
            "plurallast" => Pick(["Schmidts", "Müllers", "Lehmanns", "Yılmaz", "Petrenkos", "Noacks", "Krügers", "Nowaks"]),
            "village" => Pick(Village),
            "street" => Pick(Street),
            "place" => Pick(Place),
            "address" => $"{Pick(Streets)} {random.Next(1, 120)}{Pick(["", "", "a", " b"])}{Pick(["", "", ", 03238 Finsterwalde"])}",
            "phone" => PhoneOf(Numbers.Phone(random)),
            "email" => Pick(["m.mueller@example.org", "lena@example.com", "m.mueller at gmx punkt de", "anna (at) example (punkt) org", "k.schmidt[at]example.de", "lena.k98 @ example . org", "mueller ät web punkt de"]),
            "iban" => Pick([Numbers.Iban(random), Numbers.Grouped(Numbers.Iban(random), " ", 4, 4, 4, 4, 4), Numbers.Grouped(Numbers.Iban(random), "-", 4, 4, 4, 4, 4)]),
            "pension" => Pick([Numbers.Pension(random), Numbers.Grouped(Numbers.Pension(random), " ", 2, 6, 1)]),
            "health" => Pick([Numbers.Health(random), Numbers.Grouped(Numbers.Health(random), " ", 1, 3, 3)]),
            "taxid" => Pick([Numbers.TaxId(random), Numbers.Grouped(Numbers.TaxId(random), " ", 2, 3, 3)]),
            "taxnumber" => $"{Numbers.Digits(random, 3)}/{Numbers.Digits(random, 3)}/{Numbers.Digits(random, 5)}",
            "idcard" => Numbers.IdCard(random),
            "customer" => $"{Numbers.Digits(random, 3)}{Numbers.Letters(random, "ABCDEF", 1)}{Numbers.Digits(random, 6)}",
            "benefit" => $"{Numbers.Digits(random, 5)}{Pick(["BG", "//", " BG "])}{Numbers.Digits(random, 7)}",
            "file" => $"{random.Next(1, 40)} F {random.Next(10, 400)}/{random.Next(20, 27)}",
            "birth" => Pick([$"{random.Next(1, 29):00}.{random.Next(1, 13):00}.{random.Next(1950, 2024)}", $"{random.Next(1, 29)}.{random.Next(1, 13)}.{random.Next(50, 99)}", $"{random.Next(1, 29)}. März {random.Next(1960, 2024)}"]),
            "plate" => Pick([$"EE-{Numbers.Letters(random, "ABKLM", 2)} {random.Next(10, 999)}", $"CB {Numbers.Letters(random, "ABKLM", 1)} {random.Next(10, 999)}", $"OSL-{Numbers.Letters(random, "XYZ", 2)}{random.Next(10, 999)}"]),
            "handle" => Pick(["lena_k98", "@mehmet.03", "kevin.cb", "olena_ua"]),
            "url" => Pick(["www.example.org/lena", "https://example.org/x", "facebook.com/lena.muster", "example punkt de"]),
            _ => throw new ArgumentOutOfRangeException(nameof(slot), slot, "there is no such slot"),
        };

        string Pick(string[] of) => of[random.Next(of.Length)];

        string PhoneOf(string number) => random.Next(8) switch
        {
            0 => number,
            1 => Numbers.Grouped(number, " ", 4, 2, 2, 2),
            2 => Numbers.Grouped(number, "/", 4),
            3 => "+49 " + Numbers.Grouped(number[1..], " ", 3, 3),
            4 => Numbers.Grouped(number, "-", 5),
            5 => string.Join(' ', number.Select(c => Words[c - '0'])),
            6 => string.Join(' ', number.ToCharArray()),
            _ => $"({number[..4]}) {number[4..]}",
        };
    }
}
