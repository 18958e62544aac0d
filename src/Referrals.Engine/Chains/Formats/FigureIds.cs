using System.Globalization;
using System.Text;

namespace Referrals.Engine.Chains.Formats;

/// <summary>Ids of elements: the same chain gives the same ids, and none is given twice, also where a draft has faults.</summary>
internal sealed class FigureIds
{
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    /// <summary>An id such as <c>step_childcare</c> or <c>step_childcare_acknowledge</c>.</summary>
    public string For(string kind, string code, string? part = null)
    {
        var id = new StringBuilder(kind).Append('_');
        foreach (var c in code)
        {
            _ = char.IsAsciiLetterOrDigit(c) || c == '-' ? id.Append(c) : id.Append(CultureInfo.InvariantCulture, $".{(int)c:x}");
        }

        if (part is not null)
        {
            id.Append('_').Append(part);
        }

        var (wanted, unique) = (id.ToString(), id.ToString());
        for (var number = 2; !_given.Add(unique); number++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{wanted}_{number}");
        }

        return unique;
    }
}
