using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Visits;

namespace Referrals.Benchmarks.Review;

/// <summary>A large history made up from its index alone, so that it need not be kept: three chains in two versions, 30 partners, 24 months.</summary>
internal static class SyntheticReview
{
    private const int Partners = 30;
    private const int Months = 24;

    private static readonly uint Begin = Moments.Of(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly uint AsOf = Begin + (uint)(Months * 30.4 * Moments.Day);
    private static readonly string[] Steps = ["advice", "care", "debt", "course", "placement", "follow-up"];
    private static readonly string[] PartnerCodes = [.. Enumerable.Range(0, Partners).Select(p => $"partner-{p:00}")];
    private static readonly ChainId[] Chains = [new("work"), new("learn"), new("health")];
    private static readonly WorkingClock Clock = WorkingClock.For("BB");

    /// <summary>The table of a number of cases, of which the last hundredth still runs.</summary>
    public static ReviewTable Table(int cases)
    {
        var builder = new ReviewTableBuilder(Facts, 5);
        for (var i = 0; i < cases; i++)
        {
            builder.Announce(Case(i, cases));
        }

        builder.Settle();
        for (var i = 0; i < cases; i++)
        {
            builder.Add(Case(i, cases));
        }

        return builder.Build(AsOf);
    }

    private static ChainFacts Facts(ChainId chain, int version) =>
        new(new LocalText(chain.Value), Clock, Steps.ToDictionary(s => s, s => new StepFacts(new LocalText(s), 2, 10)));

    private static ReviewCase Case(int index, int cases)
    {
        var random = new Random(index);
        var running = index >= cases / 100 * 99;
        var at = running ? AsOf - (uint)random.Next(40 * 86_400) : Begin + (uint)((AsOf - Begin - (120 * 86_400)) * (index / (cases * 0.99)));
        var (started, visits) = (at, new Visit[random.Next(2, 6)]);
        for (var i = 0; i < visits.Length; i++)
        {
            visits[i] = Visit(random, i, at, running && i == visits.Length - 1, ((long)index * 8) + i);
            at = Math.Max(at, visits[i].Ended);
        }

        return new(new Guid(index, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), new OrganisationId("holder"), Chains[index % 3], 1 + (index / (cases / 2)), started)
        {
            Ended = running ? 0 : at,
            Closing = running ? null : (ClosingReason)(random.Next(8) == 0 ? 1 : 0),
            EndedAt = running ? 0 : Position(at, ((long)index * 8) + 7),
            Visits = [.. visits],
        };
    }

    private static Visit Visit(Random random, int step, uint offered, bool open, long number)
    {
        var waited = (uint)(-Math.Log(1 - random.NextDouble()) * (3 + step) * Moments.Day);
        var worked = (uint)(-Math.Log(1 - random.NextDouble()) * 5 * Moments.Day);
        var (acknowledged, started, ended) = (offered + (waited / 3), offered + waited, offered + waited + worked);
        var declined = random.Next(12) == 0;
        var visit = new Visit(Steps[step], PartnerCodes[(step * 5) + random.Next(5)], 1, (byte)(random.Next(15) == 0 ? 2 : 1), offered) { AcknowledgeBy = offered + (3 * Moments.Day) };
        return open ? visit : visit with
        {
            Acknowledged = acknowledged,
            Accepted = declined ? 0 : acknowledged,
            CompleteBy = declined ? 0 : acknowledged + (14 * Moments.Day),
            Started = declined ? 0 : started,
            Ended = declined ? started : ended,
            End = declined ? VisitEnd.Declined : VisitEnd.Completed,
            Reason = declined ? "no-capacity" : random.Next(6) == 0 ? "not-eligible" : "helped",
            EndedAt = Position(declined ? started : ended, number),
        };
    }

    // In the order of the ends, each but once.
    private static long Position(uint ended, long number) => ((long)ended << 24) | number;
}
