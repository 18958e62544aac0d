using System.Collections.Concurrent;
using Referrals.Engine.History;

namespace Referrals.History.Tests;

public sealed partial class FollowerTests
{
    private async Task WriteAsync(int writer, int appends, int perAppend, ConcurrentBag<long> written)
    {
        var stream = Given.Stream($"tenant-{writer % 5}");
        for (var i = 0; i < appends; i++)
        {
            object[] events = [.. Enumerable.Range(0, perAppend).Select(n => new Counted(n))];
            var result = Assert.IsType<AppendResult.Appended>(await _log.AppendAsync(Given.Append(stream, (long)i * perAppend, events), Ct));
            foreach (var e in result.Events)
            {
                written.Add(e.Sequence);
            }

            if (i % 10 == 0)
            {
                Assert.IsType<AppendResult.Conflict>(await _log.AppendAsync(Given.Append(stream, 0, events), Ct));
            }
        }
    }

    // Writers that are not ours, with transactions of their own that often end in nothing.
    private async Task WriteRawAsync(int writer, int appends, ConcurrentBag<long> written)
    {
        var random = new Random(writer);
        await using var raw = await Sql.OpenAsync(_options.App, Ct);
        for (var i = 0; i < appends; i++)
        {
            await using var transaction = await raw.BeginTransactionAsync(Ct);
            var position = await raw.InsertEventAsync(_options, Ct);
            if (random.Next(3) == 0)
            {
                await transaction.RollbackAsync(Ct);
                continue;
            }

            await transaction.CommitAsync(Ct);
            written.Add(position);
        }
    }

    private async Task HeldOpenAsync(ConcurrentBag<long> written)
    {
        await using var raw = await Sql.OpenAsync(_options.App, Ct);
        await using var transaction = await raw.BeginTransactionAsync(Ct);
        var position = await raw.InsertEventAsync(_options, Ct);
        await Task.Delay(TimeSpan.FromSeconds(3), Ct);
        await transaction.CommitAsync(Ct);
        written.Add(position);
    }
}
