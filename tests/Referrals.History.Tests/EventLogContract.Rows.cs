using Referrals.Engine.History;

namespace Referrals.History.Tests;

public abstract partial class EventLogContract
{
    [Fact]
    public async Task A_list_row_is_put_replaced_found_and_dropped()
    {
        var id = Guid.NewGuid();
        var row = Given.Row("alpha", "things", id, due: Given.Noon.AddDays(1)) with { Data = """{"b": 1, "a": [null, 2.50]}""" };

        await AppendedAsync(Given.Rows(new RowChange.PutListRow(row)));
        Assert.Equal(row, await Log.FindRowAsync("alpha", "things", id, Ct));
        Assert.Null(await Log.FindRowAsync("beta", "things", id, Ct));
        Assert.Null(await Log.FindRowAsync("alpha", "others", id, Ct));

        var changed = row with { Status = "closed", DueAt = null, Counterpart = null };
        await AppendedAsync(Given.Rows(new RowChange.PutListRow(changed)));
        Assert.Equal(changed, await Log.FindRowAsync("alpha", "things", id, Ct));

        await AppendedAsync(Given.Rows(new RowChange.DropListRow("alpha", "things", id), new RowChange.DropListRow("alpha", "things", Guid.NewGuid())));
        Assert.Null(await Log.FindRowAsync("alpha", "things", id, Ct));
    }

    [Fact]
    public async Task The_last_change_of_a_row_counts()
    {
        var (kept, gone) = (Guid.NewGuid(), Guid.NewGuid());
        await AppendedAsync(Given.Rows(
            new RowChange.DropListRow("alpha", "things", kept),
            new RowChange.PutListRow(Given.Row("alpha", "things", kept, status: "first")),
            new RowChange.PutListRow(Given.Row("alpha", "things", kept, status: "second")),
            new RowChange.PutListRow(Given.Row("alpha", "things", gone)),
            new RowChange.DropListRow("alpha", "things", gone)));

        Assert.Equal("second", (await Log.FindRowAsync("alpha", "things", kept, Ct))!.Status);
        Assert.Null(await Log.FindRowAsync("alpha", "things", gone, Ct));
    }

    [Fact]
    public async Task Pages_by_time_are_newest_first_and_complete()
    {
        // Three rows to each time, so that pages end between rows of the same time.
        var rows = Enumerable.Range(0, 30).Select(i => Given.Row("alpha", "things", Guid.NewGuid(), i / 3)).ToList();
        await AppendedAsync(Given.Rows([.. rows.Select(r => new RowChange.PutListRow(r))]));
        await AppendedAsync(Given.Rows(new RowChange.PutListRow(Given.Row("beta", "things", Guid.NewGuid()))));

        var paged = await PagesAsync(new ListQuery("alpha", "things") { Limit = 7 }, r => r.SortAt);

        Assert.Equal(rows.Select(r => r.Id).ToHashSet(), paged.Select(r => r.Id).ToHashSet());
        Assert.Equal(rows.Count, paged.Count);
        Assert.Equal(paged.Select(r => r.SortAt).OrderDescending(), paged.Select(r => r.SortAt));
    }

