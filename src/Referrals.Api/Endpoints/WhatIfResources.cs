using Referrals.Engine;
using Referrals.Engine.Review.WhatIf.Changes;
using Referrals.Engine.Review.WhatIf.Jobs;

namespace Referrals.Api.Endpoints;

/// <summary>A question: what would be different.</summary>
/// <param name="Changes">1 to 50 changes; they apply in order.</param>
/// <param name="Chains">Chains of which the answer tells; absent: all. All are simulated, as they share partners.</param>
/// <param name="Replications">Number of runs, 1 to 200.</param>
/// <param name="Days">Working days that are simulated, 1 to 1250.</param>
/// <param name="Seed">Where the random numbers begin: the same seed gives the same answer.</param>
public sealed record WhatIfAsk(IReadOnlyList<Change> Changes, IReadOnlyList<ChainId>? Chains = null, int? Replications = null, int? Days = null, int? Seed = null)
{
    /// <summary>The question with what was left out.</summary>
    public WhatIfQuestion Question()
    {
        var usual = new WhatIfQuestion(Changes, Chains ?? []);
        return usual with { Replications = Replications ?? usual.Replications, Days = Days ?? usual.Days, Seed = Seed ?? usual.Seed };
    }

    /// <summary>The resource of a question.</summary>
    public static WhatIfAsk Of(WhatIfQuestion question) => new(question.Changes, question.Chains, question.Replications, question.Days, question.Seed);
}

/// <summary>A question and how it stands.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State"><c>queued</c>, <c>running</c>, <c>done</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Progress">The share that is simulated, 0 to 1.</param>
/// <param name="Organisation">For which organisation it was asked.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Question">What is asked.</param>
/// <param name="EndedAt">When it ended, whichever way.</param>
/// <param name="Reason">Why it failed, as a code.</param>
/// <param name="Answer">What came of it; absent in lists.</param>
public sealed record WhatIfResource(
    Guid Id, WhatIfState State, double Progress, OrganisationId Organisation, DateTimeOffset AskedAt, WhatIfAsk Question, DateTimeOffset? EndedAt = null,
    string? Reason = null, WhatIfAnswer? Answer = null)
{
    /// <summary>The resource of a question.</summary>
    public static WhatIfResource Of(WhatIfJob job) => new(
        job.Id, job.State, job.Progress, job.Organisation, job.AskedAt, WhatIfAsk.Of(job.Question), job.EndedAt, job.Reason, job.Answer);
}

/// <summary>The latest questions.</summary>
/// <param name="Items">The newest first, without answers.</param>
public sealed record WhatIfList(IReadOnlyList<WhatIfResource> Items);
