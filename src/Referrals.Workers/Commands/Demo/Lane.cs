using System.Diagnostics;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Referrals;

namespace Referrals.Workers.Commands.Demo;

/// <summary>
/// The engine on a clock of its own: does what people do in some of the referrals, one thing after the other, and hands messages between
/// organisations over itself.
/// </summary>
internal sealed class Lane
{
    // How long a message is on its way.
    private static readonly TimeSpan Way = TimeSpan.FromSeconds(1);

    // Somebody was faster: the referral or the assignment ended, or went elsewhere, within the same slot.
    private static readonly HashSet<string> Overtaken =
    [
        ReferralRefusal.Closed.Code, ReferralRefusal.AssignmentNotOpen.Code, ReferralRefusal.StepEnded.Code, ReferralRefusal.StepWithPartner.Code,
        ReferralRefusal.StepNotWithPartner.Code, ReferralRefusal.PlaceNotReached.Code, ReferralRefusal.PartDecided.Code, ReferralRefusal.SamePartner.Code,
        AssignmentRefusal.Withdrawn.Code, AssignmentRefusal.Declined.Code, AssignmentRefusal.Completed.Code, AssignmentRefusal.NotAccepted.Code,
    ];

    private readonly VirtualClock _clock;
    private readonly LaneLog _log;
    private readonly ReferralService _referrals;
    private readonly AssignmentService _assignments;
    private readonly IncomingHandler _incoming;
    private CaseLife _life = null!;

    /// <param name="log">The real log.</param>
    /// <param name="chains">The chains, for all lanes.</param>
    /// <param name="began">Where time begins.</param>
    public Lane(IEventLog log, ChainService chains, DateTimeOffset began)
    {
        _clock = new VirtualClock(began);
        _log = new LaneLog(log);
        _referrals = new ReferralService(_log, chains, _clock, () => _life.NewId());
        _assignments = new AssignmentService(_log, chains, _clock);
        _incoming = new IncomingHandler(_referrals, _assignments, chains, _log, _clock);
    }

    /// <summary>Does these things in one referral, in order, and notes what happens.</summary>
    public async Task DoAsync(CaseLife life, IReadOnlyList<Deed> deeds, List<Happening> happenings, CancellationToken ct)
    {
        _life = life;
        _log.TurnTo(life);
        foreach (var deed in deeds)
        {
            _clock.Set(deed.At > life.LastAt ? deed.At : life.LastAt);
            await DoAsync(deed, ct);
            await DeliverAsync(happenings, ct);
            life.LastAt = _clock.GetUtcNow();
            if (life.State is { } state)
            {
                life.Next = Flow.Next(life.Chain, state, life.LastAt);
            }
        }

        if (life.State?.Ended is not null)
        {
            life.Shelve();
        }
    }

    private async Task DoAsync(Deed deed, CancellationToken ct)
    {
        var refusal = deed switch
        {
            Deed.Start d => Refusal(await StartAsync(d, ct)),
            Deed.PassTime => Refusal(await _referrals.PassTimeAsync(new Actor("clock", _life.Arrival.Holder), _life.Id, ct)),
            Deed.ByCaseworker d => Refusal(await _referrals.DoAsync(d.By, _life.Id, d.Command, null, ct)),
            Deed.ByPartner d => await _assignments.DoAsync(d.By, d.Assignment, d.Command, null, ct) switch
            {
                AssignmentOutcome.Done => null,
                AssignmentOutcome.Refused refused => refused.Refusal.Code,
                var other => other.GetType().Name,
            },
            _ => throw new UnreachableException(),
        };
        if (refusal is not null && !Overtaken.Contains(refusal))
        {
            throw new HistoryException($"{deed} of referral {_life.Arrival.Index} was not done: {refusal}");
        }
    }

    private async Task<ReferralOutcome> StartAsync(Deed.Start start, CancellationToken ct) =>
        await _referrals.StartAsync(
            start.By,
            _life.Arrival.Chain,
            agreed =>
            {
                _life.Chain = agreed.Version;
                return start.Command(agreed);
            },
            ct);

    private static string? Refusal(ReferralOutcome outcome) => outcome switch
    {
        ReferralOutcome.Done => null,
        ReferralOutcome.Refused refused => $"{refused.Refusal.Code}{string.Concat(refused.Refusal.Faults.Select(f => $" {f.Field} {f.Code}"))}",
        var other => other.GetType().Name,
    };

    // What other organisations are to know reaches them through the same handler as from a broker's queue.
    private async Task DeliverAsync(List<Happening> happenings, CancellationToken ct)
    {
        while (_log.Appended.TryDequeue(out var happened))
        {
            happenings.Add(new Happening(_life, happened.Context.At, happened.Data, happened.Id));
            if (happened.Data is ReferralEvent inReferral)
            {
                _life.State = ReferralState.Evolve(_life.State, inReferral);
            }

            if (Outgoing.From(happened) is { } message)
            {
                _clock.Pass(Way);
                var result = await _incoming.HandleAsync(message.To, message.Body, message.Id, null, ct);
                if (result is not HandlingResult.Handled)
                {
                    throw new HistoryException($"{message.To} did not handle {message.Body.GetType().Name} of referral {_life.Arrival.Index}: {result}");
                }
            }
        }
    }
}
