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

    private string NextAfter(ListRow last)
    {
        var cursor = Cursor.Of(new ListKey(Query.ByDue ? last.DueAt : last.SortAt, last.Id), Query);
        var others = _request.Query.Where(p => p.Key != "cursor").Append(new("cursor", cursor));
        return QueryHelpers.AddQueryString(_request.Path.Value!, others);
    }
}
