using Referrals.Engine.History;

namespace Referrals.Engine.Review.WhatIf.Jobs;

/// <summary>How many questions there may be, and for how long.</summary>
public static class WhatIfLimits
{
    /// <summary>Questions of one organisation that wait or run at once.</summary>
    public const int MostOpen = 5;

    /// <summary>The longest list.</summary>
    public const int MostListed = 100;

    /// <summary>How often a question is begun.</summary>
    public const int MostTries = 3;

    /// <summary>How long one may be simulated.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMinutes(10);

    /// <summary>After this long without a word of its worker another one begins a question again.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long questions and answers are kept.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromDays(90);
}

/// <summary>The questions of the steering group. Only those who may see the network's review should get to it.</summary>
public interface IWhatIfJobs
{
    /// <summary>Puts a question in line; the same id a second time changes nothing.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="by">Who asks, for which organisation.</param>
    /// <param name="question">What is asked; checked already.</param>
    /// <param name="ct">Cancels the statement.</param>
    /// <returns>False, and nothing is kept, when <see cref="WhatIfLimits.MostOpen"/> of the organisation wait or run.</returns>
    Task<bool> AskAsync(Guid id, Actor by, WhatIfQuestion question, CancellationToken ct);

    /// <summary>A question with its answer, or null.</summary>
    Task<WhatIfJob?> FindAsync(Guid id, CancellationToken ct);

    /// <summary>The latest questions, the newest first, without their answers; at most <see cref="WhatIfLimits.MostListed"/>.</summary>
    Task<IReadOnlyList<WhatIfJob>> ListAsync(CancellationToken ct);

    /// <summary>Takes a question back that waits or runs. False when it is not this person's, or has ended.</summary>
    Task<bool> CancelAsync(Guid id, Actor by, CancellationToken ct);
}

/// <summary>What a worker does with the questions. Needs the workers' connection.</summary>
public interface IWhatIfQueue
{
    /// <summary>Takes the next question: one whose worker died, else the oldest, while none runs anywhere. Null: there is nothing to do.</summary>
    /// <param name="holder">Stands for who takes it; another one each time.</param>
    /// <param name="ct">Cancels the statement.</param>
    Task<WhatIfJob?> TakeAsync(Guid holder, CancellationToken ct);

    /// <summary>Says how far a question is, and holds it for another <see cref="WhatIfLimits.Lease"/>. False: it is no longer this holder's; it stops.</summary>
    Task<bool> HoldAsync(Guid id, Guid holder, double progress, CancellationToken ct);

    /// <summary>Writes the answer down. False: the question is no longer this holder's, and nothing is written.</summary>
    Task<bool> AnswerAsync(Guid id, Guid holder, WhatIfAnswer answer, CancellationToken ct);

    /// <summary>Gives a question up, with one of <see cref="WhatIfFailures"/>.</summary>
    Task FailAsync(Guid id, Guid holder, string reason, CancellationToken ct);

    /// <summary>Puts a question back in line, such as when the process ends; it does not count as a try.</summary>
    Task PutBackAsync(Guid id, Guid holder, CancellationToken ct);

    /// <summary>Removes what was asked longer than <see cref="WhatIfLimits.Kept"/> ago and has ended.</summary>
    Task ForgetAsync(CancellationToken ct);
}
