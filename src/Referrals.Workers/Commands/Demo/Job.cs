using Referrals.Engine;
using Referrals.Engine.Chains;

namespace Referrals.Workers.Commands.Demo;

/// <summary>Where an assignment stands on a partner's desk.</summary>
internal enum JobStage
{
    /// <summary>Nobody has looked.</summary>
    Arrived,

    /// <summary>Somebody has looked and thinks about it or has asked.</summary>
    Seen,

    /// <summary>To be accepted as soon as there is room.</summary>
    Ready,

    /// <summary>About to be accepted.</summary>
    Accepting,

    /// <summary>Accepted; begins as soon as somebody is free.</summary>
    Accepted,

    /// <summary>An appointment to begin is made.</summary>
    Starting,

    /// <summary>In work.</summary>
    Active,

    /// <summary>Over, or taken back.</summary>
    Gone,
}

/// <summary>An assignment as the partner's people see it.</summary>
internal sealed class Job(CaseLife life, AssignmentId assignment, OrganisationId partner, ChainNode.Step step)
{
    /// <summary>The referral; nobody at the partner knows it.</summary>
    public CaseLife Life { get; } = life;

    /// <summary>The handle that the partner has.</summary>
    public AssignmentId Assignment { get; } = assignment;

    /// <summary>Whose job it is.</summary>
    public OrganisationId Partner { get; } = partner;

    /// <summary>What was agreed.</summary>
    public ChainNode.Step Step { get; } = step;

    /// <summary>Names the job to the dice: the same for the same seed.</summary>
    public string Key { get; } = assignment.ToString();

    /// <summary>Where it stands.</summary>
    public JobStage Stage { get; set; }
}
