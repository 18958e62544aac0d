using Referrals.Engine.Chains;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.WhatIf.Model;

/// <summary>
/// The time of the simulation: working days since the first one of 1990, each 24 hours long, everything else left out; the same that
/// <see cref="WorkingClock"/> measures, so that simulated and measured times compare.
/// </summary>
public sealed class WorkingDays
{
    private const int FirstYear = 1990;

    private readonly WorkingClock _clock;
    private readonly List<DateOnly> _days = [];

    private WorkingDays(string federalState, WorkingClock clock)
    {
        (FederalState, _clock) = (federalState, clock);
        var calendar = WorkingCalendar.For(federalState);
        var last = new DateOnly(2105, 12, 31);
        for (var day = new DateOnly(FirstYear, 1, 1); day < last; day = day.AddDays(1))
        {
            if (calendar.IsWorkingDay(day))
            {
                _days.Add(day);
            }
        }
    }

    /// <summary>Whose public holidays are left out.</summary>
    public string FederalState { get; }

    /// <summary>The days of a federal state.</summary>
    /// <param name="federalState">Code, such as <c>BB</c>.</param>
    /// <param name="clock">Its clock, where there is one already; it costs some milliseconds to make.</param>
    public static WorkingDays For(string federalState, WorkingClock? clock = null) => new(federalState, clock ?? WorkingClock.For(federalState));

    /// <summary>The place of a moment on the time line, in working days; not a number for one that did not happen (0).</summary>
    public double Of(uint moment) => moment == 0 ? double.NaN : _clock.Between(1, moment) / (double)Moments.Day;

    /// <summary>Where a day begins, or the next working day after it.</summary>
    public int Of(DateOnly day)
    {
        var index = _days.BinarySearch(day);
        return index >= 0 ? index : ~index;
    }

    /// <summary>The day at a place of the time line.</summary>
    public DateOnly Date(double at) => _days[Math.Clamp((int)at, 0, _days.Count - 1)];
}
