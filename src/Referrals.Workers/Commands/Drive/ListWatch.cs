namespace Referrals.Workers.Commands.Drive;

/// <summary>
/// Watches a list of one organisation, page by page, for everybody who waits for a line of it. Asks only while somebody waits, and reads no
/// further back than the drive's beginning.
/// </summary>
internal sealed class ListWatch(ApiClient api, string path, DateTimeOffset since)
{
    private const int PageSize = 200;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);

    private readonly Lock _lock = new();
    private readonly List<Waiter> _waiting = [];
    private bool _watching;

    /// <summary>The line as soon as it is as wanted. Fails when the watching does.</summary>
    public async Task<ApiShapes.Line> AwaitAsync(Guid id, Func<ApiShapes.Line, bool> wanted, CancellationToken ct)
    {
        var waiter = new Waiter(id, wanted);
        lock (_lock)
        {
            _waiting.Add(waiter);
            if (!_watching)
            {
                _watching = true;
                _ = WatchAsync();
            }
        }

        await using var registration = ct.Register(() => waiter.Found.TrySetCanceled(ct));
        return await waiter.Found.Task;
    }

    /// <summary>Every line since the drive's beginning.</summary>
    public async Task<IReadOnlyList<ApiShapes.Line>> AllAsync(CancellationToken ct)
    {
        var lines = new List<ApiShapes.Line>();
        for (string? next = $"{path}?limit={PageSize}"; next is not null;)
        {
            var page = (await api.GetAsync<ApiShapes.Page<ApiShapes.Line>>(next, ct)).Body;
            lines.AddRange(page.Items.Where(l => l.SortAt >= since));
            next = page.Items is [.., var last] && last.SortAt >= since ? page.Next : null;
        }

        return lines;
    }

    // Ends by itself when nobody waits any more: each waiter has a deadline of its own.
    private async Task WatchAsync()
    {
        var pause = FirstPause;
        while (StillWaiting())
        {
            try
            {
                pause = Tell(await AllAsync(CancellationToken.None)) ? FirstPause : pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
            }
            catch (Exception e) when (e is DriveException or HttpRequestException or TaskCanceledException or System.Text.Json.JsonException)
            {
                Fail(e);
            }

            await Task.Delay(pause);
        }
    }

    private bool StillWaiting()
    {
        lock (_lock)
        {
            _waiting.RemoveAll(w => w.Found.Task.IsCompleted);
            return _watching = _waiting.Count > 0;
        }
    }

    private bool Tell(IReadOnlyList<ApiShapes.Line> lines)
    {
        var byId = lines.ToDictionary(l => l.Id);
        lock (_lock)
        {
            var found = _waiting.Where(w => byId.TryGetValue(w.Id, out var line) && w.Wanted(line)).ToList();
            found.ForEach(w => w.Found.TrySetResult(byId[w.Id]));
            return found.Count > 0;
        }
    }

    private void Fail(Exception e)
    {
        lock (_lock)
        {
            _waiting.ForEach(w => w.Found.TrySetException(e));
        }
    }

    private sealed record Waiter(Guid Id, Func<ApiShapes.Line, bool> Wanted)
    {
        public TaskCompletionSource<ApiShapes.Line> Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
