using System.Collections.Frozen;

namespace Referrals.Engine.Privacy.Names;

/// <summary>The words beside which names and places stand.</summary>
internal static class NameWords
{
    /// <summary>Before a family name.</summary>
    public static readonly FrozenSet<string> Salutations = Set("frau fr herr herrn hr hrn familie fam eheleute ehepaar frl fräulein fraeulein mr mrs ms dr prof doktor madame monsieur");

    /// <summary>After a salutation, before the name itself.</summary>
    public static readonly FrozenSet<string> Titles = Set("dr prof med dipl doktor professor phil jur rer nat ing rechtsanwalt rechtsanwältin ra");

    /// <summary>Within a family name.</summary>
    public static readonly FrozenSet<string> Particles = Set("von van vom der den de del della di da dos do al el abu ibn bin ben bint zu zur zum ter ten la le mc st abd ould ait");

    /// <summary>People, before whose name they may stand.</summary>
    public static readonly FrozenSet<string> Relations = Set(
        "tochter töchter sohn söhne sohnes kind kinder kindes baby säugling mutter vater mama papa mutti vati oma opa großmutter großvater grossmutter grossvater bruder schwester brüder schwestern geschwister zwilling zwillinge ehemann ehefrau ehegatte ehegattin ex exmann exfrau ex-mann ex-frau ex-partner ex-partnerin expartner expartnerin ex-freund ex-freundin partner partnerin lebensgefährte lebensgefährtin lebenspartner lebenspartnerin freund freundin verlobter verlobte mann tante onkel cousin cousine nichte neffe enkel enkelin enkelkind stiefvater stiefmutter stiefsohn stieftochter stiefkind halbbruder halbschwester pflegekind pflegemutter pflegevater schwiegermutter schwiegervater schwiegersohn schwiegertochter schwager schwägerin nachbar nachbarin mitbewohner mitbewohnerin klient klientin kl kd kunde kundin teilnehmer teilnehmerin patient patientin bewohner bewohnerin jugendlicher jugendliche schüler schülerin betreuer betreuerin betreuter betreute kollege kollegin vermieter vermieterin mandant mandantin ehepartner kindsvater kindesvater kindsmutter kindesmutter km kv säuglings junge mädchen bub sachbearbeiter sachbearbeiterin fallmanager fallmanagerin hebamme erzieherin lehrerin lehrer ansprechpartner ansprechpartnerin anwalt anwältin ra rechtsanwalt rechtsanwältin psychologin psychologe witwe witwer vormund leistungsberechtigte leistungsberechtigter antragsteller antragstellerin hausarzt hausärztin kinderarzt kinderärztin ärztin arzt azubi jüngste jüngster älteste ältester kleine kleiner große großer");

    /// <summary>People who are known by their family name; these are relations too.</summary>
    public static readonly FrozenSet<string> Roles = Set("betreuer betreuerin kollege kollegin sachbearbeiter sachbearbeiterin fallmanager fallmanagerin hebamme erzieherin lehrerin lehrer ansprechpartner ansprechpartnerin anwalt anwältin ra rechtsanwalt rechtsanwältin psychologin psychologe vermieter vermieterin nachbar nachbarin kunde kundin klient klientin mandant mandantin patient patientin hausarzt hausärztin kinderarzt kinderärztin arzt ärztin sb gez unterzeichnet vormund mieter mieterin untermieter untermieterin klassenlehrer klassenlehrerin bezugserzieherin bezugserzieher");

    /// <summary>How words for people end who are known by their family name: <c>Klassenlehrer</c>, <c>Kita-Leiterin</c>.</summary>
    public static readonly FrozenSet<string> RoleEndings = Set("lehrer lehrerin leiter leiterin berater beraterin helfer helferin pfleger pflegerin betreuer betreuerin arbeiter arbeiterin erzieher erzieherin mieter mieterin ärztin doktorin therapeutin therapeut anwalt anwältin psychologin mutter vater tochter sohn schwester bruder freund freundin");

