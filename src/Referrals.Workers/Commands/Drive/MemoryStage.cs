using System.Diagnostics;
using System.Text.Json;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Workers.Commands.Drive;

/// <summary>
/// Plays a referral with the deciders alone, the case holder and its partners in one memory: what the seed expects. Messages arrive at once
/// and in order.
/// </summary>
internal sealed class MemoryStage(DateTimeOffset now) : IStage
{
    private readonly Dictionary<AssignmentId, AssignmentState> _assignments = [];
    private readonly Queue<Action> _messages = [];
    private ChainVersion _chain = null!;
    private ReferralState? _referral;

    /// <inheritdoc/>
    public Task<Picture> StartAsync(StartPlan plan, CancellationToken ct)
    {
        _chain = plan.Chain.Version;
        return Task.FromResult(Do(new ReferralCommand.Start(
            new ReferralId(Guid.NewGuid()), plan.Holder, plan.Chain.ContentHash, plan.CaseReference, plan.Consent, plan.Facts, plan.Partners, plan.Parts,
            plan.Note is { } note ? Screened(note) : null, Release: plan.Release)));
    }

    /// <inheritdoc/>
    public Task<Picture> DoAsync(Move move, CancellationToken ct)
    {
        if (move is not Move.Work work)
        {
            return Task.FromResult(Do(CommandOf(move)));
        }

        foreach (var act in work.Acts)
        {
            Tell(work.Offer.Assignment, CommandOf(act));
        }

        return Task.FromResult(Settle());
    }

    private static ReferralCommand CommandOf(Move move) => move switch
    {
        Move.Answer m => new ReferralCommand.Answer(m.Question, Screened(m.Text)),
        Move.Remind m => new ReferralCommand.Remind(m.Offer.Assignment),
        Move.Choose m => new ReferralCommand.ChoosePartner(m.Place, m.Partner),
        Move.Reroute m => new ReferralCommand.Reroute(m.Place, m.Partner),
        Move.Skip m => new ReferralCommand.Skip(m.Place),
        Move.DecidePart m => new ReferralCommand.DecidePart(m.Place, m.Included),
        Move.RecordConsent m => new ReferralCommand.RecordConsent(m.Consent),
        Move.WithdrawConsent => new ReferralCommand.WithdrawConsent(),
        Move.Withdraw m => new ReferralCommand.Withdraw(m.Reason),
        Move.Close => new ReferralCommand.Close(),
        Move.Reopen m => new ReferralCommand.Reopen(m.Again),
        _ => throw new UnreachableException(),
    };

    private static AssignmentCommand CommandOf(Act act) => act switch
    {
        Act.Acknowledge => new AssignmentCommand.Acknowledge(),
        Act.Accept => new AssignmentCommand.Accept(),
        Act.Decline a => new AssignmentCommand.Decline(a.Reason, a.Note is { } note ? Screened(note) : null),
        Act.Ask a => new AssignmentCommand.Ask(new QuestionId(Guid.NewGuid()), Screened(a.Text)),
        Act.FirstContact => new AssignmentCommand.RecordFirstContact(),
        Act.Start => new AssignmentCommand.Start(),
        Act.Pause => new AssignmentCommand.Pause(),
        Act.Resume => new AssignmentCommand.Resume(),
        Act.Complete a => new AssignmentCommand.Complete(a.Outcome, a.Facts),
        _ => throw new UnreachableException(),
    };

    private static Note Screened(string text) => NoteScreen.Screen(text) switch
    {
        ScreenResult.Passed passed => passed.Note,
        _ => throw new DriveException($"the screen would not let the driver's own words pass: {text}"),
    };

    private Picture Do(ReferralCommand command)
    {
        Tell(command);
        return Settle();
    }

    private Picture Settle()
    {
        while (_messages.TryDequeue(out var deliver))
        {
            deliver();
        }

        return PictureOf(_referral!);
    }

