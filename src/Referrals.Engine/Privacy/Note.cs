using System.Text.Json;
using System.Text.Json.Serialization;

namespace Referrals.Engine.Privacy;

/// <summary>
/// A free text of at most 500 characters that passed the screen. Only <c>NoteScreen</c> makes one; reading a stored or received one
/// does not screen it again, so who receives a note from outside screens its text first.
/// </summary>
[JsonConverter(typeof(NoteConverter))]
public sealed record Note : ISealedText<Note>
{
    /// <summary>The longest note, in characters.</summary>
    public const int MaxLength = 500;

    // Stands between the reason and the text where a note is stored; the screen lets it into no text.
    private const char Separator = '\u001f';

    internal Note(string text, KeptNames? kept = null) => (Text, Kept) = (text, kept);

    /// <summary>What remains of a note that was erased.</summary>
    public static Note Erased { get; } = new(SealedAttribute.ErasedText) { IsErased = true };

    /// <summary>The text; <see cref="SealedAttribute.ErasedText"/> when it was erased.</summary>
    public string Text { get; }

    /// <summary>Why names stand in it; null: the screen found none.</summary>
    public KeptNames? Kept { get; }

    string ISealedText<Note>.Stored => Kept is { } kept ? $"{KeptNamesCodes.CodeOf(kept)}{Separator}{Text}" : Text;

    /// <summary>Whether the words were erased.</summary>
    public bool IsErased { get; private init; }

    static Note ISealedText<Note>.FromStored(string text) =>
        text.IndexOf(Separator, StringComparison.Ordinal) is var at and > 0 ? new(text[(at + 1)..], KeptNamesCodes.Find(text[..at])) : new(text);

    /// <summary>Never the text itself, so that it can't slip into a log.</summary>
    public override string ToString() => $"note of {Text.Length} characters";
}

/// <summary>Reads and writes a note as a plain string; one with names as an object with <c>text</c> and <c>kept</c>, the reason.</summary>
public sealed class NoteConverter : JsonConverter<Note>
{
    /// <inheritdoc/>
    public override Note Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new(reader.GetString()!);
        }

        var (text, kept) = JsonSerializer.Deserialize<WithNames>(ref reader, options) ?? throw new JsonException();
        return text is null || KeptNamesCodes.Find(kept) is not { } reason ? throw new JsonException("a note with names has a text and a reason") : new(text, reason);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Note value, JsonSerializerOptions options)
    {
        if (value.Kept is { } kept)
        {
            JsonSerializer.Serialize(writer, new WithNames(value.Text, KeptNamesCodes.CodeOf(kept)), options);
        }
        else
        {
            writer.WriteStringValue(value.Text);
        }
    }

    private sealed record WithNames(string? Text, string? Kept);
}
