namespace Referrals.Engine;

/// <summary>
/// Marks a property of an event that holds words of people or the case reference: in the log it lies encrypted with the key of its
/// stream, and is gone when that key is destroyed. Stands on properties of the event itself, never deeper, and on
/// <see cref="string"/> or an <see cref="ISealedText{TSelf}"/> only.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SealedAttribute : Attribute
{
    /// <summary>What a sealed text reads as when its key was destroyed. No case reference can be this.</summary>
    public const string ErasedText = "(erased)";
}

/// <summary>A text that is more than a string and may lie sealed in the log.</summary>
public interface ISealedText<TSelf>
    where TSelf : class, ISealedText<TSelf>
{
    /// <summary>The words as they are stored.</summary>
    string Stored { get; }

    /// <summary>What remains of a text whose key was destroyed.</summary>
    static abstract TSelf Erased { get; }

    /// <summary>The text as it was stored.</summary>
    static abstract TSelf FromStored(string text);
}
