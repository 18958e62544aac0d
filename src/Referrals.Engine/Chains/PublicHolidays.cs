namespace Referrals.Engine.Chains;

/// <summary>A public holiday of a federal state in one year.</summary>
/// <param name="Date">The day.</param>
/// <param name="Name">Its name.</param>
public sealed record PublicHoliday(DateOnly Date, LocalText Name);

/// <summary>
/// The public holidays of the sixteen federal states by year, as their holiday acts name them. German Unity Day is federal law
/// (Article 2 (2) of the Unification Treaty); every other day is the states' law:
/// BW § 1 FTG, BY Art. 1 FTG, BE § 1 Feiertagsgesetz, BB § 2 FTG, HB § 2 Feiertagsgesetz, HH § 1 Feiertagsgesetz, HE § 1 HFeiertagsG,
/// MV § 2 FTG M-V, NI § 2 NFeiertagsG, NW § 2 Feiertagsgesetz NW, RP § 2 LFtG, SL § 2 SFG, SN § 1 SächsSFG, ST § 2 FeiertG LSA,
/// SH § 2 SFTG, TH § 2 ThürFGtG.
/// </summary>
/// <remarks>
/// Left out because they hold in single municipalities only: Assumption Day in the predominantly Catholic municipalities of
/// Bavaria, the Peace Festival of Augsburg, Corpus Christi in some municipalities of Saxony and Thuringia.
/// The 24th and the 31st of December are working days in every state. The rules are those since 1995, when Repentance Day was
/// given up outside Saxony; earlier years are computed by the same rules.
/// </remarks>
public static class PublicHolidays
{
    /// <summary>The codes of the federal states: ISO 3166-2:DE without the prefix.</summary>
    public static IReadOnlyList<string> FederalStates { get; } =
        ["BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH"];

    /// <summary>The holidays of a federal state in a year, in order of date; a day with two names is listed twice.</summary>
    /// <exception cref="ArgumentException">No federal state has this code.</exception>
    public static IReadOnlyList<PublicHoliday> Of(string federalState, int year)
    {
        if (!FederalStates.Contains(federalState))
        {
            throw new ArgumentException("no federal state has this code", nameof(federalState));
        }

        return [.. Nationwide(year).Concat(OfState(federalState, year)).Concat(OnceOnly(federalState, year)).OrderBy(h => h.Date)];
    }

    /// <summary>Easter Sunday of a year of the Gregorian calendar (the anonymous algorithm, after Meeus, Astronomical Algorithms, ch. 8).</summary>
    public static DateOnly EasterSunday(int year)
    {
        int a = year % 19, b = year / 100, c = year % 100;
        var f = (b + 8) / 25;
        var g = (b - f + 1) / 3;
        var h = ((19 * a) + b - (b / 4) - g + 15) % 30;
        var l = (32 + (2 * (b % 4)) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new DateOnly(year, n / 31, (n % 31) + 1);
    }

    // The Wednesday before the 23rd of November, that is eleven days before the first Sunday of Advent.
    private static DateOnly RepentanceDay(int year)
    {
        var last = new DateOnly(year, 11, 22);
        return last.AddDays(-(((int)last.DayOfWeek - (int)DayOfWeek.Wednesday + 7) % 7));
    }

    private static IEnumerable<PublicHoliday> Nationwide(int year)
    {
        var easter = EasterSunday(year);
        yield return On(year, 1, 1, "Neujahr", "New Year's Day");
        yield return On(easter.AddDays(-2), "Karfreitag", "Good Friday");
        yield return On(easter.AddDays(1), "Ostermontag", "Easter Monday");
        yield return On(year, 5, 1, "Tag der Arbeit", "Labour Day");
        yield return On(easter.AddDays(39), "Christi Himmelfahrt", "Ascension Day");
        yield return On(easter.AddDays(50), "Pfingstmontag", "Whit Monday");
        yield return On(year, 10, 3, "Tag der Deutschen Einheit", "German Unity Day");
        yield return On(year, 12, 25, "1. Weihnachtstag", "Christmas Day");
        yield return On(year, 12, 26, "2. Weihnachtstag", "Boxing Day");
    }

    private static IEnumerable<PublicHoliday> OfState(string state, int year)
    {
        var easter = EasterSunday(year);
        if (state is "BW" or "BY" or "ST")
        {
            yield return On(year, 1, 6, "Heilige Drei Könige", "Epiphany");
        }

        // Berlin: act of 30 January 2019; Mecklenburg-Vorpommern: act of 23 June 2022.
        if ((state is "BE" && year >= 2019) || (state is "MV" && year >= 2023))
        {
            yield return On(year, 3, 8, "Internationaler Frauentag", "International Women's Day");
        }

        if (state is "BB")
        {
            yield return On(easter, "Ostersonntag", "Easter Sunday");
            yield return On(easter.AddDays(49), "Pfingstsonntag", "Whit Sunday");
        }

        if (state is "BW" or "BY" or "HE" or "NW" or "RP" or "SL")
        {
            yield return On(easter.AddDays(60), "Fronleichnam", "Corpus Christi");
        }

        if (state is "SL")
        {
            yield return On(year, 8, 15, "Mariä Himmelfahrt", "Assumption Day");
        }

        foreach (var holiday in OfStateInAutumn(state, year))
        {
            yield return holiday;
        }
    }

    private static IEnumerable<PublicHoliday> OfStateInAutumn(string state, int year)
    {
        if (state is "TH" && year >= 2019)
        {
            yield return On(year, 9, 20, "Weltkindertag", "World Children's Day");
        }

        // The four northern states made it a holiday in 2018.
        if (state is "BB" or "MV" or "SN" or "ST" or "TH" || (year >= 2018 && (state is "HB" or "HH" or "NI" or "SH")))
        {
            yield return On(year, 10, 31, "Reformationstag", "Reformation Day");
        }

        if (state is "BW" or "BY" or "NW" or "RP" or "SL")
        {
            yield return On(year, 11, 1, "Allerheiligen", "All Saints' Day");
        }

        if (state is "SN")
        {
            yield return On(RepentanceDay(year), "Buß- und Bettag", "Repentance Day");
        }
    }

    private static IEnumerable<PublicHoliday> OnceOnly(string state, int year)
    {
        // 500 years of Reformation: the other states made it a holiday once, by acts and ordinances of their own.
        if (year == 2017 && state is not ("BB" or "MV" or "SN" or "ST" or "TH"))
        {
            yield return On(year, 10, 31, "Reformationstag", "Reformation Day");
        }

        // 75 and 80 years since the end of the war and 75 years since the uprising of 1953: § 1 of Berlin's act.
        if (state is "BE" && (year is 2020 or 2025))
        {
            yield return On(year, 5, 8, "Tag der Befreiung", "Liberation Day");
        }

        if (state is "BE" && year == 2028)
        {
            yield return On(year, 6, 17, "Jahrestag des Aufstandes vom 17. Juni 1953", "Anniversary of the uprising of 17 June 1953");
        }
    }

    private static PublicHoliday On(int year, int month, int day, string de, string en) => On(new DateOnly(year, month, day), de, en);

    private static PublicHoliday On(DateOnly date, string de, string en) => new(date, new LocalText(de, en));
}
