using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.History;
using Referrals.Engine.Privacy;
using Referrals.Workers.Commands.Drive;

namespace Referrals.Workers.Commands.Demo;

/// <summary>What the partners' people do about what comes to them.</summary>
internal sealed class Partners(HistoryOrder order, Agenda agenda, Staffing staffing, Colleagues colleagues)
{
    private readonly SortedDictionary<string, Desk> _desks = new(StringComparer.Ordinal);

    /// <summary>All desks at which something came so far, in a fixed order.</summary>
    public IReadOnlyCollection<Desk> Desks => _desks.Values;

    /// <summary>Reacts to what happened with an assignment.</summary>
    public void React(CaseLife life, AssignmentEvent happened, DateTimeOffset now)
    {
        if (happened is AssignmentEvent.Received received)
        {
            Receive(life, received, now);
            return;
        }

        if (!life.Jobs.TryGetValue(happened.Assignment, out var job))
        {
            return;
        }

        switch (happened)
        {
            case AssignmentEvent.Acknowledged when job.Stage == JobStage.Arrived:
                Look(job, now);
                break;
            case AssignmentEvent.AnswerReceived when job.Stage == JobStage.Seen:
                Add(OfficeTime.Later(now, life.Dice.Within(0.1, 0.8, "after-answer", job.Key)), job, at => Decide(job, at));
                break;
            case AssignmentEvent.Accepted:
                Move(job, JobStage.Accepted, now);
                break;
            case AssignmentEvent.Started when job.Stage == JobStage.Starting:
                Move(job, JobStage.Active, now);
                Work(job, now);
                break;
            case AssignmentEvent.Completed or AssignmentEvent.Declined or AssignmentEvent.WithdrawnBySender:
                Move(job, JobStage.Gone, now);
                break;
            default:
                break;
        }
    }

    /// <summary>Begins a day: there may be more people than yesterday.</summary>
    public void BeginDay(DateTimeOffset now)
    {
        foreach (var desk in _desks.Values)
        {
            Pump(desk, now);
        }
    }

    private void Receive(CaseLife life, AssignmentEvent.Received received, DateTimeOffset now)
    {
        var job = new Job(life, received.Assignment, received.Partner, Engine.Chains.ChainQueries.Step(life.Chain, received.Step));
        life.Jobs[received.Assignment] = job;
        var looks = life.Dice.Chance(staffing.BehindOf(job.Partner, now), "behind", job.Key)
            ? OfficeTime.Later(now, life.Dice.Within(10, 60, "behind-for", job.Key))
            : PartnerHabits.Of(job.Partner).LooksAt(life.Dice, now, staffing.StressOf(job.Partner, now), job.Key);
        if (colleagues.At(job.Partner) is { Count: > 0 } people && life.Dice.Chance(0.6, "given", job.Key))
        {
            Add(looks.AddMinutes(-5), job, at => By(job, at, new AssignmentCommand.Assign(life.Dice.Pick(people, "given-to", job.Key))));
        }

        Add(looks, job, at => By(job, at, new AssignmentCommand.Acknowledge()));
    }

    private void Look(Job job, DateTimeOffset now)
    {
        var (dice, key) = (job.Life.Dice, job.Key);
        Move(job, JobStage.Seen, now);
        if (dice.Chance(PartnerHabits.Of(job.Partner).Ask, "asks", key))
        {
            var text = Screened(dice.Pick(Phrases.Questions, "question", key));
            var question = new QuestionId(Codes.StableGuid("question", key));
            Add(OfficeTime.Later(now, dice.Within(0.05, 0.6, "asks-at", key)), job, at => By(job, at, new AssignmentCommand.Ask(question, text)));
            return;
        }

        Add(OfficeTime.Later(now, dice.Exponential(0.5, "decides-at", key)), job, at => Decide(job, at));
    }

