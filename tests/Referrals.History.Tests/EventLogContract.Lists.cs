using Referrals.Engine;
using Referrals.Engine.History;

namespace Referrals.History.Tests;

public abstract partial class EventLogContract
{
    [Fact]
    public async Task Rows_of_a_series_are_numbered_when_first_written_and_keep_their_number()
    {
        var (first, second, third) = (Numbered(0), Numbered(1), Numbered(2));
        var elsewhere = first with { List = "others" };
        await AppendedAsync(Given.Rows(new RowChange.PutListRow(second with { Number = 77 }), new RowChange.PutListRow(first)));
        await AppendedAsync(Given.Rows(new RowChange.PutListRow(second with { Status = "closed", Series = null, Number = 1 })));
        await AppendedAsync(Given.Rows(new RowChange.PutListRow(third with { Series = "2027" }), new RowChange.PutListRow(elsewhere)));
        await AppendedAsync(Given.Rows(new RowChange.PutListRow(third)));

        Assert.Equal(new CaseNumber("2026", 1), await NumberAsync(first));
        Assert.Equal(new CaseNumber("2026", 2), await NumberAsync(second));
        Assert.Equal(new CaseNumber("2027", 1), await NumberAsync(third));
        Assert.Equal(new CaseNumber("2026", 1), await NumberAsync(elsewhere));
        Assert.Equal("closed", (await Log.FindRowAsync("alpha", "things", second.Id, Ct))!.Status);
    }

    [Fact]
    public async Task A_row_gets_its_number_when_it_first_has_a_series_and_a_removed_rows_number_is_not_given_again()
    {
        var (late, gone, next) = (Numbered(0), Numbered(1), Numbered(2));
        await AppendedAsync(Given.Rows(new RowChange.PutListRow(late with { Series = null })));
        Assert.Null(await NumberAsync(late));
        await AppendedAsync(Given.Rows(new RowChange.PutListRow(gone)));
        await AppendedAsync(Given.Rows(new RowChange.DropListRow("alpha", "things", gone.Id)));
        await AppendedAsync(Given.Rows(new RowChange.PutListRow(late)));
        await AppendedAsync(Given.Rows(new RowChange.PutListRow(next)));

        Assert.Equal(2, (await NumberAsync(late))?.Number);
        Assert.Equal(3, (await NumberAsync(next))?.Number);
    }

    [Fact]
    public async Task Numbers_have_no_gap_and_none_twice_with_many_writers_and_refused_appends()
    {
        var rows = Enumerable.Range(0, 120).Select(i => Numbered(i % 5) with { Tenant = i % 3 == 0 ? "beta" : "alpha" }).ToList();
        var stream = Given.Stream();
        await AppendedAsync(Given.Append(stream, 0, new Counted(1)));
        await Task.WhenAll(rows.Select((row, i) => i % 4 == 3
            ? Log.AppendAsync(Append.To(stream, 7, [new Counted(2)], Given.Context(), new RowChange.PutListRow(row)), Ct)
            : Log.AppendAsync(Append.To(Given.Stream(row.Tenant), 0, [new Counted(i)], Given.Context(), new RowChange.PutListRow(row)), Ct)));

        foreach (var tenant in new[] { "alpha", "beta" })
        {
            var numbers = (await Log.QueryRowsAsync(new ListQuery(tenant, "things") { Limit = 500 }, Ct)).Select(r => r.Number!.Value).Order().ToList();
            Assert.Equal(rows.Where((r, i) => r.Tenant == tenant && i % 4 != 3).Count(), numbers.Count);
            Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
        }
    }

    [Fact]
    public async Task A_reference_stays_until_the_key_of_its_stream_is_destroyed()
    {
        var (stream, other) = (Given.Stream(), Given.Stream());
        var (row, beside) = (Given.Row("alpha", "cases", stream.Id) with { Reference = "AZ-77/Ä" }, Given.Row("alpha", "cases", other.Id) with { Reference = "AZ-77" });
        await AppendedAsync(Given.Rows(new RowChange.PutListRow(row), new RowChange.PutListRow(beside)));
        await AppendedAsync(Given.Rows(new RowChange.PutListRow(row with { Reference = null, Status = "later" })));
        var query = new ListQuery(row.Tenant, row.List) { ReferenceStartsWith = "az-77" };

        Assert.Equal(["AZ-77", "AZ-77/Ä"], (await Log.QueryRowsAsync(query, Ct)).Select(r => r.Reference).Order(StringComparer.Ordinal));
        Assert.Equal(("later", "AZ-77/Ä"), await Log.FindRowAsync(row.Tenant, row.List, row.Id, Ct) is { } kept ? (kept.Status, kept.Reference) : default);

        await AppendedAsync(Given.Rows(new RowChange.DestroyKey(stream)));
        Assert.Equal("AZ-77", Assert.Single(await Log.QueryRowsAsync(query, Ct)).Reference);
        Assert.Null((await Log.FindRowAsync(row.Tenant, row.List, row.Id, Ct))!.Reference);
        await AppendedAsync(Given.Rows(new RowChange.PutListRow(row)));
        Assert.Equal(other.Id, Assert.Single(await Log.QueryRowsAsync(query, Ct)).Id);
    }

