using System.Globalization;
using System.Text.Json;

namespace Referrals.Workers.Commands.Screen;

/// <summary>A note of a labelled corpus.</summary>
/// <param name="Text">The note.</param>
/// <param name="Hits">What in it may tell who a person is; none: it is harmless.</param>
public sealed record LabelledNote(string Text, IReadOnlyList<Label> Hits)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    /// <summary>Reads a corpus in JSON Lines; empty lines count for nothing.</summary>
    /// <exception cref="UnreadableCorpusException">A line is no labelled note; the message names its number.</exception>
    public static IEnumerable<LabelledNote> Read(IEnumerable<string> lines, CancellationToken ct = default)
    {
        var number = 0;
        foreach (var line in lines)
        {
            ct.ThrowIfCancellationRequested();
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Parse(line, number);
            }
        }
    }

    private static LabelledNote Parse(string line, int number)
    {
        try
        {
            var note = JsonSerializer.Deserialize<LabelledNote>(line, Json) ?? throw new JsonException("null");
            return note.Hits.All(h => h.Start >= 0 && h.Length > 0 && h.Start + h.Length <= note.Text.Length) ? note : throw new JsonException("a hit lies outside the text");
        }
        catch (JsonException e)
        {
            throw new UnreadableCorpusException(string.Create(CultureInfo.InvariantCulture, $"line {number} is no labelled note: {e.Message}"), e);
        }
    }
}

/// <summary>A place that a corpus says must be found.</summary>
/// <param name="Start">Index of its first character (UTF-16).</param>
/// <param name="Length">Its length.</param>
/// <param name="Kind">Code of the kind.</param>
public sealed record Label(int Start, int Length, string Kind);

/// <summary>A corpus that can't be read.</summary>
public sealed class UnreadableCorpusException(string message, Exception inner) : Exception(message, inner);
