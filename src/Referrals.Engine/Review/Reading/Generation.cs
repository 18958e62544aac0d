namespace Referrals.Engine.Review.Reading;

/// <summary>What a generation of the read side is for.</summary>
public enum GenerationState
{
    /// <summary>It is being built from the log's start; nobody reads it.</summary>
    Building,

    /// <summary>It is read, and follows the log.</summary>
    Live,

    /// <summary>Another one has taken its place; its cases are removed.</summary>
    Old,
}

/// <summary>One build of the read side from the log.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="State">What it is for.</param>
/// <param name="Position">Up to where the log was read into it.</param>
/// <param name="Aim">The end of the log when that was noted.</param>
/// <param name="Events">Events that were read into it.</param>
/// <param name="StartedAt">When it was begun.</param>
/// <param name="FinishedAt">When it became the live one; null before.</param>
public sealed record Generation(
    int Number, GenerationState State, long Position, long Aim, long Events, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt)
{
    /// <summary>The columns of a generation, in the order of its values.</summary>
    internal const string Columns = "generation, state, position, aim, events, started_at, finished_at";

    /// <summary>How much of the log was read, from 0 to 1.</summary>
    public double Progress => Aim <= 0 ? State == GenerationState.Building ? 0 : 1 : Math.Min(1, (double)Position / Aim);

    /// <summary>The generation of a row of <see cref="Columns"/>.</summary>
    internal static Generation Read(Npgsql.NpgsqlDataReader row) => new(
        row.GetInt32(0),
        Enum.Parse<GenerationState>(row.GetString(1), ignoreCase: true),
        row.GetInt64(2),
        row.GetInt64(3),
        row.GetInt64(4),
        row.GetFieldValue<DateTimeOffset>(5),
        row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6));
}

/// <summary>The generation is read no more: another one is live. Ask for the live one and begin again.</summary>
public sealed class GenerationGoneException(int number) : Exception($"generation {number} of the review is live no more");
