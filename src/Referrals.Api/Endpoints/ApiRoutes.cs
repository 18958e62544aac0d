using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Referrals.Api.Answers;
using Referrals.Api.Requests;
using Referrals.Api.Security;
using Referrals.Api.Security.Looks;

namespace Referrals.Api.Endpoints;

/// <summary>Every address of the API.</summary>
internal static class ApiRoutes
{
    /// <summary>Maps them.</summary>
    public static void Map(WebApplication app)
    {
        var api = app.MapGroup("/api/v1").AddEndpointFilter<InputFilter>().AddEndpointFilter(LookNotes.NoteAsync).RequireAuthorization(Policies.Member);
        ReferralRoutes.Map(api, ActivatorUtilities.CreateInstance<ReferralEndpoints>(app.Services));
        AssignmentRoutes.Map(api, ActivatorUtilities.CreateInstance<AssignmentEndpoints>(app.Services));
        ChainRoutes.Map(api, ActivatorUtilities.CreateInstance<ChainEndpoints>(app.Services));
        ChainFileEndpoints.Map(api, ActivatorUtilities.CreateInstance<ChainFileEndpoints>(app.Services));
        ActivatorUtilities.CreateInstance<OrganisationEndpoints>(app.Services).Map(api);
        ActivatorUtilities.CreateInstance<WatchEndpoints>(app.Services).Map(api);
        ReviewEndpoints.Map(api);
        TrialEndpoints.Map(api, ActivatorUtilities.CreateInstance<TrialEndpoints>(app.Services));
        MoveEndpoints.Map(api, ActivatorUtilities.CreateInstance<MoveEndpoints>(app.Services));
        MeasureEndpoints.Map(api);
        LogEndpoints.Map(api);
        LikelyLateEndpoint.Map(api);
        WhatIfEndpoints.Map(api);
        AccessLogEndpoint.Map(api);
        if (Authentication.IsOwn(app.Configuration))
        {
            ActivatorUtilities.CreateInstance<ClientEndpoints>(app.Services).Map(api);
            SignInRoutes.Map(app);
        }

        MapHealth(app);
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous().ExcludeFromDescription();
    }

    private static void MapHealth(WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous().DisableRateLimiting();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous().DisableRateLimiting();
    }

    // Names and states only: an exception's text may tell where the database is.
    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new { status = report.Status.ToString(), checks = report.Entries.ToDictionary(e => e.Key, e => e.Value.Status.ToString()) },
        ApiJson.Options, context.RequestAborted);
}
