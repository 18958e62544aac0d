using Referrals.Engine;

namespace Referrals.Workers.Commands.Demo;

/// <summary>
/// A partner's service with its queues: accepts as long as those who wait for a beginning are few, and begins when somebody is free. So
/// waiting grows with load by itself.
/// </summary>
internal sealed class Desk(OrganisationId partner, string service, Staffing staffing)
{
    // So many more than can be worked on are accepted and wait for a beginning.
    private const double Waiting = 0.3;

    private readonly List<Job> _ready = [];
    private readonly List<Job> _accepted = [];
    private int _accepting;
    private int _inWork;

    /// <summary>Whose it is.</summary>
    public OrganisationId Partner { get; } = partner;

    /// <summary>Which service.</summary>
    public string Service { get; } = service;

    /// <summary>How many jobs were begun.</summary>
    public int Begun { get; private set; }

    /// <summary>How many more could be worked on at once.</summary>
    public int FreeAt(DateTimeOffset at) => Math.Max(0, staffing.PlacesOf(Partner, Service, at) - _inWork - _accepted.Count - _accepting);

    /// <summary>Whether so many wait that some are better off elsewhere.</summary>
    public bool IsFull(DateTimeOffset at) => _ready.Count + _accepted.Count > staffing.PlacesOf(Partner, Service, at);

    /// <summary>Moves a job on.</summary>
    public void Move(Job job, JobStage to)
    {
        Leave(job);
        job.Stage = to;
        switch (to)
        {
            case JobStage.Ready:
                _ready.Add(job);
                break;
            case JobStage.Accepting:
                _accepting++;
                break;
            case JobStage.Accepted:
                _accepted.Add(job);
                break;
            case JobStage.Starting:
                _inWork++;
                Begun++;
                break;
            case JobStage.Active:
                _inWork++;
                break;
            case JobStage.Arrived or JobStage.Seen or JobStage.Gone:
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Gives the jobs for which there is room now: those to be begun, and those to be accepted.</summary>
    public (IReadOnlyList<Job> Begin, IReadOnlyList<Job> Accept) Pump(DateTimeOffset at)
    {
        var places = staffing.PlacesOf(Partner, Service, at);
        var begin = new List<Job>();
        while (_accepted.Count > 0 && _inWork < places)
        {
            begin.Add(_accepted[0]);
            Move(_accepted[0], JobStage.Starting);
        }

        var accept = new List<Job>();
        while (_ready.Count > 0 && _accepting + _accepted.Count + _inWork < places + Math.Max(1, places * Waiting))
        {
            accept.Add(_ready[0]);
            Move(_ready[0], JobStage.Accepting);
        }

        return (begin, accept);
    }

    private void Leave(Job job)
    {
        switch (job.Stage)
        {
            case JobStage.Ready:
                _ready.Remove(job);
                break;
            case JobStage.Accepting:
                _accepting--;
                break;
            case JobStage.Accepted:
                _accepted.Remove(job);
                break;
            case JobStage.Starting or JobStage.Active:
                _inWork--;
                break;
            case JobStage.Arrived or JobStage.Seen or JobStage.Gone:
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
