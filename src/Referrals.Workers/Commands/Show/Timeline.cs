using System.Globalization;
using Referrals.Engine.History;
using Spectre.Console;

namespace Referrals.Workers.Commands.Show;

/// <summary>A history as people read it: local time, who, what; long gaps named.</summary>
internal static class Timeline
{
    /// <summary>A gap is named from here on.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromHours(24);

    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>The table. What a partner did shows the partner's time; it orders as it became known.</summary>
    public static Table Of(IReadOnlyList<RecordedEvent> history)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("When (Europe/Berlin)", "Who", "What");
        RecordedEvent? before = null;
        foreach (var recorded in history)
        {
            if (before is not null && recorded.Context.At - before.Context.At >= Idle)
            {
                table.AddRow("", "", $"[grey]{Length(recorded.Context.At - before.Context.At)} idle[/]");
            }

            table.AddRow(Time(recorded.Context.At), Markup.Escape($"{recorded.Context.User} ({recorded.Context.Organisation})"), Markup.Escape(Words.Of(recorded.Data)));
            before = recorded;
        }

        return table;
    }

    /// <summary>A time in Europe/Berlin.</summary>
    public static string Time(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Berlin).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Length(TimeSpan gap) => string.Create(CultureInfo.InvariantCulture, $"{gap.Days} d {gap.Hours} h");
}
