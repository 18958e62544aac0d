using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Referrals.Workers.Hosting;

/// <summary>What the workers tell about themselves.</summary>
public static class WorkersMetrics
{
    /// <summary>Name of the meter and of the source of activities.</summary>
    public const string Name = "Referrals.Workers";

    private static readonly Meter Meter = new(Name);

    internal static ActivitySource Activities { get; } = new(Name);

    /// <summary>
    /// An activity that begins a trace of its own, whatever runs here; null when nobody listens, and then nothing is traced. What comes from
    /// another organisation begins so: a trace that went on would tell which assignments belong to one referral.
    /// </summary>
    internal static Activity? BeginTrace(string name)
    {
        Activity.Current = null;
        return Activities.StartActivity(name, ActivityKind.Consumer, default(ActivityContext));
    }

    internal static Counter<long> Sent { get; } =
        Meter.CreateCounter<long>("referrals.messages.sent", "{message}", "Messages that the broker confirmed for the first time.");

    internal static Counter<long> Resent { get; } =
        Meter.CreateCounter<long>("referrals.messages.resent", "{message}", "Messages sent again because no receipt came.");

    internal static Counter<long> Handled { get; } =
        Meter.CreateCounter<long>("referrals.messages.handled", "{message}", "Messages of other organisations handled, by type.");

    internal static Counter<long> TooEarly { get; } =
        Meter.CreateCounter<long>("referrals.messages.too_early", "{message}", "Messages that came before their predecessor and will come again.");

    internal static Counter<long> Missing { get; } =
        Meter.CreateCounter<long>("referrals.messages.missing_queue", "{message}", "Sends that failed because the receiver has no queue, or one that takes nothing.");

    internal static Counter<long> DeadLetters { get; } =
        Meter.CreateCounter<long>("referrals.messages.dead", "{message}", "Messages that could not be handled or sent, by reason.");

    internal static Counter<long> Deadlines { get; } =
        Meter.CreateCounter<long>("referrals.deadlines.passed", "{stream}", "Streams for which time was passed, by result.");

    internal static Counter<long> Restarts { get; } =
        Meter.CreateCounter<long>("referrals.workers.restarts", "{restart}", "Workers that failed and began again.");

    internal static Counter<long> Mails { get; } =
        Meter.CreateCounter<long>("referrals.mails", "{mail}", "Mails to people, by result: sent, again, failed.");

    internal static Counter<long> Untold { get; } =
        Meter.CreateCounter<long>("referrals.notifications.untold", "{event}", "Events and rows of which nobody could be told.");

    internal static Histogram<double> RelayLag { get; } =
        Meter.CreateHistogram<double>("referrals.relay.lag", "s", "Time from an event to the broker's confirmation of its message.");

    internal static Counter<long> Questions { get; } =
        Meter.CreateCounter<long>("referrals.review.questions", "{question}", "Questions \"what if\" that were simulated, by result.");

    internal static Counter<long> ReviewEvents { get; } =
        Meter.CreateCounter<long>("referrals.review.events", "{event}", "Events that the review's follower has read.");

    internal static Histogram<double> ReviewLag { get; } =
        Meter.CreateHistogram<double>("referrals.review.lag", "s", "Time from an event to the moment when the review can see it.");
}
