using Referrals.Engine.Chains;

namespace Referrals.Engine.Review.Visits;

/// <summary>
/// Measures how much working time lies between two moments: a working day (Monday to Friday without the public holidays of a federal state,
/// in Europe/Berlin) counts as 24 hours, every other day as nothing. So agreed times, which are counted in working days, and measured times compare.
/// </summary>
public sealed class WorkingClock
{
    private const int FirstYear = 1990;
    private const int LastYear = 2105;

    // For each local day from the first on: when it begins (UTC), and how much working time lies before it.
    private readonly uint[] _begins;
    private readonly uint[] _before;
    private readonly uint _firstDay;

    private WorkingClock(string federalState)
    {
        var calendar = WorkingCalendar.For(federalState);
        var first = new DateOnly(FirstYear, 1, 1);
        var days = new DateOnly(LastYear, 12, 31).DayNumber - first.DayNumber;
        (_begins, _before) = (new uint[days + 1], new uint[days + 1]);
        var midnight = calendar.Deadline(new DateTimeOffset(FirstYear - 1, 12, 31, 12, 0, 0, TimeSpan.Zero), 0);
        _firstDay = Moments.Of(midnight) / Moments.Day;
        for (var i = 0; i <= days; i++)
        {
            var day = first.AddDays(i);
            _begins[i] = Moments.Of(calendar.Deadline(new DateTimeOffset(day.AddDays(-1).ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero), 0));
            _before[i] = i == 0 ? 0 : _before[i - 1] + (calendar.IsWorkingDay(day.AddDays(-1)) ? Moments.Day : 0);
        }
    }

    private WorkingClock() => (_begins, _before) = ([], []);

    /// <summary>Every second counts: for logs that say nothing of working days.</summary>
    public static WorkingClock Always { get; } = new();

    /// <summary>The clock of a federal state, such as <c>BB</c>. Costs some milliseconds; keep it.</summary>
    /// <exception cref="ArgumentException">No federal state has this code.</exception>
    public static WorkingClock For(string federalState) => new(federalState);

    /// <summary>Seconds of working time between two moments; 0 when <paramref name="to"/> is not the later one.</summary>
    public uint Between(uint from, uint to) => to <= from ? 0 : _begins.Length == 0 ? to - from : Until(to) - Until(from);

    private uint Until(uint moment)
    {
        var day = (int)Math.Clamp((moment / Moments.Day) - (long)_firstDay, 0, _begins.Length - 1);
        if (day + 1 < _begins.Length && moment >= _begins[day + 1])
        {
            day++;
        }
        else if (day > 0 && moment < _begins[day])
        {
            day--;
        }

        if (moment < _begins[day] || day + 1 == _begins.Length)
        {
            return _before[day];
        }

        // The days on which the clocks change are Sundays, so a working day always has 24 hours.
        return _before[day + 1] > _before[day] ? _before[day] + (moment - _begins[day]) : _before[day];
    }
}
