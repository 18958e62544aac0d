using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Organisations;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Browser.Tests;

/// <summary>
/// Six weeks in the demo network, told through the engine's services, so that every page has something to show: referrals
/// in every state, played on the product's clock.
/// </summary>
internal sealed class Story(Product product)
{
    public static readonly OrganisationId Jobcenter = new("jobcenter-elbtal");
    public static readonly OrganisationId Kita = new("kita-amt-lindenfurt");
    public static readonly OrganisationId NextKita = new("kita-amt-falkenrode");
    public static readonly OrganisationId LastKita = new("kita-amt-schwarzbrueck");
    public static readonly OrganisationId Debts = new("schuldnerberatung-elbaue");
    private static readonly ChainId Work = new("arbeit-mit-kind");
    private static readonly ChainId Family = new("familie-im-gleichgewicht");
    private static readonly ChainId Training = new("zurueck-in-ausbildung");

    private readonly ReferralService _referrals = product.Services.GetRequiredService<ReferralService>();
    private readonly AssignmentService _assignments = product.Services.GetRequiredService<AssignmentService>();
    private readonly Dictionary<string, ReferralId> _byReference = [];

    /// <summary>Plays it. Ends at the time that the clock shows when it begins.</summary>
    public async Task TellAsync(CancellationToken ct)
    {
        product.Clock.Forward(TimeSpan.FromDays(-42));
        await StartAsync("AE-17-163", ct);
        await WorkAsync("AE-17-163", ct, new AssignmentCommand.Accept(), new AssignmentCommand.Start());
        await HandOutAsync("AE-17-163", comes: true, ct);
        await DaysAsync(12, ct);
        await StartAsync("AE-17-172", ct, note: "Betreuung in den Ferien, ein Kind.");
        await DaysAsync(12, ct);
        await StartAsync("AE-17-188", ct);
        await WorkAsync("AE-17-188", ct, new AssignmentCommand.Acknowledge(), new AssignmentCommand.Accept());
        await DaysAsync(1, ct);
        await WorkAsync("AE-17-188", ct, new AssignmentCommand.Start(), new AssignmentCommand.RecordFirstContact());
        await StartAsync("AE-17-190", ct, note: "Betreuung ab 6 Uhr, zwei Kinder, gern in der Nähe des Bahnhofs.");
        await DaysAsync(2, ct);
        await WorkAsync("AE-17-188", ct, new AssignmentCommand.Complete("placed", Nothing));
        await OfferAsync("AE-17-188", Debts, ct);
        await WorkAsync("AE-17-188", ct, new AssignmentCommand.Accept(), new AssignmentCommand.Start());
        await DaysAsync(1, ct);
        await WorkAsync("AE-17-188", ct, new AssignmentCommand.Complete("helped", Nothing));
        await UntilAsync("AE-17-188", r => r.Status == ReferralStatus.Completed, ct);
        await StartAsync("AE-17-201", ct);
        await DaysAsync(6, ct);
        await StartAsync("AE-17-204", ct);
        await DeclineAsync("AE-17-204", Kita, ct);
        await DeclineAsync("AE-17-204", NextKita, ct);
        await DeclineAsync("AE-17-204", LastKita, ct);
        await UntilAsync("AE-17-204", r => r.Status == ReferralStatus.NeedsDecision, ct);
        await StartAsync("AE-17-207", ct, Family);
        await DaysAsync(5, ct);
        await StartAsync("AE-17-211", ct, note: "Randzeitenbetreuung für zwei Kinder, Arbeitsbeginn 6 Uhr.");
        await WorkAsync("AE-17-211", ct, new AssignmentCommand.Acknowledge(), new AssignmentCommand.Ask(new QuestionId(Guid.NewGuid()), Text("Welche Tage in der Woche werden gebraucht?")));
        await UntilAsync("AE-17-211", r => r.Status == ReferralStatus.QuestionOpen, ct);
        await HandOutAsync("AE-17-211", comes: false, ct);
        await StartAsync("AE-17-213", ct);
        await WorkAsync("AE-17-213", ct, new AssignmentCommand.Accept(), new AssignmentCommand.Start());
        await SealAsync("AE-17-213", ct);
        await DaysAsync(1, ct);
        await StartAsync("AE-17-214", ct);
        await DoAsync("AE-17-214", new ReferralCommand.Withdraw("mistake"), ct);
        await DaysAsync(2, ct);
        await StartAsync("AE-17-216", ct);
        await StartAsync("AE-17-217", ct);
        await LoseLetterAsync(ct);
        await AgreeAsync(ct);
        await ProposeAsync(ct);
    }

