namespace Referrals.Benchmarks.Measuring;

/// <summary>Everything that one run found.</summary>
internal sealed record Report(IReadOnlyDictionary<string, string> Machine, int Rounds, IReadOnlyList<Table> Tables);

/// <summary>A table of figures; a row lacks those that make no sense for it.</summary>
/// <param name="Title">What was measured.</param>
/// <param name="Columns">Names of the figures, in order.</param>
/// <param name="Rows">What was measured, each with its figures.</param>
/// <param name="Notes">What a reader must know beside the figures.</param>
internal sealed record Table(string Title, IReadOnlyList<string> Columns, IReadOnlyList<Row> Rows, params IReadOnlyList<string> Notes);

/// <summary>A row: what, at which load, and its figures by column.</summary>
internal sealed record Row(string What, string Load, IReadOnlyDictionary<string, Spread> Figures);
