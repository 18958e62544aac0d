namespace Referrals.Engine.Review.Logs;

/// <summary>
/// Guards cells against being taken for formulas by spreadsheets: an apostrophe before <c>= + - @</c>, tab or line end, as OWASP advises. What begins with
/// apostrophes before such a character gets one more, so that reading takes away exactly what writing put there.
/// </summary>
internal static class CsvCells
{
    /// <summary>The cell as it is written.</summary>
    public static string Guarded(string text) => IsGuarded(text) ? '\'' + text : text;

    /// <summary>The cell as it was meant.</summary>
    public static ReadOnlySpan<char> Unguarded(string cell) => cell.StartsWith('\'') && IsGuarded(cell) ? cell.AsSpan(1) : cell;

    // Whether a formula begins after any apostrophes.
    private static bool IsGuarded(string text) => text.AsSpan().TrimStart('\'') is [('=' or '+' or '-' or '@' or '\t' or '\r' or '\n'), ..];
}