    [Fact]
    public async Task Rows_are_found_by_number_reference_and_person()
    {
        var rows = Enumerable.Range(0, 12).Select(i => Numbered(i) with
        {
            Reference = i < 8 ? $"AZ-{i % 4}/{i}Ä" : null,
            Assignee = i % 3 == 0 ? null : i % 3 == 1 ? "frau.muster" : "",
            DueAt = i < 6 ? Given.Noon.AddHours(i) : null,
        }).ToList();
        await AppendedAsync(Given.Rows([.. rows.Select(r => new RowChange.PutListRow(r))]));
        var all = new ListQuery("alpha", "things");

        Assert.Equal(rows[4].Id, Assert.Single(await Log.QueryRowsAsync(all with { Number = new CaseNumber("2026", 5) }, Ct)).Id);
        Assert.Empty(await Log.QueryRowsAsync(all with { Number = new CaseNumber("2025", 5) }, Ct));
        Assert.Equal([rows[7].Id, rows[3].Id], (await Log.QueryRowsAsync(all with { ReferenceStartsWith = "az-3" }, Ct)).Select(r => r.Id));
        Assert.Equal("AZ-3/7Ä", Assert.Single(await Log.QueryRowsAsync(all with { ReferenceStartsWith = "Az-3/7Ä" }, Ct)).Reference);
        Assert.Empty(await Log.QueryRowsAsync(all with { ReferenceStartsWith = "z-3" }, Ct));
        Assert.Equal(12, await CountAsync(all with { ReferenceStartsWith = "" }));
        Assert.Equal(8, await CountAsync(all with { ReferenceStartsWith = "AZ-" }));
        Assert.Equal(4, await CountAsync(all with { Assignee = "frau.muster" }));
        Assert.Equal(0, await CountAsync(all with { Assignee = "frau" }));
        Assert.Equal(8, await CountAsync(all with { Unassigned = true }));
        Assert.Equal(0, await CountAsync(all with { Unassigned = true, Assignee = "frau.muster" }));
        Assert.Equal(4, await CountAsync(all with { DueFrom = Given.Noon.AddHours(2) }));
        Assert.Equal(2, await CountAsync(all with { DueFrom = Given.Noon.AddHours(2), DueBefore = Given.Noon.AddHours(4) }));
        Assert.All(await Log.QueryRowsAsync(all with { Unassigned = true }, Ct), r => Assert.Null(r.Assignee));
    }

    [Fact]
    public async Task Rows_are_counted_as_far_as_asked()
    {
        ListRow Row(int i) => Given.Row("alpha", "things", Guid.NewGuid(), i, status: $"s{i % 3}") with { Assignee = i < 4 ? "herr.muster" : null };
        await AppendedAsync(Given.Rows([.. Enumerable.Range(0, 12).Select(i => new RowChange.PutListRow(Row(i)))]));
        await AppendedAsync(Given.Rows(new RowChange.PutListRow(Given.Row("beta", "things", Guid.NewGuid(), status: "other"))));
        var all = new ListQuery("alpha", "things");

        Assert.Equal(12, await Log.CountRowsAsync(all, 100, Ct));
        Assert.Equal(5, await Log.CountRowsAsync(all with { Limit = 3 }, 5, Ct));
        Assert.Equal(8, await Log.CountRowsAsync(all with { Statuses = ["s0", "s2"] }, 100, Ct));
        Assert.Equal(0, await Log.CountRowsAsync(all with { List = "others" }, 100, Ct));
        Assert.Equal([("s0", 4), ("s1", 4), ("s2", 4)], Sorted(await Log.CountByStatusAsync("alpha", "things", null, 100, Ct)));
        Assert.Equal([("s0", 3), ("s1", 3), ("s2", 3)], Sorted(await Log.CountByStatusAsync("alpha", "things", null, 3, Ct)));
        Assert.Equal([("s0", 2), ("s1", 1), ("s2", 1)], Sorted(await Log.CountByStatusAsync("alpha", "things", "herr.muster", 100, Ct)));
        Assert.Empty(await Log.CountByStatusAsync("alpha", "others", null, 100, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Log.CountRowsAsync(all, 0, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Log.CountByStatusAsync("alpha", "things", null, 100_001, Ct));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_backwards_are_the_pages_forwards(bool byDue)
    {
        var rows = Enumerable.Range(0, 23)
            .Select(i => Given.Row("alpha", "things", Guid.NewGuid(), i / 3, due: i % 2 == 0 ? null : Given.Noon.AddHours(i / 5))).ToList();
        await AppendedAsync(Given.Rows([.. rows.Select(r => new RowChange.PutListRow(r))]));
        var query = new ListQuery("alpha", "things") { Limit = 5, ByDue = byDue };
        var whole = await Log.QueryRowsAsync(query with { Limit = 500 }, Ct);

        for (var i = 0; i < whole.Count; i++)
        {
            var before = await Log.QueryRowsAsync(query with { Before = ListKey.Of(whole[i], byDue) }, Ct);
            Assert.Equal(whole.Take(i).TakeLast(5), before);
        }

        var key = ListKey.Of(whole[3], byDue);
        await Assert.ThrowsAsync<ArgumentException>(() => Log.QueryRowsAsync(query with { Before = key, After = key }, Ct));
    }

    private static ListRow Numbered(int minutes) => Given.Row("alpha", "things", Guid.NewGuid(), minutes) with { Series = "2026" };

    private static IEnumerable<(string, int)> Sorted(IReadOnlyDictionary<string, int> counts) =>
        counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => (c.Key, c.Value));

    private async Task<CaseNumber?> NumberAsync(ListRow row) => (await Log.FindRowAsync(row.Tenant, row.List, row.Id, Ct))!.CaseNumber;
}
