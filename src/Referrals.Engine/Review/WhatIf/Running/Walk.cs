using Referrals.Engine.Chains;

namespace Referrals.Engine.Review.WhatIf.Running;

/// <summary>
/// One referral's way along a chain: does what <see cref="Referrals.Flow"/> does, but from where it stands instead of from the beginning each time.
/// That both offer the same for the same answers is tested on random chains.
/// </summary>
internal partial class Walk<TSelf>
    where TSelf : Walk<TSelf>
{
    private readonly IWalkWorld<TSelf> _world;

    // For each node: how far a sequence is, how many of a parallel are left, the round of a repeat.
    private readonly int[] _stage;
    private readonly int[] _contentBefore;
    private readonly StepRun[] _runs;
    private int _content;

    public Walk(ChainPlan plan, IWalkWorld<TSelf> world)
    {
        (Plan, _world) = (plan, world);
        (_stage, _contentBefore) = (new int[plan.Nodes.Count], new int[plan.Nodes.Count]);
        (_runs, Outcomes) = (new StepRun[plan.Steps.Count], new int[plan.Steps.Count]);
        Outcomes.AsSpan().Fill(-1);
    }

    public ChainPlan Plan { get; }

    /// <summary>The latest outcome of each step; -1 for none.</summary>
    public int[] Outcomes { get; }

    /// <summary>Makes the walk one that has not begun.</summary>
    public void Reset()
    {
        Outcomes.AsSpan().Fill(-1);
        _runs.AsSpan().Clear();
        _content = 0;
    }

    public void Begin() => Begin(0);

    /// <summary>The round in which a step is run, as visits number it: 1 outside of a repeat, in repeats within one another the product.</summary>
    public int RoundOf(int step) => RoundAt(Plan.Steps[step].Repeat);

    /// <summary>The round that a repeat is in, numbered likewise.</summary>
    public int RoundAt(int repeat)
    {
        var round = 1;
        for (; repeat >= 0; repeat = Plan.Nodes[repeat].Repeat)
        {
            round *= _stage[repeat];
        }

        return round;
    }

    /// <summary>How often a step was offered in this run of it.</summary>
    public int OffersOf(int step) => _runs[step].Offers;

    /// <summary>Whether a partner of a step was tried in this run of it.</summary>
    public bool WasTried(int step, int partner) => (_runs[step].Tried & (UInt128.One << partner)) != 0;

    /// <summary>Whether an offer of the step is taken back when it is not acknowledged in time.</summary>
    public bool MayExpire(int step) => Plan.Steps[step].GoesOn && NextUntried(step) >= 0;

    public void DecidePart(int node, bool included)
    {
        _content++;
        if (included)
        {
            Begin(Plan.Nodes[node].Children[0]);
        }
        else
        {
            End(node);
        }
    }

    public void Accept(int step)
    {
        if (_runs[step].Open > 1)
        {
            _runs[step].Open = 1;
            _world.WithdrawOthers((TSelf)this, step);
        }
    }

    public void Decline(int step)
    {
        _runs[step].Declined = true;
        Expire(step);
    }

    /// <summary>An offer was taken back.</summary>
    public void Expire(int step)
    {
        if (--_runs[step].Open == 0)
        {
            OfferNext(step);
        }
    }

    /// <summary>A caseworker chose a partner while none has the step.</summary>
    public void Choose(int step, int partner) => Offer(step, partner);

    /// <summary>A caseworker took the step from its partner and gave it to another one.</summary>
    public void Reroute(int step, int partner)
    {
        _runs[step].Open--;
        Offer(step, partner);
    }

    public void Complete(int step, int outcome)
    {
        Outcomes[step] = outcome;
        _runs[step].Open = 0;
        End(Plan.Steps[step].Node);
    }

    public void Skip(int step) => Complete(step, Plan.Skipped);

    /// <summary>Takes over what is known of an offer made before; the world goes on from there.</summary>
    public void Remember(int step, int partner, bool open, bool declined)
    {
        ref var run = ref _runs[step];
        run.Offers++;
        run.Open += open ? 1 : 0;
        run.Declined |= declined;
        run.Tried |= partner >= 0 ? UInt128.One << partner : 0;
    }

    /// <summary>Offers the step to whom it is due next; what a step does that is reached.</summary>
    public void OfferNext(int step)
    {
        var (run, about) = (_runs[step], Plan.Steps[step].Step);
        if (run.Declined && about.OnDecline == DeclinePath.Skip)
        {
            Skip(step);
        }
        else if (about.Offer == OfferMode.FirstToAccept && run.Offers == 0)
        {
            _runs[step].Open = about.Partners.Count;
            for (var partner = 0; partner < about.Partners.Count; partner++)
            {
                Tried(step, partner);
                _world.Offer((TSelf)this, step, partner);
            }
        }
        else if (about.Offer == OfferMode.InOrder && !(run.Declined && about.OnDecline == DeclinePath.BackToCaseworker) && NextUntried(step) is >= 0 and var next)
        {
            Offer(step, next);
        }
        else
        {
            _world.AskForPartner((TSelf)this, step);
        }
    }

    private void Offer(int step, int partner)
    {
        _runs[step].Open++;
        Tried(step, partner);
        _world.Offer((TSelf)this, step, partner);
    }

    private void Tried(int step, int partner)
    {
        _runs[step].Offers++;
        _runs[step].Tried |= UInt128.One << partner;
    }

    private int NextUntried(int step)
    {
        for (var partner = 0; partner < Plan.Steps[step].Step.Partners.Count; partner++)
        {
            if (!WasTried(step, partner))
            {
                return partner;
            }
        }

        return -1;
    }

    private struct StepRun
    {
        public UInt128 Tried;
        public int Offers;
        public int Open;
        public bool Declined;
    }
}
