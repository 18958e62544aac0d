using System.Diagnostics;

namespace Referrals.Workers.Tests;

/// <summary>Has everything in this process traced, as where traces are exported.</summary>
internal static class Traces
{
    /// <summary>Listens to all sources until disposed.</summary>
    /// <param name="stopped">Is told of each activity that ended.</param>
    public static ActivityListener Listen(Action<Activity>? stopped = null)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => stopped?.Invoke(activity),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
