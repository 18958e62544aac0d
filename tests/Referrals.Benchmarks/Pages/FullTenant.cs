using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Benchmarks.Pages;

/// <summary>
/// Two years of referrals in one organisation's tenant, and of assignments in one partner's, decided by the engine's own deciders and
/// written many streams at once. One in twelve is still open.
/// </summary>
internal sealed class FullTenant(IEventLog log, AgreedChain chain, DateTimeOffset now)
{
    public static readonly OrganisationId Holder = new("jobcenter-elbtal");
    public static readonly OrganisationId Partner = new("kita-amt-lindenfurt");

    private const int AtOnce = 100;
    private static readonly Note Question = ((ScreenResult.Passed)NoteScreen.Screen("Welche Tage in der Woche werden gebraucht?")).Note;

    /// <summary>Writes so many of each.</summary>
    /// <param name="count">How many referrals; a fifth as many assignments.</param>
    /// <param name="caseworkers">Logins that they are spread over.</param>
    /// <param name="ct">Cancels.</param>
    public async Task FillAsync(int count, IReadOnlyList<string> caseworkers, CancellationToken ct)
    {
        for (var i = 0; i < count; i += AtOnce)
        {
            var referrals = Enumerable.Range(i, Math.Min(AtOnce, count - i)).Select(n => Referral(n, count, caseworkers[n % caseworkers.Count])).ToList();
            var assignments = referrals.Where((_, at) => at % 5 == 0).Select((r, at) => Assignment(r, i + at)).ToList();
            await WriteAsync(Holder, referrals.Select(r => (ReferralBoard.Stream(Holder, r.State.Start.Referral), (IReadOnlyList<object>)r.Events, r.Rows)), ct);
            await WriteAsync(Partner, assignments, ct);
        }
    }

    private async Task WriteAsync(OrganisationId tenant, IEnumerable<(StreamName Stream, IReadOnlyList<object> Events, IReadOnlyList<RowChange> Rows)> streams, CancellationToken ct)
    {
        var all = streams.ToList();
        var append = new Append(
            new Actor("benchmark", tenant).At(now), [.. all.Select(s => new StreamAppend(s.Stream, 0, s.Events))], [.. all.SelectMany(s => s.Rows)]);
        if (await log.AppendAsync(append, ct) is not AppendResult.Appended)
        {
            throw new InvalidOperationException("the streams were there already");
        }
    }

    private (ReferralState State, IReadOnlyList<ReferralEvent> Events, IReadOnlyList<RowChange> Rows) Referral(int n, int count, string caseworker)
    {
        var open = n % 12 == 0;
        var started = open ? now.AddDays(-(n % 90)) : now.AddDays(-730 + (720.0 * n / count));
        var facts = new Dictionary<string, FactValue> { ["children"] = new FactValue.Number(1 + (n % 4)), ["age-of-youngest"] = new FactValue.Number(n % 12) };
        var consent = new Consent(ConsentForm.Written, DateOnly.FromDateTime(started.UtcDateTime), "service-chain");
        List<ReferralEvent> events = [];
        ReferralState? state = null;
        void Do(ReferralCommand command, DateTimeOffset at)
        {
            var happens = (ReferralDecision.Happens)ReferralDecider.Decide(command, state, chain.Version, at, Guid.NewGuid);
            events.AddRange(happens.Events);
            state = happens.Events.Aggregate(state, ReferralState.Evolve);
        }

        Do(
            new ReferralCommand.Start(
                new ReferralId(Guid.NewGuid()), Holder, chain.ContentHash, $"AE-{n:D6}", consent, facts, new Dictionary<NodeId, OrganisationId>(), new Dictionary<NodeId, bool>())
            {
                Caseworker = caseworker,
            },
            started);
        var offer = state!.OpenOffers.Single().Assignment;
        Do(new ReferralCommand.Hear(offer, 1, started, new PartnerSaid.Received()), started);
        if (open && n % 36 == 0)
        {
            Do(new ReferralCommand.Hear(offer, 2, started.AddHours(3), new PartnerSaid.Asked(new QuestionId(Guid.NewGuid()), Question)), started.AddHours(3));
        }
        else if (!open)
        {
            Do(new ReferralCommand.Close(), started.AddDays(9));
        }

        var outlook = ReferralDecider.Outlook(state!, chain.Version, now);
        return (state!, events, ReferralBoard.Rows(null, state!, outlook, events, now));
    }

    private (StreamName Stream, IReadOnlyList<object> Events, IReadOnlyList<RowChange> Rows) Assignment(
        (ReferralState State, IReadOnlyList<ReferralEvent> Events, IReadOnlyList<RowChange> Rows) referral, int n)
    {
        var offered = referral.Events.OfType<ReferralEvent.StepOffered>().First();
        List<AssignmentEvent> events = [];
        AssignmentState? state = null;
        void Do(AssignmentCommand command, DateTimeOffset at)
        {
            var happens = (AssignmentDecision.Happens)AssignmentDecider.Decide(command, state, chain.Version, at, TimeSpan.FromMinutes(10));
            events.AddRange(happens.Events);
            state = happens.Events.Aggregate(state, AssignmentState.Evolve);
        }

        Do(
            new AssignmentCommand.Receive(
                offered.Assignment, Holder, Partner, offered.Chain, offered.ChainVersion, offered.Step, offered.At, offered.AcknowledgeBy, offered.Facts),
            offered.At);
        if (n % 3 == 0)
        {
            Do(new AssignmentCommand.Accept(), offered.At.AddHours(5));
        }

        if (referral.State.Ended is not null)
        {
            Do(new AssignmentCommand.ReceiveWithdrawal("referral-closed"), offered.At.AddDays(9));
        }

        return (AssignmentBoard.Stream(Partner, offered.Assignment), events, AssignmentBoard.Rows(state!, chain.Version, [], now));
    }
}
