using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Referrals;

namespace Referrals.Engine.Tests.Network;

/// <summary>Codes that are made, revoked, typed rightly and wrongly, at random.</summary>
internal sealed class Slips(NetworkInMemory network, ReferralId id, CancellationToken ct)
{
    private int _made;

    private Random Random => network.Random;

    public async Task CaseworkerActsAsync()
    {
        var offers = (await network.Referrals.FindAsync(network.Holder, id, ct))!.State.OpenOffers.OrderBy(o => o.Assignment.Value).ToList();
        if (offers.Count == 0)
        {
            return;
        }

        var offer = offers[Random.Next(offers.Count)].Assignment;
        ReferralCommand command = Random.Next(4) == 0 ? new ReferralCommand.RevokeHandover(offer) : new ReferralCommand.IssueHandover(offer, Proof(++_made));
        var outcome = await network.Referrals.DoAsync(network.Actor(network.Holder), id, command, null, ct);
        Assert.True(outcome is ReferralOutcome.Done or ReferralOutcome.Refused, outcome.ToString());
    }

    public async Task PartnerActsAsync()
    {
        foreach (var partner in network.Chain.Partners().ToList())
        {
            foreach (var row in (await network.Log.QueryRowsAsync(new ListQuery(partner.Value, AssignmentBoard.HandoversList), ct)).OrderBy(r => r.Id).ToList())
            {
                await TypeAsync(partner, row);
            }
        }
    }

    private async Task TypeAsync(OrganisationId partner, ListRow row)
    {
        IEnumerable<string> typed = Random.Next(3) switch
        {
            0 => [AssignmentBoard.ProofOf(row)],
            1 => [Proof(1_000_000 + Random.Next(1000))],
            _ => Enumerable.Range(0, ReceivedHandover.MaxTries).Select(_ => Proof(1_000_000 + Random.Next(1_000_000))).ToList(),
        };
        foreach (var proof in typed)
        {
            var outcome = await network.Assignments.DoAsync(network.Actor(partner), new AssignmentId(row.Id), new AssignmentCommand.Redeem(proof), null, ct);
            Assert.True(outcome is AssignmentOutcome.Done or AssignmentOutcome.Refused, outcome.ToString());
        }
    }

    private static string Proof(int n) => $"p{n:x48}";
}
