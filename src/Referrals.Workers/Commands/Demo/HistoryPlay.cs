using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Operations;
using Referrals.Engine.Network.Organisations;
using Referrals.Engine.Referrals;

namespace Referrals.Workers.Commands.Demo;

/// <summary>How far the history has come.</summary>
/// <param name="At">The virtual time (UTC).</param>
/// <param name="Started">Referrals started.</param>
/// <param name="Finished">Of these, finished.</param>
/// <param name="Events">Events recorded.</param>
internal readonly record struct HistoryProgress(DateTimeOffset At, int Started, int Finished, long Events);

/// <summary>
/// Plays a history through the engine as a discrete-event simulation: takes what people mean to do in the next slot, has it done by the
/// lanes, and lets everybody react to what happened. What follows by the agreed rules (reminders, the next partner, escalation) is the engine's
/// own doing when time passes.
/// </summary>
internal sealed class HistoryPlay
{
    /// <summary>How long the last days are.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromDays(7);

    private readonly HistoryOrder _order;
    private readonly Agenda _agenda = new();
    private readonly Lanes _lanes;
    private readonly Partners _partners;
    private readonly Caseworkers _caseworkers;
    private readonly OrganisationService _organisations;
    private readonly VirtualClock _clock;
    private readonly Staffing _staffing;
    private readonly List<CaseLife> _lives;
    private readonly IEventLog _log;
    private readonly Coordinators _coordinators;
    private long _recorded;
    private int _reported;

    /// <param name="log">The log; the network is loaded in it.</param>
    /// <param name="order">What is played.</param>
    /// <param name="better">The version that comes halfway; null: none does.</param>
    /// <param name="colleagues">Who works where.</param>
    /// <param name="lanes">How many lanes there are side by side.</param>
    public HistoryPlay(IEventLog log, HistoryOrder order, ChainVersion? better, Colleagues colleagues, int lanes)
    {
        (_log, _order) = (log, order);
        _clock = new VirtualClock(order.From);
        var chains = new ChainService(log, _clock);
        _organisations = new OrganisationService(log, _clock);
        _lanes = new Lanes(log, chains, order.From, lanes);
        _staffing = new Staffing(order);
        _partners = new Partners(order, _agenda, _staffing, colleagues);
        _caseworkers = new Caseworkers(order, _agenda, colleagues);
        _coordinators = new Coordinators(order, _agenda, new OperationService(log, _clock), _clock, colleagues);
        _lives = [.. Arrivals.Of(order).Select(a => new CaseLife(order, a))];
        _lives.ForEach(_caseworkers.Expect);
        if (better is not null)
        {
            new Improvement(order, chains, _clock, better).Plan(_agenda);
        }

        PlanDays();
        _agenda.Add(order.Until - Recent, async (_, ct) => RecentFrom = await EndAsync(ct));
    }

    /// <summary>The position in the log at which the last days begin, of which people are told when they sign in.</summary>
    public long RecentFrom { get; private set; }

    /// <summary>The referrals.</summary>
    public IReadOnlyList<CaseLife> Lives => _lives;

    /// <summary>The partners' desks.</summary>
    public IReadOnlyCollection<Desk> Desks => _partners.Desks;

