namespace Referrals.Workers.Commands.Demo;

/// <summary>What history is played.</summary>
/// <param name="Months">How many months.</param>
/// <param name="Seed">Decides everything that people do.</param>
/// <param name="Referrals">How many referrals are started.</param>
/// <param name="Until">Where it ends (UTC).</param>
internal sealed record HistoryOrder(int Months, long Seed, int Referrals, DateTimeOffset Until)
{
    /// <summary>Referrals a month, unless asked otherwise.</summary>
    public const int PerMonth = 290;

    /// <summary>Where it begins (UTC).</summary>
    public DateTimeOffset From => Until.AddMonths(-Months);

    /// <summary>When the network was founded: some weeks before its first referral.</summary>
    public DateTimeOffset Founded => From.AddDays(-20);

    /// <summary>The day on which the better version of a chain comes into force.</summary>
    public DateTimeOffset Improvement => From + ((Until - From) / 2);

    /// <summary>Whether these are the last weeks, in which several fall behind: four, or less of a short history.</summary>
    public bool IsLastWeeks(DateTimeOffset at)
    {
        var weeks = (Until - From) / 6;
        return at >= Until - (weeks < TimeSpan.FromDays(28) ? weeks : TimeSpan.FromDays(28));
    }

    /// <summary>How far the story of the bottleneck has come: 0 up to three fifths of the time, then rising to 1 at the end.</summary>
    public double Stress(DateTimeOffset at)
    {
        const double begins = 0.6;
        var passed = (at - From) / (Until - From);
        return Math.Clamp((passed - begins) / (1 - begins), 0, 1);
    }
}