    /// <summary>After these somebody may stand who is met, meant or cared for.</summary>
    public static readonly FrozenSet<string> Towards = Set("mit für von bei an ohne durch und laut lt gegen wegen wird haben hat übernimmt übernahm betreut kennt besucht holt bringt unterstützt begleitet informiert");

    /// <summary>What a person does, in the third person.</summary>
    public static readonly FrozenSet<string> Deeds = Set("ist hat braucht wird kann möchte will geht lebt wohnt kommt war sucht arbeitet spricht benötigt bekommt macht soll muss darf bittet trinkt hilft hört stottert schläft zahlt wünscht zieht wartet erhält hatte würde meldet sagt sagte fragt weiß besucht leidet lernt passt ruft rief schreibt schrieb fühlt kennt mag nimmt schafft sieht steht bringt holt betreut");

    /// <summary>After these a name is told.</summary>
    public static readonly FrozenSet<string> Cues = Set("heißt heisst heiße heißen namens name vorname nachname familienname rufname geburtsname mädchenname genannt gez unterzeichnet gruß grüße mfg lg vg nennt hieß geborene");

    /// <summary>Those cues behind which a full stop ends no sentence.</summary>
    public static readonly FrozenSet<string> ShortCues = Set("gez mfg lg vg");

    /// <summary>What a single letter behind them says, which is then no initial: <c>Merkzeichen G. Kita</c>.</summary>
    public static readonly FrozenSet<string> Lettered = Set("merkzeichen klasse gruppe buchstabe haus block aufgang raum stufe typ modul hepatitis vitamin plan teil anlage kategorie variante");

    /// <summary>Things whose own name follows, or that "are called" something.</summary>
    public static readonly FrozenSet<string> Houses = Set("kita kindergarten krippe hort haus schule grundschule oberschule gymnasium förderschule klinik klinikum krankenhaus stift st sankt villa verein projekt stiftung familienzentrum zentrum heim wohnheim kinderhaus pflegeheim altenheim treff café cafe einrichtung träger maßnahme kurs programm amt jobcenter beratungsstelle praxis werk gemeinde kirche verlag firma gmbh hotel pension bäckerei heilige heiligen santa san frauenhaus tagespflege sprachschule bildungszentrum berufsschule oberstufenzentrum caritas awo diakonie drk wohngruppe gruppe linie haltestelle termin sprechstunde tafel arche volkshochschule vhs hochschule universität uni praktikum agentur gesundheitsamt jugendamt sozialamt amtsgericht gericht landratsamt ausländerbehörde schuldnerberatung suchtberatung kurse standort filiale außenstelle");

    /// <summary>Words that put somebody into a place.</summary>
    public static readonly FrozenSet<string> Living = Set("wohnt wohnte wohnen wohnhaft wohnend lebt lebte leben lebend gelebt gewohnt gemeldet zieht ziehen zog zogen gezogen umgezogen zugezogen hergezogen weggezogen verzogen umzuziehen umziehen umzug wegzug zuzug stammt stammen stammend kommt kommen kam kamen gekommen gebürtig gebürtige gebürtiger geflohen geflüchtet wohnort wohnsitz heimatort geburtsort heimatstadt untergebracht aufgewachsen zurück zurückgekehrt übergesiedelt wohnung haus unterkunft zuhause meldeadresse adresse anschrift wohnadresse haushalt familie eltern aufenthalt bleibt pendelt");

    /// <summary>Words that put somebody into a place, or into something else.</summary>
    public static readonly FrozenSet<string> Being = Set("steht liegt arbeitet arbeitete arbeiten tätig geboren beschäftigt angestellt pendeln fährt besucht");

    /// <summary>Prepositions of place.</summary>
    public static readonly FrozenSet<string> Whereabouts = Set("in aus nach bei nahe um bahnhof haltepunkt richtung raum stadt gemeinde ort ortsteil ot von zwischen und ab bis über dorf kreis wohnort wohnsitz heimatort geburtsort heimatstadt");

    /// <summary>Titles of months and seasons: names only beside another name.</summary>
    public static readonly FrozenSet<string> Months = Set("januar februar märz april mai juni juli august jan sommer winter herbst");

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet();
}