    // Declines, or accepts as soon as there is room.
    private Deed.ByPartner? Decide(Job job, DateTimeOffset at)
    {
        var (dice, key, desk) = (job.Life.Dice, job.Key, DeskOf(job));
        var full = desk.IsFull(at);
        if (job.Stage == JobStage.Seen && dice.Chance(PartnerHabits.Of(job.Partner).Decline + (full ? 0.08 : 0), "declines", key))
        {
            var reason = PartnerHabits.Reason(dice, full, key);
            return By(job, at, new AssignmentCommand.Decline(reason, reason == DeclineReasons.Other ? Screened(dice.Pick(Phrases.Reasons, "words", key)) : null));
        }

        if (job.Stage == JobStage.Seen)
        {
            Move(job, JobStage.Ready, at);
        }

        return null;
    }

    private void Work(Job job, DateTimeOffset now)
    {
        var (dice, key, chain) = (job.Life.Dice, job.Key, job.Life.Chain);
        if (dice.Chance(0.85, "meets", key))
        {
            Add(OfficeTime.Later(now, dice.Within(0.02, 2.5, "meets-at", key)), job, at => By(job, at, new AssignmentCommand.RecordFirstContact()));
        }

        if (dice.Chance(staffing.LyingOf(job.Partner, now), "stays-lying", key))
        {
            // Somebody else is worked for meanwhile.
            Add(OfficeTime.Later(now, 3), job, at =>
            {
                Move(job, JobStage.Gone, at);
                return null;
            });
            return;
        }

        var days = Math.Max(0.3, dice.Around(PartnerHabits.DaysOf(job.Step.Service), 0.4, "works", key));
        if (dice.Chance(PartnerHabits.Of(job.Partner).Pause, "pauses", key))
        {
            var rest = dice.Within(3, 15, "rests", key);
            Add(OfficeTime.Later(now, days * 0.4), job, at => By(job, at, new AssignmentCommand.Pause()));
            Add(OfficeTime.Later(now, (days * 0.4) + rest), job, at => By(job, at, new AssignmentCommand.Resume()));
            days += rest;
        }

        Add(OfficeTime.Later(now, days + 0.05), job, at => By(job, at, new AssignmentCommand.Complete(
            PartnerHabits.Outcome(dice, job.Step, key), CaseFacts.Found(dice, chain, job.Step, Engine.Chains.WorkingCalendar.LocalDay(at), key))));
    }

    private void Move(Job job, JobStage to, DateTimeOffset now)
    {
        var desk = DeskOf(job);
        desk.Move(job, to);
        Pump(desk, now);
    }

    private void Pump(Desk desk, DateTimeOffset now)
    {
        var (begin, accept) = desk.Pump(now);
        foreach (var job in begin)
        {
            Add(OfficeTime.Later(now, job.Life.Dice.Within(0.1, 1.6, "begins-at", job.Key)), job, at => By(job, at, new AssignmentCommand.Start()));
        }

        foreach (var job in accept)
        {
            Add(OfficeTime.Later(now, job.Life.Dice.Within(0.01, 0.3, "accepts-at", job.Key)), job, at => By(job, at, new AssignmentCommand.Accept()));
        }
    }

    private Desk DeskOf(Job job)
    {
        var key = $"{job.Partner} {job.Step.Service}";
        return _desks.TryGetValue(key, out var known) ? known : _desks[key] = new Desk(job.Partner, job.Step.Service, staffing);
    }

    private void Add(DateTimeOffset at, Job job, Func<DateTimeOffset, Deed?> deed)
    {
        if (at < order.Until)
        {
            agenda.Add(at, job.Life, now => job.Stage == JobStage.Gone ? null : deed(now));
        }
    }

    private Deed.ByPartner By(Job job, DateTimeOffset at, AssignmentCommand command)
    {
        var person = colleagues.At(job.Partner) is { Count: > 0 } people ? job.Life.Dice.Pick(people, "given-to", job.Key) : $"team.{job.Step.Service}";
        return new Deed.ByPartner(new Actor(person, job.Partner), job.Assignment, command) { At = at };
    }

    /// <summary>The story's own words, which the screen lets pass.</summary>
    public static Note Screened(string text) => NoteScreen.Screen(text) is ScreenResult.Passed passed
        ? passed.Note
        : throw new HistoryException($"the screen would not let the story's own words pass: {text}");
}
