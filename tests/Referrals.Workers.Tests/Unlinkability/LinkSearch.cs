using System.Globalization;
using System.Text.Json;

namespace Referrals.Workers.Tests.Unlinkability;

/// <summary>A field whose values tell which assignments belong to one client.</summary>
/// <param name="Field">Its path.</param>
/// <param name="Share">In what share of pairs of assignments of one client they have a value in common that hardly anybody else has.</param>
internal sealed record Link(string Field, double Share);

/// <summary>
/// Looks for values that two assignments of one client have in common and that fewer than five clients have: whatever all share, such as a code of
/// the chain, tells nothing. Times count as what they are to the minute; finer ones are reported by <see cref="FineTimes"/>.
/// </summary>
internal sealed class LinkSearch
{
    private const int FewestClients = 5;
    private const int LongPart = 16;

    // A code that is rare by nature, such as that of a way that hardly anybody goes.
    private const double Tolerance = 0.01;

    private readonly Dictionary<string, Dictionary<Guid, HashSet<string>>> _fields = [];
    private readonly SortedSet<string> _fineTimes = [];

    /// <summary>Fields that hold a time finer than a minute.</summary>
    public IReadOnlyCollection<string> FineTimes => _fineTimes;

    /// <summary>The fields seen.</summary>
    public IReadOnlyCollection<string> Fields => _fields.Keys;

    /// <summary>Takes all values of a JSON text, by their paths.</summary>
    /// <param name="assignment">The assignment that it speaks of.</param>
    /// <param name="name">Name of the whole.</param>
    /// <param name="json">The text.</param>
    /// <param name="timesToo">Whether times are looked at; not where they are the receiver's own.</param>
    public void AddJson(Guid assignment, string name, string json, bool timesToo)
    {
        using var document = JsonDocument.Parse(json);
        Add(assignment, name, document.RootElement, timesToo);
    }

    /// <summary>Takes a value.</summary>
    public void Add(Guid assignment, string field, string value, bool timesToo)
    {
        if (DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && value.Contains(':', StringComparison.Ordinal))
        {
            if (timesToo && time.Ticks % TimeSpan.TicksPerMinute != 0)
            {
                _fineTimes.Add(field);
            }

            return;
        }

        Put(assignment, field, value);
        foreach (var part in value.Split('-', ':', ' ', '/', '.').Where(p => p.Length >= LongPart && p.Length < value.Length))
        {
            Put(assignment, field, part);
        }
    }

    /// <summary>The fields that link.</summary>
    /// <param name="clientOf">Whose assignment it is.</param>
    public IReadOnlyList<Link> Links(IReadOnlyDictionary<Guid, int> clientOf) =>
        [.. _fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => Measure(f.Key, f.Value, clientOf)).OfType<Link>().Where(l => l.Share > Tolerance)];

    private static Link? Measure(string field, Dictionary<Guid, HashSet<string>> values, IReadOnlyDictionary<Guid, int> clientOf)
    {
        var known = values.Keys.Where(clientOf.ContainsKey).ToList();
        var pairs = known.GroupBy(a => clientOf[a]).SelectMany(own => own.SelectMany((a, i) => own.Skip(i + 1).Select(b => (a, b)))).ToList();
        if (pairs.Count == 0)
        {
            return null;
        }

        var clients = known.SelectMany(a => values[a].Select(v => (Value: v, Client: clientOf[a]))).Distinct().CountBy(v => v.Value).ToDictionary();
        return new Link(field, (double)pairs.Count(p => values[p.a].Any(v => clients[v] < FewestClients && values[p.b].Contains(v))) / pairs.Count);
    }

    private void Add(Guid assignment, string path, JsonElement element, bool timesToo)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    Add(assignment, $"{path}.{property.Name}", property.Value, timesToo);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Add(assignment, $"{path}[]", item, timesToo);
                }

                break;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                break;
            default:
                Add(assignment, path, element.ToString(), timesToo);
                break;
        }
    }

    private void Put(Guid assignment, string field, string value)
    {
        if (!_fields.TryGetValue(field, out var values))
        {
            values = _fields[field] = [];
        }

        (values.TryGetValue(assignment, out var known) ? known : values[assignment] = []).Add(value);
    }
}
