using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Engine.Network.Audit;

namespace Referrals.Api.Requests;

#pragma warning disable CA1000 // the framework binds parameters through these static members

/// <summary>What of the access log is asked for.</summary>
internal sealed class LookAsk : IInput, IBindableFromHttpContext<LookAsk>, IEndpointParameterMetadataProvider
{
    private const int MaxLimit = 200;
    private const int MaxWho = 200;

    private readonly HttpRequest _request;

    private LookAsk(HttpRequest request, LookFilter filter, long? before, int limit, IReadOnlyList<Fault> faults) =>
        (_request, Filter, Before, Limit, Faults) = (request, filter, before, limit, faults);

    public LookFilter Filter { get; }

    public long? Before { get; }

    public int Limit { get; }

    public IReadOnlyList<Fault> Faults { get; }

    public ErrorCode Error => HttpErrors.Invalid;

    public static ValueTask<LookAsk?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var reader = new QueryReader(context.Request.Query);
        var filter = new LookFilter(
            reader.Text("who", MaxWho), Subject(reader), reader.Word("what", LookCodes.All), reader.Word("outcome", LookOutcomes.All), reader.Time("from"), reader.Time("until"));
        var before = reader.Number("before", 1, int.MaxValue, 0) is > 0 and var no ? no : (long?)null;
        var limit = reader.Number("limit", 1, MaxLimit, 50);
        return ValueTask.FromResult<LookAsk?>(new LookAsk(context.Request, filter, before, limit, reader.Finish()));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new QueryNotes(
    [
        new("who", "Only this sign-in name, machine client or command."),
        new("subject", "Only looks at what has this id.") { Format = "uuid" },
        new("what", "Only looks at this kind of thing.", LookCodes.All),
        new("outcome", "Only with this outcome.", LookOutcomes.All),
        new("from", "Only at this time or later.") { Format = "date-time" },
        new("until", "Only before this time.") { Format = "date-time" },
        new("before", "Only entries before this number; next of the page before has it."),
        new("limit", $"Lines of a page, 1 to {MaxLimit}; 50 unless given."),
    ]));

    /// <summary>Address of the page after this line.</summary>
    public string NextAfter(LookLine last) => QueryHelpers.AddQueryString(
        _request.Path.Value!, _request.Query.Where(p => p.Key != "before").Append(new("before", last.Entry.ChainNo.ToString(CultureInfo.InvariantCulture))));

    private static IReadOnlyList<Guid>? Subject(QueryReader reader)
    {
        if (reader.Single("subject") is not { } given)
        {
            return null;
        }

        if (Guid.TryParse(given, out var id))
        {
            return [id];
        }

        reader.Add("subject", "wrong-value", "Here stands the id of a referral, an assignment or a message.");
        return null;
    }
}
