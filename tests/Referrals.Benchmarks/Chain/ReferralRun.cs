using System.Diagnostics;
using Referrals.Benchmarks.Measuring;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Referrals;

namespace Referrals.Benchmarks.Chain;

/// <summary>Runs referrals from start to closed: caseworker, partners, and the messages between them.</summary>
internal sealed class ReferralRun(BenchNetwork network, ChainId chain)
{
    /// <summary>
    /// Transitions of a referral: its start, and for each of three steps three at the partner (receive, accept, complete) and five at the
    /// holder, who hears of each event by a message of its own (received, acknowledged, accepted, started, completed).
    /// </summary>
    public const int Transitions = 1 + (3 * (3 + 5));

    private long _finished;
    private long _events;

    /// <summary>Referrals finished so far.</summary>
    public long Finished => Interlocked.Read(ref _finished);

    /// <summary>Events of the finished referrals and their assignments.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>Runs one referral after the other until the time is up; the last one is finished too.</summary>
    public async Task RunAsync(Recorder recorder, CancellationToken ct)
    {
        while (!recorder.Ended)
        {
            Interlocked.Add(ref _events, await RunOneAsync(recorder, ct));
            Interlocked.Increment(ref _finished);
        }
    }

    private async Task<int> RunOneAsync(Recorder recorder, CancellationToken ct)
    {
        var happened = await recorder.TimeAsync(() => network.StartAsync(chain, new ReferralId(Guid.CreateVersion7()), ct));
        var (events, transitions) = (happened.Events.Count, 1);
        while (happened.Events.OfType<ReferralEvent.StepOffered>().SingleOrDefault() is { } offer)
        {
            foreach (var command in new AssignmentCommand[] { Receive(offer), new AssignmentCommand.Accept(), Complete })
            {
                var done = await recorder.TimeAsync(() => AtPartnerAsync(offer, command, ct));
                (events, transitions) = (events + done.Events.Count, transitions + 1);
                foreach (var told in done.Events)
                {
                    happened = await recorder.TimeAsync(() => AtHolderAsync(told, ct));
                    (events, transitions) = (events + happened.Events.Count, transitions + 1);
                }
            }
        }

        return happened.Referral.Status == ReferralStatus.Completed && transitions == Transitions
            ? events
            : throw new InvalidOperationException($"the referral is {happened.Referral.Status} after {transitions} transitions");
    }

    private async Task<AssignmentOutcome.Done> AtPartnerAsync(ReferralEvent.StepOffered offer, AssignmentCommand command, CancellationToken ct)
    {
        var actor = new Actor("partner", offer.Partner);
        var outcome = command is AssignmentCommand.Receive
            ? await network.Assignments.HearAsync(actor, offer.Assignment, command, Guid.NewGuid(), ct)
            : await network.Assignments.DoAsync(actor, offer.Assignment, command, null, ct);
        return outcome as AssignmentOutcome.Done ?? throw new InvalidOperationException($"{command.GetType().Name}: {outcome}");
    }

    private async Task<ReferralOutcome.Done> AtHolderAsync(AssignmentEvent told, CancellationToken ct)
    {
        PartnerSaid said = told switch
        {
            AssignmentEvent.Received => new PartnerSaid.Received(),
            AssignmentEvent.Acknowledged => new PartnerSaid.Acknowledged(),
            AssignmentEvent.Accepted => new PartnerSaid.Accepted(),
            AssignmentEvent.Started => new PartnerSaid.Started(),
            AssignmentEvent.Completed completed => new PartnerSaid.Completed(completed.Reported, completed.Facts),
            _ => throw new UnreachableException(),
        };
        var hear = new ReferralCommand.Hear(told.Assignment, told.Number, told.At, said);
        var outcome = await network.Referrals.HearAsync(new Actor("network", BenchNetwork.Holder), hear, Guid.NewGuid(), ct);
        return outcome as ReferralOutcome.Done ?? throw new InvalidOperationException($"{said.GetType().Name}: {outcome}");
    }

    private static AssignmentCommand.Receive Receive(ReferralEvent.StepOffered offer) => new(
        offer.Assignment, offer.Holder, offer.Partner, offer.Chain, offer.ChainVersion, offer.Step,
        offer.At, offer.AcknowledgeBy, offer.Facts, offer.Note);

    private static AssignmentCommand.Complete Complete { get; } = new("helped", new Dictionary<string, FactValue>());
}