    // A newer version of a chain that nobody in the story uses waits for its partners.
    private async Task ProposeAsync(CancellationToken ct)
    {
        var chains = product.Services.GetRequiredService<ChainService>();
        var inForce = (await chains.InForceAsync(Training, ct))!.Version;
        var first = inForce.Steps().First();
        var next = inForce with { Version = 2, Root = Longer(inForce.Root, first.Id) };
        var day = WorkingCalendar.LocalDay(product.Clock.GetUtcNow()).AddDays(40);
        var outcome = await chains.DoAsync(new Actor("anka.seewald", next.Coordinator), Training, new ChainCommand.Propose(next.Coordinator, next, day), null, ct);
        _ = outcome as ChainOutcome.Done ?? throw new InvalidOperationException($"{Training}: {outcome}");
    }

    private static ChainNode Longer(ChainNode node, NodeId step) => node switch
    {
        ChainNode.Step s when s.Id == step => s with { AcknowledgeWithin = s.AcknowledgeWithin + 2, EscalateAfter = 3 },
        ChainNode.Sequence s => s with { Children = [.. s.Children.Select(c => Longer(c, step))] },
        ChainNode.Parallel p => p with { Children = [.. p.Children.Select(c => Longer(c, step))] },
        ChainNode.Optional o => o with { Child = Longer(o.Child, step) },
        _ => node,
    };

    private static readonly IReadOnlyDictionary<string, FactValue> Nothing = new Dictionary<string, FactValue>();

    private async Task StartAsync(string reference, CancellationToken ct, ChainId? chain = null, string? note = null)
    {
        var id = new ReferralId(Guid.NewGuid());
        var today = DateOnly.FromDateTime(product.Clock.GetUtcNow().UtcDateTime);
        var consent = new Consent(ConsentForm.Written, today, "chain", today.AddMonths(6));
        var facts = chain == Family
            ? new Dictionary<string, FactValue> { ["children"] = new FactValue.Number(2), ["rent-arrears"] = new FactValue.Number(2), ["separation"] = new FactValue.YesNo(true), ["age-of-youngest"] = new FactValue.Number(2) }
            : new Dictionary<string, FactValue> { ["children"] = new FactValue.Number(2), ["age-of-youngest"] = new FactValue.Number(3) };
        var outcome = await _referrals.StartAsync(
            Caseworker, chain ?? Work,
            agreed => new ReferralCommand.Start(
                id, Jobcenter, agreed.ContentHash, reference, consent, facts, new Dictionary<NodeId, OrganisationId>(), new Dictionary<NodeId, bool>(), note is null ? null : Text(note)),
            ct);
        Done(outcome);
        _byReference[reference] = id;
    }

    private async Task DeclineAsync(string reference, OrganisationId partner, CancellationToken ct)
    {
        await OfferAsync(reference, partner, ct);
        await WorkAsync(reference, ct, new AssignmentCommand.Decline("no-capacity"));
    }

    // What the partner does with what it holds of the referral at the moment.
    private async Task WorkAsync(string reference, CancellationToken ct, params IReadOnlyList<AssignmentCommand> acts)
    {
        var offer = (await UntilAsync(reference, r => r.State.OpenOffers.Any(), ct)).State.OpenOffers.First();
        await Wait.UntilAsync(async () => await _assignments.FindAsync(offer.Partner, offer.Assignment, ct), ct);
        foreach (var act in acts)
        {
            var outcome = await _assignments.DoAsync(new Actor(LoginAt(offer.Partner), offer.Partner), offer.Assignment, act, null, ct);
            if (outcome is not AssignmentOutcome.Done)
            {
                throw new InvalidOperationException($"{reference}: {act} → {outcome}");
            }
        }
    }

    // The client gets a slip, and comes with it or not yet.
    private async Task HandOutAsync(string reference, bool comes, CancellationToken ct)
    {
        var offer = (await UntilAsync(reference, r => r.State.OpenOffers.Any(), ct)).State.OpenOffers.First();
        var made = await new HandoverService(_referrals).IssueAsync(Caseworker, _byReference[reference], offer.Assignment, null, ct);
        Done(made.Outcome);
        await Wait.UntilAsync(async () => (await _assignments.FindAsync(offer.Partner, offer.Assignment, ct))?.State.Handover, ct);
        if (comes)
        {
            await WorkAsync(reference, ct, new AssignmentCommand.Redeem(HandoverProof.Of(HandoverProof.Key(made.Code!, offer.Partner), offer.Assignment)));
            await UntilAsync(reference, r => r.State.Offers[offer.Assignment].Handover!.RedeemedAt is not null, ct);
        }
    }

