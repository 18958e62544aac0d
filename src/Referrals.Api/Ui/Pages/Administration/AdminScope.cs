using System.Reflection;
using Referrals.Api.Security;
using Referrals.Api.Security.Looks;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Api.Ui.Pages.Administration;

/// <summary>
/// Whose administration is shown: the own organisation's; for administrators of the network's operator that of any, named in the query
/// as <c>organisation</c>.
/// </summary>
/// <param name="Id">The organisation.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsOwn">Whether it is the visitor's own.</param>
/// <param name="IsOperator">Whether the visitor administers the network.</param>
public sealed record AdminScope(OrganisationId Id, string Name, bool IsOwn, bool IsOperator)
{
    /// <summary>Name of the query parameter.</summary>
    public const string Parameter = "organisation";

    /// <summary>An address in the same organisation's administration.</summary>
    public string Url(string path, params IEnumerable<(string Name, string? Value)> query) => Links.With(path, [(Parameter, IsOwn ? null : Id.Value), .. query]);

    /// <summary>Reads it; what is not there or not the visitor's is refused by <see cref="CheckAsync"/>.</summary>
    public static async ValueTask<AdminScope?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var (services, own) = (context.RequestServices, context.User.Organisation());
        var isOperator = own.Value == services.GetRequiredService<ApiSettings>().Operator && context.User.IsInRole(NetworkRoles.Admin);
        var asked = context.Request.Query[Parameter].ToString() is { Length: > 0 } other && other != own.Value ? other : null;
        var (id, allowed) = asked is null ? (own, true) : Codes.IsCode(asked) ? (new OrganisationId(asked), isOperator) : (own, false);
        var entry = allowed ? await services.GetRequiredService<OrganisationService>().LookUpAsync(id, context.RequestAborted) : null;
        if (asked is not null && entry is null)
        {
            context.Features.Set(new Refused());
        }
        else
        {
            context.Features.Set(new LooksInto(id));
        }

        return new AdminScope(id, entry?.Profile.Name ?? id.Value, id == own, isOperator);
    }

    /// <summary>Another organisation's administration is not found.</summary>
    public static ValueTask<object?> CheckAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next) =>
        call.HttpContext.Features.Get<Refused>() is null ? next(call) : ValueTask.FromResult<object?>(Answer.NotFound());

    private sealed record Refused;
}
