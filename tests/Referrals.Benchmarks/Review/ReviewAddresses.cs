using System.Globalization;
using System.Text.Json;

namespace Referrals.Benchmarks.Review;

/// <summary>An address that is asked.</summary>
/// <param name="What">The page or figure.</param>
/// <param name="Filter">What is looked at.</param>
/// <param name="Path">The address.</param>
internal sealed record ReviewAddress(string What, string Filter, string Path)
{
    /// <summary>How long it took the first time that the process was asked for it, in milliseconds.</summary>
    public double First { get; set; }

    /// <summary>Each time with a table that nobody had asked anything yet.</summary>
    public List<double> Cold { get; } = [];

    /// <summary>Processor time of the service for the last answer, in milliseconds.</summary>
    public double Processor { get; set; }

    /// <summary>Mean processor time of the service for an answer with such a table, in milliseconds.</summary>
    public double NewTableProcessor { get; set; }

    /// <summary>Each time after the same was asked.</summary>
    public List<double> Warm { get; } = [];

    /// <summary>How large the answer is.</summary>
    public int Bytes { get; set; }
}

/// <summary>Every page of the review and all figures of the API, each with filters of every kind. The first one is the floor.</summary>
internal static class ReviewAddresses
{
    /// <summary>Name of the page that has no figures.</summary>
    public const string Floor = "floor: imprint";

    private static readonly string[] Pages = ["", "/haengend", "/waermetafel", "/wege", "/schleifen", "/verlauf", "/vergleich", "/fruehwarnung", "/bericht"];

    private static readonly string[] Figures =
        ["overview", "ranking", "stuck", "warnings", "chain-map", "heat-table", "flows", "funnel", "loops", "control-chart", "dotted", "findings", "comparison"];

    /// <summary>All addresses; the busiest step and partner are taken.</summary>
    public static async Task<IReadOnlyList<ReviewAddress>> ReadAsync(ReviewHost host, CancellationToken ct)
    {
        var ranking = await host.FigureAsync("/api/v1/review/ranking?by=step-and-partner&from=2000-01", ct);
        var rows = ranking.GetProperty("rows").EnumerateArray().ToList();
        var most = rows.MaxBy(r => r.GetProperty("waiting").GetProperty("n").GetInt32());
        var (chain, step, partner) = (Text(most.GetProperty("step"), "chain"), Text(most.GetProperty("step"), "step"), Text(most, "partner"));
        var to = DateTime.ParseExact((await host.FigureAsync("/api/v1/review/overview?from=2000-01", ct)).GetProperty("frame").GetProperty("to").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var filters = Filters(chain, to);
        return
        [
            new(Floor, "none", "/impressum"),
            .. Pages.SelectMany(p => filters.Select(f => new ReviewAddress($"page {(p.Length == 0 ? "overview" : p[1..])}", f.Name, $"/steuerung{p}?{f.German}"))),
            .. filters.Select(f => new ReviewAddress("page chain map", f.Name, $"/steuerung/ketten/{chain}?{f.German}")),
            .. filters.Select(f => new ReviewAddress("page step", f.Name, $"/steuerung/ketten/{chain}/schritte/{step}?{f.German}")),
            .. filters.Select(f => new ReviewAddress("page partner", f.Name, $"/steuerung/partner/{partner}?{f.German}")),
            .. filters.Select(f => new ReviewAddress("page verlauf", $"{f.Name}, a step", $"/steuerung/verlauf?{f.German}&schritt={chain}/{step}")),
            .. filters.Select(f => new ReviewAddress("page verlauf", $"{f.Name}, a step's partner", $"/steuerung/verlauf?{f.German}&schritt={chain}/{step}&partner={partner}")),
            .. filters.Select(f => new ReviewAddress("page vergleich", $"{f.Name}, versions", $"/steuerung/vergleich?{f.German}&art=fassungen")),
            new("page massnahmen", "none", "/steuerung/massnahmen"),
            .. Figures.SelectMany(p => filters.Select(f => new ReviewAddress($"api {p}", f.Name, $"/api/v1/review/{p}?{f.English}"))),
            .. filters.Select(f => new ReviewAddress("api ranking", $"{f.Name}, by step and partner", $"/api/v1/review/ranking?{f.English}&by=step-and-partner")),
            .. filters.Select(f => new ReviewAddress("api steps", f.Name, $"/api/v1/review/steps/{chain}/{step}?{f.English}")),
            .. filters.Select(f => new ReviewAddress("api partners", f.Name, $"/api/v1/review/partners/{partner}?{f.English}")),
        ];
    }

    private static List<(string Name, string German, string English)> Filters(string chain, DateTime to)
    {
        string Month(int before) => to.AddMonths(-before).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        (string Name, string Chain, string Version, string From, string To)[] all =
        [
            ("latest year", "", "", "", ""),
            ("everything", "", "", "2000-01", ""),
            ("one month", "", "", Month(2), Month(2)),
            ("half a year", "", "", Month(14), Month(9)),
            ("chain", chain, "", "", ""),
            ("chain, everything", chain, "", "2000-01", ""),
            ("version, everything", chain, "1", "2000-01", ""),
            ("version, a year", chain, "1", Month(20), Month(9)),
        ];
        return [.. all.Select(f => (
            f.Name,
            Query(("kette", f.Chain), ("fassung", f.Version), ("von", f.From), ("bis", f.To)),
            Query(("chain", f.Chain), ("version", f.Version), ("from", f.From), ("to", f.To))))];
    }

    private static string Query(params IEnumerable<(string Name, string Value)> asked) => string.Join('&', asked.Where(a => a.Value.Length > 0).Select(a => $"{a.Name}={a.Value}"));

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
