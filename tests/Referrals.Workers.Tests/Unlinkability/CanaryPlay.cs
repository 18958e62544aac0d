using System.Collections.Concurrent;
using System.Text.Json;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Workers.Tests.Unlinkability;

/// <summary>
/// Many referrals of fewer clients, all marked: two steps at once and one behind them; partners decline, ask and complete, caseworkers answer,
/// move steps to other partners, take referrals back and open them again.
/// </summary>
internal sealed class CanaryPlay(TestNetwork network, int referrals)
{
    public static readonly OrganisationId Second = new("second-childcare");
    public static readonly byte[] OfReferrals = Convert.FromHexString("c0ffee425a174c0d");
    public static readonly byte[] OfTraces = Convert.FromHexString("cafe7acebeefb0de");
    public const string CaseReference = "qxz7wv9k-";
    public const string Caseworker = "canary.qz81";
    public const string ConsentDay = "1987-06-05";
    public const int Arrears = 76_543_211;

    private const int Clients = 10;
    private const int ReferralsOfClients = 16;
    private const int Page = 500;
    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 16 };

    private readonly ConcurrentDictionary<Guid, bool> _asked = new();
    private readonly ConcurrentDictionary<Guid, HandoverCode> _slips = new();
    private readonly ConcurrentBag<HandoverCode> _codes = [];
    private readonly ChainId _chain = new(network.Prefix + "side-by-side");
    private readonly List<ReferralId> _ids = [.. Enumerable.Range(0, referrals).Select(_ => new ReferralId(new Guid([.. OfReferrals, .. Guid.NewGuid().ToByteArray()[8..]], bigEndian: true)))];

    /// <summary>Whose assignment each is.</summary>
    public Dictionary<Guid, int> ClientOf { get; } = [];

    /// <summary>Codes that were made for clients; some were redeemed.</summary>
    public IReadOnlyCollection<HandoverCode> Codes => _codes;

    /// <summary>How often each event happened to the referrals.</summary>
    public SortedDictionary<string, int> Happened { get; } = new(StringComparer.Ordinal);

    private int ClientOfReferral(int i) => i % Math.Max(1, referrals * Clients / ReferralsOfClients);

    /// <summary>Has all agree to the chain.</summary>
    public Task AgreeAsync(CancellationToken ct)
    {
        var own = (OrganisationId o) => network.Own(o);
        return network.AgreeAsync(
            new ChainVersion
            {
                Id = _chain,
                Version = 1,
                Title = new LocalText("Nebeneinander"),
                FederalState = "BB",
                Coordinator = own(TestNetwork.Coordinator),
                Facts =
                [
                    new FactDeclaration("children", new LocalText("Kinder"), new FactType.WholeNumber(0, 9)),
                    new FactDeclaration("arrears", new LocalText("Schulden"), new FactType.WholeNumber(0, 99_999_999)),
                ],
                Root = new ChainNode.Sequence
                {
                    Id = new NodeId("all"),
                    Children =
                    [
                        new ChainNode.Parallel
                        {
                            Id = new NodeId("both"),
                            Children =
                            [
                                TestNetwork.Step("childcare", "Kinderbetreuung", own(TestNetwork.Childcare)) with { Partners = [own(TestNetwork.Childcare), own(Second)], PassFacts = ["children"] },
                                TestNetwork.Step("debt", "Schuldnerberatung", own(TestNetwork.Debt)),
                            ],
                        },
                        TestNetwork.Step("family", "Familienhilfe", own(Second)),
                    ],
                },
            },
            ct);
    }

    /// <summary>Plays it to its end.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, referrals), AtOnce, async (i, _) => await StartAsync(i, ct));
        await RestAsync(ct);
        await Parallel.ForEachAsync(Enumerable.Range(0, referrals), AtOnce, async (i, _) => await AttendAsync(i, ct));
        await RestAsync(ct);
        await Parallel.ForEachAsync(Enumerable.Range(0, referrals), AtOnce, async (i, _) => await AttendAsync(i, ct));
        await RestAsync(ct);
        for (var i = 0; i < referrals; i++)
        {
            foreach (var e in await network.Referrals.HistoryAsync(network.Own(TestNetwork.Jobcenter), _ids[i], ct))
            {
                Happened[e.Type] = Happened.GetValueOrDefault(e.Type) + 1;
                if (e.Data is ReferralEvent.StepOffered offered)
                {
                    ClientOf[offered.Assignment.Value] = ClientOfReferral(i);
                }
            }
        }
    }

    private static Note Words(string text) => JsonSerializer.Deserialize<Note>(JsonSerializer.Serialize(text))!;

    private Actor Sender => new(
        Caseworker, network.Own(TestNetwork.Jobcenter), Convert.ToHexStringLower(OfTraces) + Guid.NewGuid().ToString("n")[..16],
        TraceParent: $"00-{Convert.ToHexStringLower(OfTraces)}{Guid.NewGuid().ToString("n")[..16]}-{Guid.NewGuid().ToString("n")[..16]}-01");

    private async Task StartAsync(int i, CancellationToken ct)
    {
        var (client, sender) = (ClientOfReferral(i), Sender);
        var consent = new Consent(ConsentForm.Written, DateOnly.Parse(ConsentDay, System.Globalization.CultureInfo.InvariantCulture), "service-chain");
        var outcome = await network.Referrals.StartAsync(
            sender,
            _chain,
            chain => new ReferralCommand.Start(
                _ids[i], sender.Organisation, chain.ContentHash, CaseReference + client, consent,
                new Dictionary<string, FactValue> { ["children"] = new FactValue.Number(client % 10), ["arrears"] = new FactValue.Number(Arrears) },
                new Dictionary<NodeId, OrganisationId>(), new Dictionary<NodeId, bool>(), Words($"In {client} Wochen wieder fragen."), Caseworker),
            ct);
        Assert.True(outcome is ReferralOutcome.Done, outcome.ToString());
        if (i % 3 == 0)
        {
            await HandOutAsync(i, ((ReferralOutcome.Done)outcome).Referral.State.OpenOffers.First().Assignment, ct);
        }
    }

    // Of the clients with a slip every fourth loses it.
    private async Task HandOutAsync(int i, AssignmentId assignment, CancellationToken ct)
    {
        var code = (await new HandoverService(network.Referrals).IssueAsync(Sender, _ids[i], assignment, null, ct)).Code!;
        _codes.Add(code);
        if (i % 4 != 0)
        {
            _slips[assignment.Value] = code;
        }
    }

    private Task<AssignmentOutcome> RedeemAsync(OrganisationId partner, AssignmentId id, HandoverCode code, CancellationToken ct) =>
        new HandoverDesk(network.Assignments, network.Log).RedeemAsync(new Actor("partner", network.Own(partner)), id, code, null, ct);

    // What nobody does anything about any more, and of which every message has arrived.
    private Task RestAsync(CancellationToken ct) => Wait.UntilAsync("nothing moves", async () =>
    {
        var moved = 0;
        foreach (var partner in new[] { TestNetwork.Childcare, TestNetwork.Debt, Second })
        {
            moved += await WorkAsync(partner, ct);
        }

        return moved == 0 && await network.UnconfirmedAsync(ct) == 0;
    }, ct, TimeSpan.FromMinutes(4));

    private async Task<int> WorkAsync(OrganisationId partner, CancellationToken ct)
    {
        var moved = 0;
        var open = new ListQuery(network.Own(partner).Value, AssignmentBoard.List) { Statuses = ["received", "acknowledged", "accepted", "started"], Limit = Page };
        var rows = (await network.Log.QueryRowsAsync(open, ct)).Where(r => !_asked.ContainsKey(r.Id)).ToList();
        await Parallel.ForEachAsync(rows, AtOnce, async (row, _) =>
        {
            var slip = row.Status == "received" ? _slips.GetValueOrDefault(row.Id) : null;
            var outcome = slip is not null
                ? await RedeemAsync(partner, new AssignmentId(row.Id), slip, ct)
                : await network.Assignments.DoAsync(new Actor("partner", network.Own(partner)), new AssignmentId(row.Id), Next(partner, row), null, ct);
            if (outcome is AssignmentOutcome.Done)
            {
                _slips.TryRemove(row.Id, out var _);
            }

            Interlocked.Add(ref moved, outcome is AssignmentOutcome.Done ? 1 : 0);
        });
        return moved;
    }

    private AssignmentCommand Next(OrganisationId partner, ListRow row)
    {
        var fate = row.Id.ToByteArray()[15] % 10;
        if (row.Status != "received")
        {
            return new AssignmentCommand.Complete("helped", new Dictionary<string, FactValue>());
        }

        if (fate == 0 && partner == TestNetwork.Childcare)
        {
            return new AssignmentCommand.Decline("no-capacity");
        }

        if (fate is 1 or 2 && _asked.TryAdd(row.Id, true))
        {
            return new AssignmentCommand.Ask(new QuestionId(Guid.NewGuid()), Words("Ist ein Dolmetscher nötig?"));
        }

        return new AssignmentCommand.Accept();
    }

    private async Task AttendAsync(int i, CancellationToken ct)
    {
        var holder = network.Own(TestNetwork.Jobcenter);
        var view = (await network.Referrals.FindAsync(holder, _ids[i], ct))!;
        foreach (var offer in view.State.Offers.Values.Where(o => o.HasOpenQuestion))
        {
            var question = offer.Questions.First(q => q.Value.Answer is null).Key;
            await DoAsync(i, new ReferralCommand.Answer(question, Words("Ja, bitte.")), ct);
            _asked.TryRemove(offer.Assignment.Value, out _);
        }

        var open = view.State.OpenOffers.FirstOrDefault(o => o.Step.Value == "childcare" && o.Partner == network.Own(TestNetwork.Childcare));
        ReferralCommand? command = view.Status == ReferralStatus.Completed && i % 9 == 5 ? new ReferralCommand.Reopen([new Place("family")])
            : view.State.Ended is not null ? null
            : i % 5 == 3 ? new ReferralCommand.Withdraw("no-need")
            : open is not null && i % 2 == 0 ? new ReferralCommand.Reroute(open.Place, network.Own(Second))
            : null;
        if (command is not null)
        {
            await DoAsync(i, command, ct);
        }
    }

    private async Task DoAsync(int i, ReferralCommand command, CancellationToken ct) =>
        Assert.True(await network.Referrals.DoAsync(Sender, _ids[i], command, null, ct) is ReferralOutcome.Done or ReferralOutcome.Refused);
}
