using System.Globalization;

namespace Referrals.Engine.Review.Logs;

/// <summary>
/// Reads times as logs write them: ISO 8601 (date, date and time with <c>T</c> or a space, fractions of a second, offset or <c>Z</c>), the
/// same with slashes (<c>2011/10/11 13:45</c>), and German ones (<c>11.10.2011 13:45</c>). Anything else needs a format that says what is meant.
/// </summary>
/// <param name="zone">Where clocks stood for times without an offset.</param>
/// <param name="format">A format of .NET for times of another shape, or null.</param>
internal sealed class LogTimes(TimeZoneInfo zone, string? format)
{
    /// <summary>The time in UTC; false if it can't be read.</summary>
    public bool TryRead(ReadOnlySpan<char> text, out DateTime utc)
    {
        var value = text.Trim();
        if (format is not null)
        {
            // A format with an offset gives UTC, one without gives the time on the clock.
            const DateTimeStyles styles = DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AdjustToUniversal;
            return DateTime.TryParseExact(value, format, CultureInfo.InvariantCulture, styles, out utc)
                && (utc.Kind == DateTimeKind.Utc || AtZone(utc, out utc));
        }

        var rest = value;
        if (!TryDate(ref rest, out var local))
        {
            utc = default;
            return false;
        }

        if (rest.IsEmpty)
        {
            return AtZone(local, out utc);
        }

        utc = default;
        return (rest[0] is 'T' or 't' or ' ')
            && TryClock(ref rest, ref local)
            && (rest.IsEmpty ? AtZone(local, out utc) : TryOffset(rest, out var offset) && Shift(local, offset, out utc));
    }

    // 2011-10-11, 2011/10/11, 20111011 is not a date here (it could be a number), 11.10.2011, 1.2.2011
    private static bool TryDate(ref ReadOnlySpan<char> text, out DateTime date)
    {
        date = default;
        var rest = text;
        if (!TryNumber(ref rest, 1, 4, out var first, out var digits) || rest.IsEmpty)
        {
            return false;
        }

        var separator = rest[0];
        var german = separator == '.' && digits <= 2;
        if (!german && !(separator is '-' or '/' && digits == 4))
        {
            return false;
        }

        rest = rest[1..];
        if (!TryNumber(ref rest, 1, 2, out var month, out _) || rest.IsEmpty || rest[0] != separator)
        {
            return false;
        }

        rest = rest[1..];
        if (!TryNumber(ref rest, german ? 4 : 1, german ? 4 : 2, out var last, out _))
        {
            return false;
        }

        var (year, day) = german ? (last, first) : (first, last);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified);
        text = rest;
        return true;
    }

    // T13:45, T13:45:40, T13:45:40.276, with a comma as well
    private static bool TryClock(ref ReadOnlySpan<char> text, ref DateTime at)
    {
        var rest = text[1..].TrimStart();
        if (!TryNumber(ref rest, 1, 2, out var hours, out _) || hours > 23
            || rest.IsEmpty || rest[0] != ':' || !Next(ref rest) || !TryNumber(ref rest, 2, 2, out var minutes, out _) || minutes > 59)
        {
            return false;
        }

        var (seconds, ticks) = (0, 0L);
        if (!rest.IsEmpty && rest[0] == ':' && (!Next(ref rest) || !TryNumber(ref rest, 2, 2, out seconds, out _) || seconds > 59))
        {
            return false;
        }

        if (!rest.IsEmpty && rest[0] is '.' or ',' && (!Next(ref rest) || !TryFraction(ref rest, out ticks)))
        {
            return false;
        }

        at = at.AddTicks((((((hours * 60L) + minutes) * 60) + seconds) * TimeSpan.TicksPerSecond) + ticks);
        text = rest.TrimStart();
        return true;
    }

    private static bool TryFraction(ref ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        var (digits, scale) = (0, TimeSpan.TicksPerSecond / 10);
        for (; digits < text.Length && char.IsAsciiDigit(text[digits]); digits++, scale /= 10)
        {
            ticks += (text[digits] - '0') * scale;
        }

        text = text[digits..];
        return digits > 0;
    }

    // Z, +02:00, +0200, +02
    private static bool TryOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text is "Z" or "z")
        {
            return true;
        }

        var rest = text;
        if (rest[0] is not ('+' or '-') || !Next(ref rest) || !TryNumber(ref rest, 2, 2, out var hours, out _) || hours > 14)
        {
            return false;
        }

        rest = rest.StartsWith(":") ? rest[1..] : rest;
        var minutes = 0;
        if (!rest.IsEmpty && (!TryNumber(ref rest, 2, 2, out minutes, out _) || minutes > 59 || !rest.IsEmpty))
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Next(ref ReadOnlySpan<char> text)
    {
        text = text[1..];
        return !text.IsEmpty;
    }

    private static bool TryNumber(ref ReadOnlySpan<char> text, int least, int most, out int number, out int digits)
    {
        (number, digits) = (0, 0);
        while (digits < text.Length && digits < most && char.IsAsciiDigit(text[digits]))
        {
            number = (number * 10) + text[digits++] - '0';
        }

        text = text[digits..];
        return digits >= least;
    }

    // An hour that the change to summer time leaves out counts as if it had not changed yet.
    private bool AtZone(DateTime local, out DateTime utc) => Shift(local, zone.GetUtcOffset(local), out utc);

    private static bool Shift(DateTime local, TimeSpan offset, out DateTime utc)
    {
        var ticks = local.Ticks - offset.Ticks;
        var fits = ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
        utc = fits ? new DateTime(ticks, DateTimeKind.Utc) : default;
        return fits;
    }
}
