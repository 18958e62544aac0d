using System.Diagnostics;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using Referrals.Workers.Commands.Drive;

namespace Referrals.Workers.Commands.Demo;

/// <summary>What the case holder's people, and their clients, do about how it goes.</summary>
internal sealed class Caseworkers(HistoryOrder order, Agenda agenda, Colleagues colleagues)
{
    // Working days after which half of those who wait for a beginning have lost patience.
    private const double Patience = 110;

    private static readonly (string Reason, double Weight)[] Reasons =
        [("situation-changed", 4), ("client-moved", 1.5), ("found-by-oneself", 2.5), ("waited-too-long", 3)];

    /// <summary>A referral comes.</summary>
    public void Expect(CaseLife life)
    {
        var (arrival, dice) = (life.Arrival, life.Dice);
        agenda.Add(arrival.At, life, at => new Deed.Start(
            life.Caseworker(colleagues.Caseworker(arrival.Holder, dice, "start")),
            agreed => new ReferralCommand.Start(
                life.Id, arrival.Holder, agreed.ContentHash, arrival.Reference,
                StartPlan.WholeConsent(WorkingCalendar.LocalDay(at)) with { Form = dice.Chance(0.7, "form") ? ConsentForm.Written : ConsentForm.Electronic },
                CaseFacts.AtStart(dice, agreed.Version, WorkingCalendar.LocalDay(at)),
                agreed.Version.Steps().Where(s => s.Offer == OfferMode.Chosen && dice.Chance(0.8, "chosen", s.Id.Value))
                    .ToDictionary(s => s.Id, s => Preferred(dice, s.Partners, s.Id.Value)),
                agreed.Version.Nodes().OfType<ChainNode.Optional>().Where(o => dice.Chance(0.75, "part-known", o.Id.Value))
                    .ToDictionary(o => o.Id, o => dice.Chance(0.3, "part", o.Id.Value)),
                dice.Chance(0.25, "note") ? Partners.Screened(dice.Pick(Phrases.Notes, "which-note")) : null,
                Release: StartPlan.WholeRelease(agreed.Version, WorkingCalendar.LocalDay(at))))
        { At = at });
    }

    /// <summary>Reacts to what happened in a referral.</summary>
    public void React(CaseLife life, ReferralEvent happened, DateTimeOffset now)
    {
        var dice = life.Dice;
        switch (happened)
        {
            case ReferralEvent.Started:
                Begin(life, now);
                break;
            case ReferralEvent.StepOffered e:
                Watch(life, e, now);
                break;
            case ReferralEvent.StepAsked e:
                var days = dice.Chance(0.9, "answers", $"{e.Question}") ? dice.Within(0.1, 3, "answers-at", $"{e.Question}") : dice.Within(6, 30, "answers-at", $"{e.Question}");
                Add(now, days, life, () => life.State!.Offers[e.Assignment] is { IsOpen: true } offer && offer.Questions[e.Question].Answer is null
                    ? new ReferralCommand.Answer(e.Question, Partners.Screened(dice.Pick(Phrases.Answers, "answer", $"{e.Question}")))
                    : null);
                break;
            case ReferralEvent.Closed { Reason: ClosingReason.Completed } when !life.HasBeenReopened && dice.Chance(0.03, "reopens"):
                life.HasBeenReopened = true;
                Add(now, dice.Within(8, 45, "reopens-at"), life, () => Reopen(life));
                break;
            default:
                break;
        }
    }

    /// <summary>Decides what waits for the caseworker; asked after everything that happened in the referral.</summary>
    public void Attend(CaseLife life, DateTimeOffset now)
    {
        foreach (var wait in life.Next.Waiting)
        {
            var about = $"{wait.Place} {wait.For} {life.State!.Run(wait.Place).Offers.Count}";
            if (life.Attended.Add(about))
            {
                var days = life.Dice.Chance(order.IsLastWeeks(now) ? 0.85 : 0.94, "attends", about) ? life.Dice.Within(0.2, 4, "attends-at", about) : life.Dice.Within(12, 60, "attends-at", about);
                Add(now, days, life, () => life.Next.Waiting.Contains(wait) ? Decide(life, wait, about) : null);
            }
        }
    }

    private void Begin(CaseLife life, DateTimeOffset now)
    {
        var dice = life.Dice;
        (double Share, double Least, double Most, Func<ReferralCommand> Command)[] turns =
        [
            (0.025, 2, 60, () => new ReferralCommand.WithdrawConsent()),
            (0.035, 10, 90, () => new ReferralCommand.Close()),
            (0.03, 2, 50, () => new ReferralCommand.Withdraw(dice.Weighted(Reasons, "withdraws-because"))),
            (0.05, 5, 60, () => new ReferralCommand.HandOver(colleagues.Caseworker(life.Arrival.Holder, dice, "hand-over"))),
        ];
        for (var i = 0; i < turns.Length; i++)
        {
            var (share, least, most, command) = turns[i];
            if (dice.Chance(share, "turn", $"{i}"))
            {
                Add(now, dice.Within(least, most, "turn-at", $"{i}"), life, () => life.IsOpen ? command() : null);
            }
        }
    }

