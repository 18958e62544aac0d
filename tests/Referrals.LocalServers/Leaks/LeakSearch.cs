using System.Buffers;

namespace Referrals.LocalServers.Leaks;

/// <summary>A canary outside.</summary>
/// <param name="Canary">Its name.</param>
/// <param name="Channel">Where it was found.</param>
/// <param name="Context">What stands around it.</param>
public sealed record Leak(string Canary, string Channel, string Context);

/// <summary>Looks for canaries in whatever can be read outside of the sender's tenant.</summary>
public sealed class LeakSearch
{
    private const int Around = 60;
    private const int MostLeaks = 200;

    private readonly List<(string Spelling, bool AnyCase, Canary Canary)> _spellings;
    private readonly SearchValues<string> _anyCase;
    private readonly SearchValues<string> _exact;
    private readonly List<Leak> _leaks = [];

    /// <summary>Looks for these.</summary>
    public LeakSearch(IReadOnlyList<Canary> canaries)
    {
        _spellings = [.. canaries.SelectMany(c => c.AnyCase.Select(s => (s, true, c)).Concat(c.Exact.Select(s => (s, false, c))))];
        _anyCase = SearchValues.Create([.. canaries.SelectMany(c => c.AnyCase)], StringComparison.OrdinalIgnoreCase);
        _exact = SearchValues.Create([.. canaries.SelectMany(c => c.Exact)], StringComparison.Ordinal);
    }

    /// <summary>What was found, up to some number.</summary>
    public IReadOnlyList<Leak> Leaks => _leaks;

    /// <summary>How many characters were looked through.</summary>
    public long Characters { get; private set; }

    /// <summary>Looks through a text.</summary>
    public void Search(string channel, string text)
    {
        Characters += text.Length;
        if (_leaks.Count >= MostLeaks || !(text.AsSpan().ContainsAny(_anyCase) || text.AsSpan().ContainsAny(_exact)))
        {
            return;
        }

        foreach (var (spelling, anyCase, canary) in _spellings)
        {
            if (text.IndexOf(spelling, anyCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal) is >= 0 and var at)
            {
                var from = Math.Max(0, at - Around);
                _leaks.Add(new Leak(canary.Name, channel, text[from..Math.Min(text.Length, at + spelling.Length + Around)]));
            }
        }
    }
}