    // A card that nobody can open: what it says doesn't matter here, and its key was thrown away.
    private async Task SealAsync(string reference, CancellationToken ct)
    {
        using var pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var key = Convert.ToBase64String(pair.ExportSubjectPublicKeyInfo());
        var published = await product.Services.GetRequiredService<OrganisationService>()
            .DoAsync(new Actor(Demo.Partner, Kita), Kita, new OrganisationCommand.PublishCardKey(key), null, ct);
        _ = published as OrganisationOutcome.Done ?? throw new InvalidOperationException(published.ToString());
        var offer = (await UntilAsync(reference, r => r.State.OpenOffers.Any(o => o.IsAccepted), ct)).State.OpenOffers.First(o => o.IsAccepted);
        var seal = new ReferralCommand.SealCard(offer.Assignment, 1, SealedCard.PrintOf(key)!, IssuedCard.UntilFrom(product.Clock.GetUtcNow()));
        var card = Convert.ToBase64String([1, .. RandomNumberGenerator.GetBytes(1117)]);
        Done(await product.Services.GetRequiredService<CardService>().SealAsync(Caseworker, _byReference[reference], seal, card, null, ct));
        await Wait.UntilAsync(async () => (await _assignments.FindAsync(offer.Partner, offer.Assignment, ct))?.State.Card, ct);
    }

    private static string LoginAt(OrganisationId partner) => partner == Kita ? Demo.Partner : partner == Debts ? Demo.Debts : $"team.{partner}";

    // A message of a kind that nobody knows, so that the administrator has something to look at.
    private async Task LoseLetterAsync(CancellationToken ct)
    {
        var now = product.Clock.GetUtcNow();
        var row = DeadLetters.UnreadableRow(Jobcenter, "StepAcceptedV9", Guid.NewGuid(), now);
        await product.Services.GetRequiredService<IEventLog>().AppendAsync(new Append(new Actor("network", Jobcenter).At(now), [], [new RowChange.PutListRow(row)]), ct);
    }

    // A new version of the families' chain, agreed by all: a talk at the end comes in addition. What runs stays on the one before.
    private async Task AgreeAsync(CancellationToken ct)
    {
        var chains = product.Services.GetRequiredService<ChainService>();
        var before = (await chains.InForceAsync(Family, ct))!.Version;
        var root = (ChainNode.Sequence)before.Root;
        var talk = before.Step(new NodeId("familie")) with { Id = new NodeId("abschluss"), Title = new LocalText("Abschlussgespräch", "Closing talk") };
        var next = before with { Version = before.Version + 1, Root = root with { Children = [.. root.Children, talk] } };
        await DoAsync(new ChainCommand.Propose(next.Coordinator, next));
        foreach (var partner in next.Partners())
        {
            await DoAsync(new ChainCommand.Agree(partner, next.Version));
        }

        async Task DoAsync(ChainCommand command)
        {
            if (await chains.DoAsync(new Actor($"leitung.{command.By}", command.By), Family, command, null, ct) is not ChainOutcome.Done)
            {
                throw new InvalidOperationException($"{command} was refused");
            }
        }
    }

    private Task<ReferralView> OfferAsync(string reference, OrganisationId partner, CancellationToken ct) =>
        UntilAsync(reference, r => r.State.OpenOffers.Any(o => o.Partner == partner), ct);

    private async Task<ReferralView> UntilAsync(string reference, Func<ReferralView, bool> condition, CancellationToken ct) =>
        await Wait.UntilAsync(async () => await _referrals.FindAsync(Jobcenter, _byReference[reference], ct) is { } found && condition(found) ? found : null, ct);

    private async Task DoAsync(string reference, ReferralCommand command, CancellationToken ct) =>
        Done(await _referrals.DoAsync(Caseworker, _byReference[reference], command, null, ct));

    // Day by day, so that deadlines pass in their order; each day lasts until what fell due in it was done.
    private async Task DaysAsync(int days, CancellationToken ct)
    {
        for (var day = 0; day < days; day++)
        {
            product.Clock.Forward(TimeSpan.FromDays(1));
            await Wait.UntilAsync(async () => await NothingIsDueAsync(ct) ? this : null, ct);
        }
    }

    private async Task<bool> NothingIsDueAsync(CancellationToken ct)
    {
        foreach (var id in _byReference.Values)
        {
            if ((await _referrals.FindAsync(Jobcenter, id, ct))!.Next.Due.Count > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static Actor Caseworker { get; } = new(Demo.Caseworker, Jobcenter);

    private static Note Text(string text) => NoteScreen.Screen(text) is ScreenResult.Passed passed ? passed.Note : throw new InvalidOperationException($"screened: {text}");

    private static void Done(ReferralOutcome outcome)
    {
        if (outcome is not ReferralOutcome.Done)
        {
            throw new InvalidOperationException(outcome.ToString());
        }
    }
}
