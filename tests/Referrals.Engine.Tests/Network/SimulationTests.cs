using System.Collections.Concurrent;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Referrals;
using Referrals.Engine.Tests.Chains;
using Referrals.Engine.Tests.Referrals;

namespace Referrals.Engine.Tests.Network;

/// <summary>
/// Deterministic simulation: random chains, people who do random things on both sides, and a post office that loses, doubles and
/// overtakes. Whatever happened, both sides know the same once the post is empty.
/// </summary>
public sealed class SimulationTests
{
    private const int Seeds = 100;

    private static readonly string[] Fates = ["Handled", "TooEarly", "lost", "doubled", "resent", "post lost"];

    [Fact]
    public async Task Both_sides_end_in_the_same_state_whatever_the_post_does()
    {
        var (fates, endings, kinds) = (new ConcurrentDictionary<string, int>(), new ConcurrentDictionary<ReferralStatus, int>(), new HashSet<string>());
        for (var seed = 0; seed < Seeds; seed++)
        {
            try
            {
                var (network, status) = await RunAsync(seed, TestContext.Current.CancellationToken);
                foreach (var (fate, count) in network.Fates)
                {
                    fates.AddOrUpdate(fate, count, (_, n) => n + count);
                }

                endings.AddOrUpdate(status, 1, (_, n) => n + 1);
                kinds.UnionWith(await KindsAsync(network));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                throw new InvalidOperationException($"seed {seed}", exception);
            }
        }

        // A simulation that meets only fair weather proves nothing.
        Assert.All(Fates, fate => Assert.True(fates.GetValueOrDefault(fate) > 10, $"{fate}: {fates.GetValueOrDefault(fate)}"));
        Assert.True(endings.Count >= 4, string.Join(", ", endings));
        Assert.Empty(Wanted.Except(kinds));
    }

    private static IEnumerable<string> Wanted =>
        AssignmentEventTypes.All.Select(t => t.Name)
            .Concat(["step_escalated", "step_reminded", "offer_withdrawn", "step_answered", "step_rerouted", "referral_reopened", "step_acknowledgement_undone", "step_acceptance_undone", "caseworker_changed",
                "handover_issued", "handover_revoked", "handover_redeemed", "handover_blocked",
                "card_sealed", "card_withdrawn", "card_opened", "card_returned"]);

    private static async Task<(NetworkInMemory Network, ReferralStatus Status)> RunAsync(int seed, CancellationToken ct)
    {
        var chain = ChainGen.FromSeed(seed) with { Version = 1 };
        var random = new Random(seed);
        // Sometimes the holder is a partner of its own chain and sends messages to itself.
        var holder = random.Next(3) == 0 ? chain.Partners().First() : new OrganisationId("holder");
        var network = new NetworkInMemory(chain, holder, seed, ct);
        await network.FoundAsync();
        var id = await network.StartAsync();
        var (people, slips, cards) = (new People(network, id, ct), new Slips(network, id, ct), new Cards(network, id, seed, ct));
        for (var turn = 0; turn < 120; turn++)
        {
            switch (network.Random.Next(22))
            {
                case < 2 when turn >= 100 && seed % 3 == 0: await people.EraseAsync(); break;
                case < 2: await people.CaseworkerActsAsync(); break;
                case < 8: await people.PartnerActsAsync(); break;
                case < 9: await network.WaitAsync(TimeSpan.FromHours(network.Random.Next(1, 60))); break;
                case < 10 when network.Random.Next(3) == 0: await network.ResendAsync(); break;
                case < 11 when network.Random.Next(8) == 0: network.LosePost(); break;
                case 20: await slips.CaseworkerActsAsync(); break;
                case 21: await slips.PartnerActsAsync(); break;
                default: await network.PostOneAsync(lossPercent: 12); break;
            }

            await cards.ActAsync();
            await network.RelayAsync();
        }

        await network.SettleAsync();
        await BothSides.AssertAgreeAsync(network, id, ct);
        return (network, (await network.Referrals.FindAsync(holder, id, ct))!.Status);
    }

    private static async Task<IEnumerable<string>> KindsAsync(NetworkInMemory network)
    {
        var kinds = new HashSet<string>();
        for (var sequence = 1L; await network.Log.ReadEventAsync(sequence, TestContext.Current.CancellationToken) is { } happened; sequence++)
        {
            kinds.Add(happened.Type);
        }

        return kinds;
    }
}

/// <summary>People who do random things; what is refused is refused, and nothing breaks.</summary>
internal sealed class People(NetworkInMemory network, ReferralId id, CancellationToken ct)
{
    private Random Random => network.Random;

    public async Task CaseworkerActsAsync()
    {
        var view = (await network.Referrals.FindAsync(network.Holder, id, ct))!;
        if (Command(view) is { } command)
        {
            var outcome = await network.Referrals.DoAsync(network.Actor(network.Holder), id, command, null, ct);
            Assert.True(outcome is ReferralOutcome.Done or ReferralOutcome.Refused, outcome.ToString());
        }
    }

    public async Task EraseAsync()
    {
        var outcome = await network.Referrals.DoAsync(network.Actor(network.Holder), id, new ReferralCommand.Erase(ErasureReason.Request), null, ct);
        Assert.True(outcome is ReferralOutcome.Done or ReferralOutcome.Refused, outcome.ToString());
    }