    /// <summary>How many events of each type were recorded in referrals and assignments.</summary>
    public SortedDictionary<string, int> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>Plays it.</summary>
    /// <param name="progress">Is told after each slot in which something was done.</param>
    /// <param name="ct">Ends it early, between two appends.</param>
    public async Task RunAsync(Action<HistoryProgress> progress, CancellationToken ct)
    {
        var (started, finished) = (0, 0);
        while (_agenda.TryTake(_order.Until, out var ends, out var entries))
        {
            ct.ThrowIfCancellationRequested();
            foreach (var (at, entry) in entries.Where(e => e.Entry.Happens is not null))
            {
                await entry.Happens!(at, ct);
            }

            var happened = await _lanes.DoAsync(DeedsOf(entries), ct);
            foreach (var happening in happened)
            {
                React(happening);
                started += happening.What is ReferralEvent.Started ? 1 : 0;
                finished += happening.What is ReferralEvent.Closed ? 1 : happening.What is ReferralEvent.Reopened ? -1 : 0;
            }

            foreach (var life in happened.Select(h => h.Life).Concat(entries.Select(e => e.Entry.Life).OfType<CaseLife>()).Distinct().OrderBy(l => l.Arrival.Index))
            {
                _caseworkers.Attend(life, ends);
                Wake(life);
            }

            progress(new HistoryProgress(ends, started, finished, _recorded));
        }
    }

    /// <summary>The position at which the log ends now.</summary>
    public async Task<long> EndAsync(CancellationToken ct) => (await _log.ReadTenantTailAsync(StreamName.Network, null, 1, ct)).ReadTo;

    private static List<(CaseLife Life, IReadOnlyList<Deed> Deeds)> DeedsOf(List<(DateTimeOffset At, Agenda.Entry Entry)> entries)
    {
        var slot = new Dictionary<CaseLife, List<Deed>>();
        foreach (var (at, entry) in entries)
        {
            if (entry is { Life: { } life, Deed: { } make } && make(at) is { } deed)
            {
                (slot.TryGetValue(life, out var deeds) ? deeds : slot[life] = []).Add(deed);
            }
        }

        return [.. slot.Select(s => (s.Key, (IReadOnlyList<Deed>)s.Value))];
    }

    private void React(Happening happening)
    {
        _recorded++;
        var name = EngineEvents.Codec.NameOf(happening.What);
        Types[name] = Types.GetValueOrDefault(name) + 1;
        switch (happening.What)
        {
            case ReferralEvent e:
                _coordinators.React(happening);
                _caseworkers.React(happening.Life, e, happening.At);
                break;
            case AssignmentEvent e:
                _partners.React(happening.Life, e, happening.At);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    // The engine says when time alone makes something due; then it is asked again.
    private void Wake(CaseLife life)
    {
        var due = life.IsOpen ? life.Next.WakeAt : null;
        if (due == life.WakesAt)
        {
            return;
        }

        life.WakesAt = due;
        if (due is { } at && at < _order.Until)
        {
            _agenda.AddDue(at, life, now => life.WakesAt == due && life.IsOpen ? new Deed.PassTime { At = now } : null);
        }
    }

    private void PlanDays()
    {
        var last = DateOnly.FromDateTime(_order.Until.UtcDateTime);
        for (var day = DateOnly.FromDateTime(_order.From.UtcDateTime).AddDays(1); day < last; day = day.AddDays(1))
        {
            if (OfficeTime.IsOpen(day))
            {
                var today = day;
                _agenda.Add(OfficeTime.At(day, 0), (now, ct) => BeginDayAsync(today, now, ct));
            }
        }
    }

    // On the first open day of a month the partners say how much is free.
    private async Task BeginDayAsync(DateOnly day, DateTimeOffset now, CancellationToken ct)
    {
        _partners.BeginDay(now);
        if (_reported == day.Month)
        {
            return;
        }

        _reported = day.Month;
        _clock.Set(now);
        foreach (var desk in _partners.Desks)
        {
            var free = new Capacity(desk.FreeAt(now), "places", day);
            var outcome = await _organisations.DoAsync(new Actor("demo", desk.Partner), desk.Partner, new OrganisationCommand.ReportCapacity(desk.Service, free), null, ct);

            // Where the network was loaded before, its files may tell of a later day.
            if (outcome is not (OrganisationOutcome.Done or OrganisationOutcome.Refused { Refusal.Code: "capacity-outdated" }))
            {
                throw new HistoryException($"{desk.Partner} could not report what is free: {outcome}");
            }
        }
    }
}