    // Looks after an offer that lies too long, and loses the client who waits too long.
    private void Watch(CaseLife life, ReferralEvent.StepOffered offered, DateTimeOffset now)
    {
        var (dice, key) = (life.Dice, $"{offered.Assignment}");
        Add(now, 1 + dice.Exponential(Patience / Math.Log(2), "patience", key), life, () => Waits(life, offered.Assignment) && life.Dice.Chance(0.9, "leaves", key)
            ? new ReferralCommand.Withdraw(dice.Weighted(Reasons, "leaves-because", key))
            : null);
        CheckUp(life, offered, now, 1);
    }

    private void CheckUp(CaseLife life, ReferralEvent.StepOffered offered, DateTimeOffset now, int time)
    {
        var (dice, about) = (life.Dice, $"{offered.Assignment} {time}");
        if (time > 8)
        {
            return;
        }

        agenda.Add(OfficeTime.Later(now, dice.Within(9, 15, "checks", about)), life, at =>
        {
            if (!Waits(life, offered.Assignment))
            {
                return null;
            }

            CheckUp(life, offered, at, time + 1);
            return dice.Roll("check", about) switch
            {
                < 0.35 => By(life, at, new ReferralCommand.Remind(offered.Assignment)),
                < 0.47 when Others(life, offered) is { Count: > 0 } others => By(life, at, new ReferralCommand.Reroute(offered.Place, dice.Pick(others, "reroutes", about))),
                _ => null,
            };
        });
    }

    private static bool Waits(CaseLife life, AssignmentId assignment) =>
        life.IsOpen && life.State!.Offers[assignment].Status is OfferStatus.Received or OfferStatus.Acknowledged or OfferStatus.Accepted;

    private static List<OrganisationId> Others(CaseLife life, ReferralEvent.StepOffered offered)
    {
        var run = life.State!.Run(offered.Place);
        var step = life.Chain.Step(offered.Step);
        return step.Offer == OfferMode.FirstToAccept ? [] : [.. step.Partners.Where(p => !run.Tried.Contains(p))];
    }

    private static ReferralCommand? Decide(CaseLife life, Waiting wait, string about)
    {
        var dice = life.Dice;
        switch (wait.For)
        {
            case WaitingFor.Part:
                return new ReferralCommand.DecidePart(wait.Place, dice.Chance(0.3, "part", wait.Node.Value));
            case WaitingFor.Consent:
                return new ReferralCommand.RecordConsent(StartPlan.WholeConsent(WorkingCalendar.LocalDay(life.LastAt)));
            case WaitingFor.Release:
                return new ReferralCommand.RecordRelease(StartPlan.WholeRelease(life.Chain, WorkingCalendar.LocalDay(life.LastAt)) ?? throw new UnreachableException());
            case WaitingFor.Partner:
                var run = life.State!.Run(wait.Place);
                var left = life.Chain.Step(wait.Node).Partners.Where(p => !run.Tried.Contains(p)).ToList();
                return left.Count > 0 && dice.Chance(0.9, "chooses", about) ? new ReferralCommand.ChoosePartner(wait.Place, Preferred(dice, left, about))
                    : run.Offers.Count < 4 && dice.Chance(0.35, "tries-again", about)
                        ? new ReferralCommand.ChoosePartner(wait.Place, dice.Pick(life.Chain.Step(wait.Node).Partners, "again", about))
                    : new ReferralCommand.Skip(wait.Place);
            default:
                throw new UnreachableException();
        }
    }

    private static ReferralCommand.Reopen? Reopen(CaseLife life)
    {
        var places = life.State!.Runs.Keys.OrderBy(p => p.Value, StringComparer.Ordinal).ToList();
        return life.State.Ended is null || places.Count == 0 ? null : new ReferralCommand.Reopen([life.Dice.Pick(places, "reopens-where")]);
    }

    // The first one is the nearest.
    private static OrganisationId Preferred(Dice dice, IReadOnlyList<OrganisationId> partners, string about) =>
        dice.Weighted([.. partners.Select((p, i) => (p, 1.0 / (i + 1)))], "preferred", about);

    private void Add(DateTimeOffset now, double days, CaseLife life, Func<ReferralCommand?> command)
    {
        var due = OfficeTime.Later(now, days);
        if (due < order.Until)
        {
            agenda.Add(due, life, at => command() is { } wanted ? By(life, at, wanted) : null);
        }
    }

    private static Deed.ByCaseworker By(CaseLife life, DateTimeOffset at, ReferralCommand command) => new(life.Caseworker(), command) { At = at };
}
