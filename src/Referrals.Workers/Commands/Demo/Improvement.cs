using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Command = Referrals.Engine.Chains.ChainCommand;

namespace Referrals.Workers.Commands.Demo;

/// <summary>A chain gets a better version: its coordinator proposes it, its partners agree one after the other, and with the last it is in force.</summary>
internal sealed class Improvement(HistoryOrder order, ChainService chains, VirtualClock clock, ChainVersion better)
{
    private const double DaysToAgree = 21;

    /// <summary>Means to do it.</summary>
    public void Plan(Agenda agenda)
    {
        var partners = better.Partners().ToList();
        var span = TimeSpan.FromDays(Math.Min(DaysToAgree, (order.Improvement - order.From).TotalDays / 2));
        Add(agenda, order.Improvement - span, new Command.Propose(better.Coordinator, better));
        for (var i = 0; i < partners.Count; i++)
        {
            Add(agenda, order.Improvement - (span * (1 - ((i + 1.0) / partners.Count))), new Command.Agree(partners[i], better.Version));
        }
    }

    private void Add(Agenda agenda, DateTimeOffset at, Command command)
    {
        var due = OfficeTime.Later(at, 0);
        agenda.Add(due, async (now, ct) =>
        {
            clock.Set(now);
            if (await chains.DoAsync(new Actor("demo", command.By), better.Id, command, null, ct) is not ChainOutcome.Done)
            {
                throw new HistoryException($"version {better.Version} of {better.Id} was not agreed: {command.GetType().Name} by {command.By}");
            }
        });
    }
}
