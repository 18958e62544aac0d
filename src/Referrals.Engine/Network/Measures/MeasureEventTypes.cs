using Referrals.Engine.History;
using Event = Referrals.Engine.Network.Measures.MeasureEvent;

namespace Referrals.Engine.Network.Measures;

/// <summary>The names of the measures' events in the log. A name never changes; a new shape gets a new name and an upcast.</summary>
public static class MeasureEventTypes
{
    /// <summary>Every event of the stream <c>measure</c>.</summary>
    public static IReadOnlyList<EventType> All { get; } =
    [
        new("measure_noted", typeof(Event.Noted)),
        new("measure_plan_changed", typeof(Event.PlanChanged)),
        new("measure_followed_up", typeof(Event.FollowedUp)),
    ];
}
