using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Reading;
using Referrals.Engine.Review.Visits;
using Referrals.Engine.Tests.Chains;
using Referrals.Engine.Tests.Referrals;

namespace Referrals.History.Tests.Review;

/// <summary>
/// Random referrals of several organisations, played by the engine, whose events come to the log mixed, among events that are none of a
/// referral's. Knows what the review has to see of what was written so far. The same seed gives the same, but for ids.
/// </summary>
internal sealed class RecordedReferrals : IAsyncDisposable
{
    private readonly Random _random;
    private readonly PostgresEventLog _log;
    private readonly List<Stream> _left = [];
    private readonly Dictionary<Guid, ReviewCase> _expected = [];

    public RecordedReferrals(PostgresOptions options, int seed, int referrals)
    {
        _random = new Random(seed);
        _log = new PostgresEventLog(options, EngineEvents.Codec);
        for (var n = 0; n < referrals; n++)
        {
            var holder = new OrganisationId($"holder-{n % 3}");
            var id = new ReferralId(Guid.NewGuid());
            var history = new TwoSides(ChainGen.FromSeed(_random.Next()), _random.Next()).Play().History;
            _left.Add(new Stream(
                ReferralBoard.Stream(holder, id), new(history.Select(e => e is ReferralEvent.Started s ? s with { Referral = id, Holder = holder } : e))));
        }
    }

    /// <summary>Events that were not yet written.</summary>
    public int Left => _left.Sum(s => s.Events.Count);

    /// <summary>Position of the last event written.</summary>
    public long Last { get; private set; }

    /// <summary>Events written that change what the review sees.</summary>
    public int Relevant { get; private set; }

    /// <summary>What the review has to see now, by id.</summary>
    public IReadOnlyDictionary<Guid, ReviewCase> Expected => _expected;

    /// <summary>Writes so many of the events that are left, of referrals picked at random.</summary>
    public async Task WriteAsync(int count, CancellationToken ct)
    {
        for (; count > 0 && _left.Count > 0; count--)
        {
            var stream = _left[_random.Next(_left.Count)];
            var happened = stream.Events.Dequeue();
            Last = await AppendAsync(stream.Name, stream.Version++, happened, ct);
            Relevant += CaseEvent.Of(happened).Change == CaseChange.Nothing ? 0 : 1;
            _expected[stream.Name.Id] = CaseFold.Evolve(_expected.GetValueOrDefault(stream.Name.Id), happened, Last);
            if (stream.Events.Count == 0)
            {
                _left.Remove(stream);
            }

            if (_random.Next(8) == 0)
            {
                await AppendAsync(new StreamName("alpha", "assignment", Guid.NewGuid()), 0, Other(), ct);
            }
        }
    }

    /// <summary>Fails unless these are the cases to be seen.</summary>
    public void AssertSeen(IReadOnlyCollection<ReviewCase> cases)
    {
        Assert.Equal(_expected.Keys.Order(), cases.Select(c => c.Id).Order());
        Assert.All(cases, c => Assert.True(_expected[c.Id].IsSameAs(c), $"{c} is not {_expected[c.Id]}"));
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    private static AssignmentEvent.Acknowledged Other() => new()
    {
        Assignment = new AssignmentId(Guid.NewGuid()),
        Sender = new OrganisationId("alpha"),
        At = Given.Noon,
        Number = 1,
    };

    private async Task<long> AppendAsync(StreamName stream, long expected, object happened, CancellationToken ct)
    {
        var result = await _log.AppendAsync(Append.To(stream, expected, [happened], Given.Context()), ct);
        return Assert.IsType<AppendResult.Appended>(result).Events[0].Sequence;
    }

    private sealed record Stream(StreamName Name, Queue<ReferralEvent> Events)
    {
        public long Version { get; set; }
    }
}