    private void Tell(ReferralCommand command)
    {
        switch (ReferralDecider.Decide(command, _referral, _chain, now, Guid.NewGuid))
        {
            case ReferralDecision.Happens happens:
                _referral = happens.Events.Aggregate(_referral, ReferralState.Evolve);
                happens.Events.ToList().ForEach(Send);
                break;
            case ReferralDecision.Refused refused:
                throw new DriveException($"the engine would refuse {command.GetType().Name}: {refused.Refusal.Code} {string.Join(", ", refused.Refusal.Faults.Select(f => $"{f.Field} {f.Code}"))}");
            case var other:
                throw new DriveException($"the engine would not do {command.GetType().Name}: {other.GetType().Name}");
        }
    }

    private void Tell(AssignmentId id, AssignmentCommand command)
    {
        var before = _assignments.GetValueOrDefault(id);
        switch (AssignmentDecider.Decide(command, before, _chain, now))
        {
            case AssignmentDecision.Happens happens:
                if (happens.Events.Count > 0)
                {
                    _assignments[id] = happens.Events.Aggregate(before, AssignmentState.Evolve)!;
                }

                happens.Events.ToList().ForEach(Send);
                break;
            case AssignmentDecision.Refused refused:
                throw new DriveException($"the engine would refuse {command.GetType().Name}: {refused.Refusal.Code}");
            case var other:
                throw new DriveException($"the engine would not do {command.GetType().Name}: {other.GetType().Name}");
        }
    }

    private void Send(ReferralEvent happened)
    {
        (AssignmentId Id, AssignmentCommand Command)? message = happened switch
        {
            ReferralEvent.StepOffered e => (e.Assignment, new AssignmentCommand.Receive(
                e.Assignment, e.Holder, e.Partner, e.Chain, e.ChainVersion, e.Step, e.At, e.AcknowledgeBy, e.Facts, e.Note)),
            ReferralEvent.StepAnswered e => (e.Assignment, new AssignmentCommand.ReceiveAnswer(e.Question, e.Text)),
            ReferralEvent.StepReminded e => (e.Assignment, new AssignmentCommand.ReceiveReminder(Word(e.Reminder), e.At)),
            ReferralEvent.OfferWithdrawn e => (e.Assignment, new AssignmentCommand.ReceiveWithdrawal(Word(e.Reason))),
            ReferralEvent.StepErased e => (e.Assignment, new AssignmentCommand.ReceiveErasure(Word(e.Reason))),
            _ => null,
        };
        if (message is var (id, command))
        {
            _messages.Enqueue(() => Tell(id, command));
        }
    }

    private void Send(AssignmentEvent happened)
    {
        PartnerSaid? said = happened switch
        {
            AssignmentEvent.Received => new PartnerSaid.Received(),
            AssignmentEvent.Acknowledged => new PartnerSaid.Acknowledged(),
            AssignmentEvent.Accepted => new PartnerSaid.Accepted(),
            AssignmentEvent.Declined e => new PartnerSaid.Declined(e.Reason, e.Note),
            AssignmentEvent.Asked e => new PartnerSaid.Asked(e.Question, e.Text),
            AssignmentEvent.Started => new PartnerSaid.Started(),
            AssignmentEvent.FirstContactMade => new PartnerSaid.FirstContact(),
            AssignmentEvent.Paused => new PartnerSaid.Paused(),
            AssignmentEvent.Resumed => new PartnerSaid.Resumed(),
            AssignmentEvent.Completed e => new PartnerSaid.Completed(e.Reported, e.Facts),
            _ => null,
        };
        if (said is not null)
        {
            _messages.Enqueue(() => Tell(new ReferralCommand.Hear(happened.Assignment, happened.Number, happened.At, said)));
        }
    }

    private Picture PictureOf(ReferralState state)
    {
        var next = Flow.Next(_chain, state, now);
        return new Picture(
            Word(ReferralBoard.Status(state, next)),
            [.. state.Runs.SelectMany(r => r.Value.Offers.Select(id => Pictured(state.Offers[id])))],
            [.. next.Waiting.Select(w => new PicturedWait(w.Place, Word(w.For)))],
            state.Runs.Where(r => r.Value.End is not null).ToDictionary(r => r.Key, r => r.Value.End!.Outcome));
    }

    private static PicturedOffer Pictured(Offer offer) => new(
        offer.Assignment, offer.Place, offer.Partner, Word(offer.Status),
        [.. offer.Questions.OrderBy(q => q.Value.AskedAt).Select(q => new PicturedQuestion(q.Key, q.Value.Answer is not null))]);

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
