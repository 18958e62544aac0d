using Referrals.Engine.Chains;

namespace Referrals.Api.Ui.Pages.Chains.Agreeing;

/// <summary>Words for where a version stands: what never was in force was taken back, not put out of force.</summary>
internal static class VersionWords
{
    /// <summary>Where it stands.</summary>
    public static string Status(this Words words, ProposedVersion version) =>
        words.Code("Chain.Status", version is { Status: ChainStatus.Retired, WasAgreed: false } ? "taken-back" : ChainBoard.StatusCode(version.Status));

    /// <summary>What that means for referrals.</summary>
    public static string Explain(this Words words, ProposedVersion version) => words.Code("Chain.Explain", version switch
    {
        { Status: ChainStatus.Retired, WasAgreed: false } => "taken-back",
        { Status: ChainStatus.Replaced, WasAgreed: false } => "replaced-before",
        _ => ChainBoard.StatusCode(version.Status),
    });

    /// <summary>Since when, from when until when, or from which day on it is in force; null: none of these.</summary>
    public static string? InForce(this Words words, ProposedVersion version, Parts.Dates dates, DateTimeOffset now) => version switch
    {
        { InForceAt: { } at, InForceUntil: { } until } => words["Chain.FromUntil", dates.Moment(at, now), dates.Moment(until, now)],
        { InForceAt: { } at } => words["Chain.SinceDay", dates.Moment(at, now)],
        { Status: ChainStatus.Retired or ChainStatus.Replaced } => words["Chain.NeverInForce"],
        { From: { } from } => words["Chain.FromDay", dates.Day(from)],
        _ => null,
    };
}
