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

    internal Note(string text) => Text = text;

    /// <summary>What remains of a note that was erased.</summary>
    public static Note Erased { get; } = new(SealedAttribute.ErasedText) { IsErased = true };

    /// <summary>The text; <see cref="SealedAttribute.ErasedText"/> when it was erased.</summary>
    public string Text { get; }

    /// <summary>Whether the words were erased.</summary>
    public bool IsErased { get; private init; }

    static Note ISealedText<Note>.FromStored(string text) => new(text);

    /// <summary>Never the text itself, so that it can't slip into a log.</summary>
    public override string ToString() => $"note of {Text.Length} characters";
}

/// <summary>Reads and writes a note as a plain string.</summary>
public sealed class NoteConverter : JsonConverter<Note>
{
    /// <inheritdoc/>
    public override Note Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Note value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
