using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Contracts;
using Referrals.Engine.Network.Organisations;
using Referrals.Engine.Referrals;

namespace Referrals.Engine.Tests.Network;

/// <summary>A letter in the post: what a broker would carry.</summary>
internal sealed record Letter(Guid Id, OrganisationId To, Type Type, string Json)
{
    public static Letter Of(OutgoingMessage m) => new(m.Id, m.To, m.Body.GetType(), JsonSerializer.Serialize(m.Body, m.Body.GetType(), EventCodec.Json));

    public IMessageV1 Open() => (IMessageV1)JsonSerializer.Deserialize(Json, Type, EventCodec.Json)!;
}

/// <summary>
/// A whole network in memory: the real log, services and handler, and a post office that loses, doubles and overtakes. Everything that
/// is random comes from one seed.
/// </summary>
internal sealed class NetworkInMemory
{
    private readonly Dictionary<Guid, long> _unconfirmed = [];
    private readonly List<Guid> _sentInOrder = [];
    private readonly CancellationToken _ct;
    private long _relayed;

    public NetworkInMemory(ChainVersion chain, OrganisationId holder, int seed, CancellationToken ct)
    {
        (Chain, Holder, Random, _ct) = (chain, holder, new Random(seed), ct);
        Log = new MemoryEventLog(EngineEvents.Codec);
        Chains = new ChainService(Log, Time);
        Organisations = new OrganisationService(Log, Time);
        Referrals = new ReferralService(Log, Chains, Time, NewGuid);
        Assignments = new AssignmentService(Log, Chains, Time);
        Incoming = new IncomingHandler(Referrals, Assignments, Chains, Log, Time);
    }

    public ChainVersion Chain { get; }

    public OrganisationId Holder { get; }

    public Random Random { get; }

