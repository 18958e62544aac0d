namespace Referrals.Engine.Review.Logs;

/// <summary>Reads uploaded files into logs, one at a time: a large log needs much memory while it is read.</summary>
public sealed class LogImports(ReviewLogStore store) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Reads a file and keeps it as a log.</summary>
    /// <param name="file">The file; stays open.</param>
    /// <param name="fileName">Its name.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="name">What the log has to be called; null: after the file.</param>
    /// <param name="title">What people call it; empty: the file's name.</param>
    /// <param name="by">Who imports it.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>The log's name; null, and nothing is kept, if the name is taken.</returns>
    /// <exception cref="LogFormatException">It is no log, or too much of one.</exception>
    public async Task<string?> ImportAsync(Stream file, string fileName, LogOptions options, string? name, string title, LogKeeper by, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var reading = EventLogReader.Read(file, fileName, options, ct);
            return await store.AddAsync(name ?? ReviewLogStore.NameOf(fileName), name is not null, title.Length > 0 ? title : fileName, by, reading, ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
