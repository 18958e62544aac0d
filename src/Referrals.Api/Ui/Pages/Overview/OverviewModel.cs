using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Pages.Casework;
using Referrals.Engine;

namespace Referrals.Api.Ui.Pages.Overview;

/// <summary>The start page: what each of the visitor's roles has to do.</summary>
/// <param name="Now">The time that due dates are compared with.</param>
public sealed record OverviewModel(DateTimeOffset Now) : ILists
{
    int? ILists.Listed =>
        (Caseworker is { } c ? c.First.Lines.Count + c.Running.Lines.Count + c.Ended.Count : 0)
        + (Partner is { } p ? p.Late.Lines.Count + p.New.Lines.Count : 0) + (Escalations?.Lines.Count ?? 0);

    /// <summary>The caseworker's part; null: no caseworker.</summary>
    public CaseworkerPart? Caseworker { get; init; }

    /// <summary>The partner's part; null: no partner.</summary>
    public PartnerPart? Partner { get; init; }

    /// <summary>Open escalations; null: no coordinator.</summary>
    public Few<EscalationLine>? Escalations { get; init; }

    /// <summary>Messages that could not be handled; null: no administrator.</summary>
    public int? DeadLetters { get; init; }

    /// <summary>Whether the visitor is of the steering group, which works on the review's pages.</summary>
    public bool Steering { get; init; }
}

/// <summary>Some of many.</summary>
/// <param name="Lines">The first of them.</param>
/// <param name="Count">How many there are in all, counted up to <see cref="OverviewDesk.MaxCounted"/> and one more.</param>
public sealed record Few<T>(IReadOnlyList<T> Lines, int Count);

/// <summary>What a caseworker has to do.</summary>
/// <param name="Mine">What the person looks after; else everything of the organisation.</param>
/// <param name="First">Questions, decisions, and what is overdue.</param>
/// <param name="Running">With partners, in time.</param>
/// <param name="Ended">Ended lately.</param>
/// <param name="Drafts">Prepared and not sent.</param>
public sealed record CaseworkerPart(bool Mine, Few<ReferralLine> First, Few<ReferralLine> Running, IReadOnlyList<ReferralLine> Ended, IReadOnlyList<DraftLine> Drafts);

/// <summary>A draft.</summary>
/// <param name="Id">Which.</param>
/// <param name="CaseReference">Its case reference; empty: none yet.</param>
/// <param name="Chain">Title of its chain; null: none yet.</param>
/// <param name="ChangedAt">When it was last saved.</param>
public sealed record DraftLine(Guid Id, string CaseReference, string? Chain, DateTimeOffset ChangedAt);

/// <summary>What a partner has to do.</summary>
/// <param name="Late">Overdue assignments.</param>
/// <param name="New">Assignments that nobody has acknowledged.</param>
public sealed record PartnerPart(Few<AssignmentLine> Late, Few<AssignmentLine> New);

/// <summary>An assignment.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Step">What is to be done.</param>
/// <param name="Sender">Who wants it.</param>
/// <param name="DueAt">By when to act.</param>
/// <param name="IsLate">Whether that has passed.</param>
public sealed record AssignmentLine(CaseNumber? Number, string Step, string Sender, DateTimeOffset? DueAt, bool IsLate);

/// <summary>A missed time that a coordinator was told of.</summary>
/// <param name="Chain">Title of the chain.</param>
/// <param name="Step">Title of the step.</param>
/// <param name="Partner">Who missed it.</param>
/// <param name="MissedAt">When.</param>
public sealed record EscalationLine(string Chain, string Step, string Partner, DateTimeOffset MissedAt);
