namespace Referrals.Api.Description;

/// <summary>A query parameter in the OpenAPI document.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">What it does.</param>
/// <param name="Words">The words that it may be; empty: any text of its kind.</param>
/// <param name="Repeats">Whether it may be given more than once.</param>
public sealed record QueryNote(string Name, string Text, IReadOnlyList<string>? Words = null, bool Repeats = false)
{
    /// <summary>Format of its value, such as <c>date-time</c>, where it has one.</summary>
    public string? Format { get; init; }
}

/// <summary>The query parameters of an operation.</summary>
/// <param name="Items">In the order shown.</param>
public sealed record QueryNotes(IReadOnlyList<QueryNote> Items);
