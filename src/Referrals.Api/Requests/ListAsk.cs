using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Security;
using Referrals.Engine.History;

namespace Referrals.Api.Requests;

#pragma warning disable CA1000 // the framework binds parameters through these static members

/// <summary>Which list is asked for, and by which parameters beside order, limit and cursor.</summary>
public interface IListKind
{
    /// <summary>Name of the list.</summary>
    static abstract string List { get; }

    /// <summary>Its filters, for the description.</summary>
    static abstract IReadOnlyList<QueryNote> Parameters { get; }

    /// <summary>Reads the filters.</summary>
    internal static abstract ListQuery Filter(ListQuery query, QueryReader parameters);
}

/// <summary>What the lists that people work from have in common: number, person in charge and due dates.</summary>
internal static class WorkListFilters
{
    /// <summary>The longest sign-in name asked for.</summary>
    public const int MaxAssignee = 200;

    /// <summary>The parameters, for the description.</summary>
    public static IReadOnlyList<QueryNote> Parameters { get; } =
    [
        new("number", "Only the line with this number, such as 2026-0408."),
        new("assignee", "Only what this person looks after."),
        new("unassigned", "true: only what nobody looks after.", ["true", "false"]),
        new("dueFrom", "Only lines due at this time or later.") { Format = "date-time" },
        new("dueBefore", "Only lines due before this time.") { Format = "date-time" },
    ];

    /// <summary>Reads them.</summary>
    public static ListQuery Read(ListQuery query, QueryReader parameters)
    {
        var read = query with
        {
            Number = parameters.CaseNumber("number"),
            Assignee = parameters.Text("assignee", MaxAssignee),
            Unassigned = parameters.Flag("unassigned"),
            DueFrom = parameters.Time("dueFrom"),
            DueBefore = parameters.Time("dueBefore"),
        };
        if (read is { Unassigned: true, Assignee: not null })
        {
            parameters.Add("unassigned", "wrong-value", "Either assignee is given or unassigned.");
        }

        return read;
    }
}

/// <summary>A question to a list of the caller's organisation: filters, order, and a page by key.</summary>
public sealed class ListAsk<TKind> : IInput, IBindableFromHttpContext<ListAsk<TKind>>, IEndpointParameterMetadataProvider
    where TKind : IListKind
{
    private const int MaxLimit = 200;
    private static readonly string[] Orders = ["newest", "due"];
    private readonly HttpRequest _request;

    private ListAsk(HttpRequest request, ListQuery query, IReadOnlyList<Fault> faults) => (_request, Query, Faults) = (request, query, faults);

    /// <summary>The question.</summary>
    public ListQuery Query { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Fault> Faults { get; }

    /// <inheritdoc/>
    public ErrorCode Error => HttpErrors.Invalid;

    /// <inheritdoc/>
    public static ValueTask<ListAsk<TKind>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var parameters = new QueryReader(context.Request.Query);
        var query = new ListQuery(context.User.Organisation().Value, TKind.List)
        {
            ByDue = parameters.Word("order", Orders) == "due",
            Limit = parameters.Number("limit", 1, MaxLimit, 50),
        };
        query = TKind.Filter(query, parameters);
        if (parameters.Single("cursor") is { } cursor)
        {
            query = query with { After = Cursor.Read(cursor, query) };
            if (query.After is null)
            {
                parameters.Add("cursor", "cursor-invalid", "This cursor was not made for this list with these filters; start from the first page.");
            }
        }

        return ValueTask.FromResult<ListAsk<TKind>?>(new ListAsk<TKind>(context.Request, query, parameters.Finish()));
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new QueryNotes(
    [
        .. TKind.Parameters,
        new("order", "newest (default) or due: by the next date by which somebody must act.", Orders),
        new("limit", $"Lines of a page, 1 to {MaxLimit}; 50 unless given."),
        new("cursor", "From next of the page before, with the same filters."),
    ]));

    /// <summary>The page, with the address of the next one.</summary>
    public async Task<Page<T>> PageAsync<T>(IEventLog log, Func<ListRow, T> show, CancellationToken ct)
    {
        var rows = await log.QueryRowsAsync(Query with { Limit = Query.Limit + 1 }, ct);
        var shown = rows.Take(Query.Limit).ToList();
        return new Page<T>([.. shown.Select(show)], rows.Count > Query.Limit ? NextAfter(shown[^1]) : null);
    }

    /// <summary>The page of a list of which the caller may not see every row: those are passed over, and a page is full all the same.</summary>
    /// <param name="log">The history.</param>
    /// <param name="show">The line of a row; null: not for this caller.</param>
    /// <param name="ct">Cancels the reading.</param>
    public async Task<Page<T>> PageOfAsync<T>(IEventLog log, Func<ListRow, T?> show, CancellationToken ct)
        where T : class
    {
        var (seen, query) = (new List<(ListRow Row, T Line)>(), Query with { Limit = MaxLimit + 1 });
        for (IReadOnlyList<ListRow>? rows = null; seen.Count <= Query.Limit && (rows is null || rows.Count == query.Limit);)
        {
            rows = await log.QueryRowsAsync(rows is null ? query : query with { After = ListKey.Of(rows[^1], query.ByDue) }, ct);
            seen.AddRange(rows.Select(row => (row, show(row))).Where(r => r.Item2 is not null).Select(r => (r.row, r.Item2!)));
        }

        var shown = seen.Take(Query.Limit).ToList();
        return new Page<T>([.. shown.Select(s => s.Line)], seen.Count > Query.Limit ? NextAfter(shown[^1].Row) : null);
    }

    private string NextAfter(ListRow last)
    {
        var cursor = Cursor.Of(new ListKey(Query.ByDue ? last.DueAt : last.SortAt, last.Id), Query);
        var others = _request.Query.Where(p => p.Key != "cursor").Append(new("cursor", cursor));
        return QueryHelpers.AddQueryString(_request.Path.Value!, others);
    }
}
