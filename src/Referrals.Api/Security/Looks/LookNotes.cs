using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http.HttpResults;
using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;

namespace Referrals.Api.Security.Looks;

/// <summary>
/// Writes down who looks at what, between the making of an answer and its sending. When that fails nothing is shown. A command that recorded an event is
/// no look: the history says who gave it.
/// </summary>
public static class LookNotes
{
    private static readonly string[] NoFilters = ["cursor", "limit", "order", "format", "before"];

    /// <summary>Runs around every handler, and acts where the route is marked with <see cref="LooksAt"/>.</summary>
    internal static async ValueTask<object?> NoteAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var result = await next(call);
        var context = call.HttpContext;
        if (context.GetEndpoint()?.Metadata.GetMetadata<LooksAt>() is { } at && OutcomeOf(context, result) is { } outcome)
        {
            await WriteAsync(context, Of(context, at, outcome) with { Count = Count(result) });
        }

        return result;
    }

    /// <summary>Writes down that somebody may not see it.</summary>
    internal static async Task NoteForbiddenAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<LooksAt>() is { } at && context.User.IsMember())
        {
            await WriteAsync(context, Of(context, at, LookOutcomes.Forbidden));
        }
    }

    private static Task WriteAsync(HttpContext context, Look look) =>
        context.RequestServices.GetRequiredService<LookStore>().WriteAsync(look, context.RequestAborted);

    private static Look Of(HttpContext context, LooksAt at, string outcome)
    {
        var (user, route) = (context.User, context.Request.RouteValues);
        var (own, policy) = (user.Organisation(), Policy(context));
        var whose = context.Features.Get<LooksInto>()?.Id ?? own;
        return new Look(whose, user.Subject(), at.What, Role(user, policy), at.Purpose ?? Purpose(policy == Policies.Member ? MainRole(user) : policy), outcome)
        {
            Subject = Guid.TryParse(route["id"]?.ToString(), out var id) ? id : null,
            Number = CaseNumber.TryParse(route["nr"]?.ToString(), out var number) ? number : null,
            Filters = [.. Filters(context, at).Where(f => context.Request.Query[f].ToString().Length > 0)],
            From = whose == own ? null : own,
        };
    }

    // What a redirect leads to is a look of its own.
    private static string? OutcomeOf(HttpContext context, object? result)
    {
        var isGet = HttpMethods.IsGet(context.Request.Method);
        return (result as IStatusCodeHttpResult)?.StatusCode switch
        {
            >= 300 and < 400 => null,
            StatusCodes.Status404NotFound when isGet || result is not ProblemResult => LookOutcomes.NotFound,
            StatusCodes.Status403Forbidden => LookOutcomes.Forbidden,
            _ when result is ProblemResult => isGet ? LookOutcomes.Refused : null,
            _ => result is IShows { Recorded: true } ? null : LookOutcomes.Shown,
        };
    }

    private static int? Count(object? result) => result switch
    {
        ILists lists => lists.Listed,
        IShows { Body: ILists lists } => lists.Listed,
        RazorComponentResult { Parameters: var parameters } when parameters.GetValueOrDefault("Model") is ILists lists => lists.Listed,
        _ => null,
    };

    private static IEnumerable<string> Filters(HttpContext context, LooksAt at) =>
        (context.GetEndpoint()?.Metadata.GetOrderedMetadata<QueryNotes>() ?? []).SelectMany(n => n.Items).Select(n => n.Name).Except(NoFilters).Union(at.Filters);

    // The last policy is the most specific one.
    private static string Policy(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().LastOrDefault(d => d.Policy is not null)?.Policy ?? Policies.Member;

    private static string Role(ClaimsPrincipal user, string policy)
    {
        var has = NetworkRoles.All.Where(user.IsInRole).ToList();
        var needed = has.Intersect(Policies.Needed[policy]).ToList();
        return string.Join(',', needed.Count > 0 ? needed : has) is { Length: > 0 } roles ? roles : Look.Nothing;
    }

    // What is open to every member is looked at for what the member does here.
    private static string MainRole(ClaimsPrincipal user) => NetworkRoles.All.FirstOrDefault(user.IsInRole) ?? Policies.Member;

    private static string Purpose(string policy) => policy switch
    {
        Policies.Coordinator => LookPurposes.Escalation,
        Policies.Steering => LookPurposes.Evaluation,
        Policies.Admin or Policies.Operator => LookPurposes.Administration,
        Policies.Officer => LookPurposes.Oversight,
        _ => LookPurposes.Casework,
    };
}

/// <summary>Writes down who was turned away before the route's own code ran.</summary>
internal sealed class ForbiddenLooks : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _usual = new();

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Forbidden)
        {
            await LookNotes.NoteForbiddenAsync(context);
        }

        await _usual.HandleAsync(next, context, policy, authorizeResult);
    }
}