    [Fact]
    public async Task Pages_by_due_date_are_earliest_first_with_undated_rows_last()
    {
        var rows = Enumerable.Range(0, 20)
            .Select(i => Given.Row("alpha", "things", Guid.NewGuid(), due: i % 2 == 0 ? null : Given.Noon.AddHours(i / 4)))
            .ToList();
        await AppendedAsync(Given.Rows([.. rows.Select(r => new RowChange.PutListRow(r))]));

        var paged = await PagesAsync(new ListQuery("alpha", "things") { Limit = 3, ByDue = true }, r => r.DueAt);

        Assert.Equal(20, paged.DistinctBy(r => r.Id).Count());
        Assert.Equal(paged.Select(r => r.DueAt ?? DateTimeOffset.MaxValue).Order(), paged.Select(r => r.DueAt ?? DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task Filters_narrow_a_list()
    {
        ListRow Row(int i) => Given.Row("alpha", "things", Guid.NewGuid(), i) with
        {
            Status = $"s{i % 3}",
            Subject = $"c{i % 2}",
            Counterpart = i % 4 == 0 ? null : "kita",
            DueAt = i < 6 ? Given.Noon.AddHours(i) : null,
        };
        await AppendedAsync(Given.Rows([.. Enumerable.Range(0, 12).Select(i => new RowChange.PutListRow(Row(i)))]));
        var all = new ListQuery("alpha", "things");

        Assert.Equal(4, await CountAsync(all with { Statuses = ["s1"] }));
        Assert.Equal(8, await CountAsync(all with { Statuses = ["s1", "s2"] }));
        Assert.Equal(6, await CountAsync(all with { Subject = "c0" }));
        Assert.Equal(9, await CountAsync(all with { Counterpart = "kita" }));
        Assert.Equal(3, await CountAsync(all with { DueBefore = Given.Noon.AddHours(3) }));
        Assert.Equal(1, await CountAsync(all with { DueBefore = Given.Noon.AddHours(3), Statuses = ["s1"], ByDue = true }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Log.QueryRowsAsync(all with { Limit = 0 }, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Log.QueryRowsAsync(all with { Limit = 501 }, Ct));
    }

    [Fact]
    public async Task A_due_stream_is_taken_once_and_comes_again_after_the_hold()
    {
        var (early, late, never) = (Given.Stream("alpha"), Given.Stream("beta"), Given.Stream("alpha"));
        await AppendedAsync(Given.Rows(
            new RowChange.SetDue(late, Given.Noon.AddMinutes(2)),
            new RowChange.SetDue(early, Given.Noon.AddMinutes(1)),
            new RowChange.SetDue(never, Given.Noon)));
        await AppendedAsync(Given.Rows(new RowChange.SetDue(never, null)));
        var now = Given.Noon.AddMinutes(2);
        Task<IReadOnlyList<DueStream>> Take(DateTimeOffset at) => Log.TakeDueAsync(at, TimeSpan.FromMinutes(5), 10, Ct);

        Assert.Empty(await Take(Given.Noon));
        Assert.Equal([new(early, Given.Noon.AddMinutes(1)), new DueStream(late, now)], await Take(now));
        Assert.Empty(await Take(now.AddMinutes(4)));

        await AppendedAsync(Given.Rows(new RowChange.SetDue(early, null), new RowChange.SetDue(late, now.AddMinutes(1))));
        Assert.Equal([new DueStream(late, now.AddMinutes(1))], await Take(now.AddMinutes(1)));
        Assert.Equal([new DueStream(late, now.AddMinutes(1))], await Take(now.AddMinutes(6)));
    }

    [Fact]
    public async Task An_unconfirmed_message_comes_again_after_doubling_waits_until_its_receipt()
    {
        var (message, other) = (Guid.NewGuid(), Guid.NewGuid());
        await AppendedAsync(Given.Rows(new RowChange.PutDelivery("alpha", message, 41, Given.Noon), new RowChange.PutDelivery("beta", other, 40, Given.Noon.AddDays(9))));
        await AppendedAsync(Given.Rows(new RowChange.PutDelivery("alpha", message, 99, Given.Noon.AddDays(-1))));
        Task<IReadOnlyList<Delivery>> Take(DateTimeOffset at) => Log.TakeUnconfirmedAsync(at, TimeSpan.FromMinutes(10), 10, Ct);

        Assert.Empty(await Take(Given.Noon.AddSeconds(-1)));
        var at = Given.Noon;
        foreach (var (tries, minutes) in new[] { (0, 10), (1, 20), (2, 40), (3, 60), (4, 60) })
        {
            Assert.Equal([new Delivery("alpha", message, 41, tries)], await Take(at));
            at = at.AddMinutes(minutes);
            Assert.Empty(await Take(at.AddSeconds(-1)));
        }

        await AppendedAsync(Given.Rows(new RowChange.DropDelivery("alpha", message), new RowChange.DropDelivery("alpha", Guid.NewGuid())));
        Assert.Empty(await Take(at));
    }

    [Fact]
    public async Task A_message_is_confirmed_by_the_organisation_that_it_went_to_and_nobody_else()
    {
        var (message, old) = (Guid.NewGuid(), Guid.NewGuid());
        await AppendedAsync(Given.Rows(
            new RowChange.PutDelivery("alpha", message, 41, Given.Noon, "beta"), new RowChange.PutDelivery("alpha", old, 42, Given.Noon)));
        Task<IReadOnlyList<Delivery>> Take(int minutes) => Log.TakeUnconfirmedAsync(Given.Noon.AddMinutes(minutes), TimeSpan.FromSeconds(1), 10, Ct);

        await AppendedAsync(Given.Rows(new RowChange.DropDelivery("alpha", message, "gamma"), new RowChange.DropDelivery("alpha", old, "gamma")));
        Assert.Equal([new Delivery("alpha", message, 41, 0)], await Take(0));

        await AppendedAsync(Given.Rows(new RowChange.DropDelivery("alpha", message, "beta")));
        Assert.Empty(await Take(60));
    }

    private async Task<int> CountAsync(ListQuery query) => (await Log.QueryRowsAsync(query, Ct)).Count;

    private async Task<List<ListRow>> PagesAsync(ListQuery query, Func<ListRow, DateTimeOffset?> key)
    {
        var all = new List<ListRow>();
        while (true)
        {
            var page = await Log.QueryRowsAsync(query, Ct);
            all.AddRange(page);
            if (page.Count < query.Limit)
            {
                return all;
            }

            query = query with { After = new(key(page[^1]), page[^1].Id) };
        }
    }
}