    public async Task PartnerActsAsync()
    {
        var rows = new List<ListRow>();
        foreach (var partner in network.Chain.Partners().ToList())
        {
            rows.AddRange(await network.Log.QueryRowsAsync(new ListQuery(partner.Value, AssignmentBoard.List), ct));
        }

        // Mostly what is open; now and then somebody clicks on what has ended.
        var open = rows.Where(r => r.Status is not ("completed" or "declined" or "withdrawn") || Random.Next(10) == 0).OrderBy(r => r.Id).ToList();
        if (open.Count > 0)
        {
            var row = Pick(open);
            await ActAsync(new OrganisationId(row.Tenant), new AssignmentId(row.Id));
        }
    }

    private async Task ActAsync(OrganisationId partner, AssignmentId assignment)
    {
        var view = (await network.Assignments.FindAsync(partner, assignment, ct))!;
        var outcome = await network.Assignments.DoAsync(network.Actor(partner), assignment, Command(view), null, ct);
        Assert.True(outcome is AssignmentOutcome.Done or AssignmentOutcome.Refused, outcome.ToString());
    }

    private ReferralCommand? Command(ReferralView view)
    {
        var state = view.State;
        if (view.Next.Waiting.Count > 0 && Random.Next(4) > 0)
        {
            var waiting = Pick(view.Next.Waiting);
            return waiting.For switch
            {
                WaitingFor.Part => new ReferralCommand.DecidePart(waiting.Place, Random.Next(3) > 0),
                WaitingFor.Consent => new ReferralCommand.RecordConsent(Consent()),
                WaitingFor.Release => new ReferralCommand.RecordRelease(TestChains.Released(view.Chain)!),
                WaitingFor.Partner when Random.Next(4) == 0 => new ReferralCommand.Skip(waiting.Place),
                _ => new ReferralCommand.ChoosePartner(waiting.Place, Pick(view.Chain.Step(waiting.Node).Partners)),
            };
        }

        var offers = state.OpenOffers.OrderBy(o => o.Assignment.Value).ToList();
        var question = offers.SelectMany(o => o.Questions).Where(q => q.Value.Answer is null).OrderBy(q => q.Key.Value).FirstOrDefault();
        if (question.Value is not null && Random.Next(3) > 0)
        {
            return new ReferralCommand.Answer(question.Key, Samples.Note("Ja, ab September"));
        }

        return (Random.Next(40), offers) switch
        {
            (0, _) => new ReferralCommand.Withdraw("moved-away"),
            (1, _) => new ReferralCommand.WithdrawConsent(),
            (2, _) => new ReferralCommand.Close(),
            ( < 6, _) => new ReferralCommand.Reopen(EndedPlaces(state), Consent()),
            ( < 16, { Count: > 0 }) => Reroute(view, Pick(offers)),
            ( < 22, { Count: > 0 }) => new ReferralCommand.Skip(Pick(offers).Place),
            ( < 24, _) => new ReferralCommand.HandOver(Random.Next(3) == 0 ? null : $"person-{Random.Next(3)}"),
            ( < 32, { Count: > 0 }) => new ReferralCommand.Remind(Pick(offers).Assignment),
            _ => null,
        };
    }

    private ReferralCommand.Reroute Reroute(ReferralView view, Offer offer) => new(offer.Place, Pick(view.Chain.Step(offer.Step).Partners));

    private static List<Place> EndedPlaces(ReferralState state) =>
        [.. state.Runs.Where(r => r.Value.End is not null).Select(r => r.Key).OrderBy(p => p.Value, StringComparer.Ordinal).Take(1)];

    private Consent Consent() => new(ConsentForm.Electronic, WorkingCalendar.LocalDay(network.Time.GetUtcNow()), "childcare");

    private AssignmentCommand Command(AssignmentView view)
    {
        var step = view.Step;
        if (view.State.Undoable is { What: Undoing.Acknowledgement } && Random.Next(4) == 0)
        {
            return new AssignmentCommand.UndoAcknowledgement();
        }

        return Random.Next(26) switch
        {
            < 2 => new AssignmentCommand.Acknowledge(),
            < 7 => new AssignmentCommand.Accept(),
            < 8 => new AssignmentCommand.Decline(Random.Next(3) == 0 ? "other" : "no-capacity", Samples.Note("Derzeit voll")),
            < 10 => new AssignmentCommand.Ask(new QuestionId(network.NewGuid()), Samples.Note("Ab welcher Uhrzeit?")),
            < 13 => new AssignmentCommand.Start(),
            < 15 => new AssignmentCommand.RecordFirstContact(),
            < 17 => new AssignmentCommand.Pause(),
            < 19 => new AssignmentCommand.Resume(),
            19 => new AssignmentCommand.Assign(Random.Next(3) == 0 ? null : $"person-{Random.Next(3)}"),
            < 22 => new AssignmentCommand.UndoAcknowledgement(),
            < 24 => new AssignmentCommand.UndoAcceptance(),
            _ => new AssignmentCommand.Complete(
                Pick(step.Outcomes), network.RandomFacts(view.Chain.Facts.Where(f => step.ReturnFacts.Contains(f.Name)))),
        };
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[Random.Next(from.Count)];
}