    public MemoryEventLog Log { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 5, 4, 6, 0, 0, TimeSpan.Zero));

    public ChainService Chains { get; }

    public OrganisationService Organisations { get; }

    public ReferralService Referrals { get; }

    public AssignmentService Assignments { get; }

    public IncomingHandler Incoming { get; }

    /// <summary>Letters in the post.</summary>
    public List<Letter> Post { get; } = [];

    /// <summary>How often each thing happened to letters, to see that a test tested what it claims.</summary>
    public Dictionary<string, int> Fates { get; } = [];

    public IEnumerable<OrganisationId> Everybody => Chain.Partners().Append(Holder).Append(Chain.Coordinator).Distinct();

    public Guid NewGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        Random.NextBytes(bytes);
        return new Guid(bytes);
    }

    public Actor Actor(OrganisationId organisation) => new("somebody", organisation);

    /// <summary>Registers everybody and puts the chain in force.</summary>
    public async Task FoundAsync()
    {
        foreach (var id in Everybody)
        {
            var profile = new OrganisationProfile { Name = $"Stelle {id}", Kind = "partner", Municipality = "Lindenfurt", PolicyFields = ["work"], Roles = ["partner"] };
            Assert.IsType<OrganisationOutcome.Done>(
                await Organisations.DoAsync(Actor(id), id, new OrganisationCommand.Register(profile), null, _ct));
        }

        async Task Do(ChainCommand command)
        {
            var outcome = await Chains.DoAsync(Actor(command.By), Chain.Id, command, null, _ct);
            Assert.True(outcome is ChainOutcome.Done, outcome.ToString());
        }

        await Do(new ChainCommand.Propose(Chain.Coordinator, Chain));
        foreach (var partner in Chain.Partners().ToList())
        {
            await Do(new ChainCommand.Agree(partner, Chain.Version));
        }
    }

    public async Task<ReferralId> StartAsync()
    {
        var id = new ReferralId(NewGuid());
        var outcome = await Referrals.StartAsync(Actor(Holder), Chain.Id, agreed => new ReferralCommand.Start(
            id, Holder, agreed.ContentHash, "JC-2026-17", new Consent(ConsentForm.Written, new DateOnly(2026, 5, 2), "childcare"),
            RandomFacts(Chain.Facts.Where(f => f.Required || Random.Next(2) == 0)),
            new Dictionary<NodeId, OrganisationId>(), new Dictionary<NodeId, bool>(), Samples.Note()), _ct);
        Assert.True(outcome is ReferralOutcome.Done, outcome.ToString());
        return id;
    }

    public IReadOnlyDictionary<string, FactValue> RandomFacts(IEnumerable<FactDeclaration> declared) => declared.ToDictionary(f => f.Name, f => f.Type switch
    {
        FactType.CodeList list => new FactValue.Code(list.Codes[Random.Next(list.Codes.Count)].Code),
        FactType.WholeNumber bounds => new FactValue.Number(Random.Next(bounds.Min, bounds.Max + 1)),
        FactType.YesNo => new FactValue.YesNo(Random.Next(2) == 0),
        FactType.Month => (FactValue)new FactValue.Month(new DateOnly(2026, Random.Next(1, 13), 1)),
        _ => throw new InvalidOperationException(),
    });

    /// <summary>The relay: what happened since, into the post.</summary>
    public async Task RelayAsync()
    {
        while (await Log.ReadEventAsync(_relayed + 1, _ct) is { } happened)
        {
            _relayed++;
            if (Outgoing.From(happened) is { } message)
            {
                Assert.Equal(happened.Id, message.Id);
                Assert.Equal(happened.Stream.Tenant, message.From.Value);
                Assert.Null(OutgoingScreen.Check(message.Body));
                _unconfirmed.Add(message.Id, _relayed);
                _sentInOrder.Add(message.Id);
                Post.Add(Letter.Of(message));
            }
        }
    }

    /// <summary>Sends again what has no receipt: made anew from the log, so it must come out the same.</summary>
    public async Task ResendAsync()
    {
        foreach (var id in _sentInOrder.Where(_unconfirmed.ContainsKey).ToList())
        {
            var happened = await Log.ReadEventAsync(_unconfirmed[id], _ct);
            Post.Add(Letter.Of(Outgoing.From(happened!)!));
            Count("resent");
        }
    }

    /// <summary>Takes a letter out of the post and delivers it; one that comes too early goes back.</summary>
    public async Task<HandlingResult> DeliverAsync(Letter letter)
    {
        Post.Remove(letter);
        var message = letter.Open();
        var result = await Incoming.HandleAsync(letter.To, message, letter.Id, null, _ct);
        Count(result.GetType().Name);
        if (result is HandlingResult.TooEarly)
        {
            Post.Add(letter);
        }
        else if (message is ReceiptV1 receipt)
        {
            receipt.Messages.ToList().ForEach(id => _unconfirmed.Remove(id));
        }
        else
        {
            Post.Add(Letter.Of(Outgoing.ReceiptFor(message.From, message.To, [letter.Id])));
        }

        return result;
    }

    /// <summary>One letter meets its fate: it is lost, doubled, or delivered; any letter may be next.</summary>
    public async Task PostOneAsync(int lossPercent)
    {
        if (Post.Count == 0)
        {
            return;
        }

        var letter = Post[Random.Next(Post.Count)];
        var fate = Random.Next(100);
        if (fate < lossPercent)
        {
            Post.Remove(letter);
            Count("lost");
            return;
        }

        if (fate < lossPercent + 15)
        {
            Post.Add(letter);
            Count("doubled");
        }

        var result = await DeliverAsync(letter);
        Assert.False(result is HandlingResult.Rejected, $"{letter.Type.Name}: {result}");
    }

    /// <summary>The broker loses its disk.</summary>
    public void LosePost()
    {
        Count("post lost");
        Post.Clear();
    }

    /// <summary>Nobody does anything any more; the post works off what there is, with losses, until everything is confirmed.</summary>
    public async Task SettleAsync()
    {
        for (var round = 0; round < 200; round++)
        {
            await RelayAsync();
            if (Post.Count == 0 && _unconfirmed.Count == 0)
            {
                return;
            }

            await ResendAsync();
            for (var left = Post.Count * 4; left > 0 && Post.Count > 0; left--)
            {
                await PostOneAsync(lossPercent: 10);
                await RelayAsync();
            }
        }

        Assert.Fail($"the post does not settle: {Post.Count} letters, {_unconfirmed.Count} unconfirmed");
    }

    /// <summary>Lets time pass and does what is due then.</summary>
    public async Task WaitAsync(TimeSpan span)
    {
        Time.Advance(span);
        foreach (var due in await Log.TakeDueAsync(Time.GetUtcNow(), TimeSpan.FromMinutes(1), 100, _ct))
        {
            Assert.IsType<ReferralOutcome.Done>(await Referrals.PassTimeAsync(new Actor("clock", new OrganisationId(due.Stream.Tenant)), new ReferralId(due.Stream.Id), _ct));
        }
    }

    private void Count(string fate) => Fates[fate] = Fates.GetValueOrDefault(fate) + 1;
}
