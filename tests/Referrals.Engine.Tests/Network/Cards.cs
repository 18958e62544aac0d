using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Referrals;

namespace Referrals.Engine.Tests.Network;

/// <summary>Contact cards that are sealed, taken back, fetched, opened and given back, at random; by dice of their own, so that the rest of the play stays.</summary>
internal sealed class Cards(NetworkInMemory network, ReferralId id, int seed, CancellationToken ct)
{
    private const string Key = "k0123456789abcdef0123456789abcdef";
    private readonly Random _random = new(seed);

    public Task ActAsync() => _random.Next(4) switch
    {
        0 => CaseworkerActsAsync(),
        1 => PartnersActAsync(),
        _ => Task.CompletedTask,
    };

    private async Task CaseworkerActsAsync()
    {
        var state = (await network.Referrals.FindAsync(network.Holder, id, ct))!.State;
        foreach (var offer in state.OpenOffers.Where(o => o.IsAccepted).OrderBy(o => o.Assignment.Value).ToList())
        {
            ReferralCommand command = _random.Next(4) == 0
                ? new ReferralCommand.WithdrawCard(offer.Assignment)
                : new ReferralCommand.SealCard(offer.Assignment, (offer.Card?.Issue ?? 0) + 1, Key, IssuedCard.UntilFrom(network.Time.GetUtcNow()));
            var outcome = await network.Referrals.DoAsync(network.Actor(network.Holder), id, command, null, ct);
            Assert.True(outcome is ReferralOutcome.Done or ReferralOutcome.Refused, outcome.ToString());
        }
    }

    private async Task PartnersActAsync()
    {
        foreach (var partner in network.Chain.Partners().ToList())
        {
            foreach (var row in (await network.Log.QueryRowsAsync(new ListQuery(partner.Value, AssignmentBoard.List), ct)).OrderBy(r => r.Id).ToList())
            {
                var assignment = new AssignmentId(row.Id);
                if ((await network.Assignments.FindAsync(partner, assignment, ct))!.State.Card is { } card)
                {
                    await DoAsync(partner, assignment, new AssignmentCommand.FetchCard(card.Fetches + 1));
                    await DoAsync(partner, assignment, _random.Next(3) switch
                    {
                        0 => new AssignmentCommand.ReturnCard(card.Issue),
                        1 => new AssignmentCommand.FetchCard(card.Fetches + 2),
                        _ => new AssignmentCommand.ConfirmCard(card.Issue),
                    });
                }
            }
        }
    }

    private async Task DoAsync(OrganisationId partner, AssignmentId assignment, AssignmentCommand command)
    {
        var outcome = await network.Assignments.DoAsync(network.Actor(partner), assignment, command, null, ct);
        Assert.True(outcome is AssignmentOutcome.Done or AssignmentOutcome.Refused, outcome.ToString());
    }
}
