using Microsoft.Extensions.DependencyInjection.Extensions;
using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Endpoints;
using Referrals.Api.Requests;
using Referrals.Api.Security;
using Referrals.Api.Ui;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Measures;
using Referrals.Engine.Network.Notifications;
using Referrals.Engine.Network.Operations;
using Referrals.Engine.Network.Organisations;
using Referrals.Engine.Network.Users;
using Referrals.Engine.Referrals;
using Referrals.Engine.Referrals.Moving;

namespace Referrals.Api;

/// <summary>The HTTP API as a part that a host composes.</summary>
public static class ReferralsApi
{
    /// <summary>Registers everything that the API needs. What another part has registered already is taken.</summary>
    public static IServiceCollection AddReferralsApi(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = ApiSettings.From(configuration);
        services.AddSingleton(settings);
        services.AddLogging(l => l.AddFilter("Microsoft.AspNetCore", LogLevel.Warning));
        AddEngine(services, settings);
        services.TryAddSingleton<TenantDatabase>();
        services.TryAddSingleton<AnswerStore>();
        services.TryAddSingleton<UserStore>();
        services.TryAddSingleton<AccountStore>();
        services.TryAddSingleton<AuditStore>();
        services.TryAddSingleton<LookStore>();
        services.TryAddSingleton<ManagedPeople>();
        services.TryAddSingleton<OrganisationAdministration>();
        services.TryAddSingleton<CardStore>();
        services.TryAddSingleton<CardService>();
        services.TryAddSingleton<LetterAdministration>();
        services.TryAddSingleton<NotificationStore>();
        services.AddHostedService<Migration>();
        services.AddReferralsAuthentication(configuration, settings);
        services.AddReferralsLimits(settings);
        Proxies.Add(services, configuration);
        services.AddHttpContextAccessor();
        services.TryAddSingleton<SecurityLog>();
        services.AddReferralsOpenApi(configuration);
        Telemetry.Add(services, configuration);
        services.ConfigureHttpJsonOptions(o => ApiJson.Apply(o.SerializerOptions));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(o => (o.AddServerHeader, o.Limits.MaxRequestBodySize) = (false, 2 * RawBody.MaxBytes));
        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(Tls.Configure);
        services.Configure<HostOptions>(o => o.ShutdownTimeout = settings.RequestTimeout + TimeSpan.FromSeconds(5));
        PageRoutes.Add(services, configuration);
        services.AddHealthChecks().AddCheck<DatabaseHealth>("api-database");
        return services;
    }

    /// <summary>Puts the API's middleware and addresses into the application.</summary>
    public static WebApplication MapReferralsApi(this WebApplication app)
    {
        if (Authentication.IsOwn(app.Configuration))
        {
            // Without a key nothing begins, not even a migration.
            app.Services.GetRequiredService<SigningKey>();
        }

        AnswerHeaders.Use(app);
        Proxies.Use(app);
        SecurityLogging.Use(app);
        PageRequests.Use(app);
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Failures.AnswerAsync, SuppressDiagnosticsCallback = c => Failures.IsCallers(c.Exception) });
        app.UseStatusCodePages(Failures.AnswerEmptyAsync);
        app.UseRouting();
        app.UseRequestTimeouts();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseMiddleware<Idempotency>();
        ApiRoutes.Map(app);
        PageRoutes.Map(app);
        return app;
    }

    private static void AddEngine(IServiceCollection services, ApiSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<NewId>(Guid.NewGuid);
        services.TryAddSingleton(_ => Database(settings));
        services.TryAddSingleton(EngineEvents.Codec);
        services.TryAddSingleton<IEventLog>(p => new PostgresEventLog(p.GetRequiredService<PostgresOptions>(), p.GetRequiredService<EventCodec>()));
        services.TryAddSingleton<IPartnerDirectory, PartnerDirectory>();
        services.TryAddSingleton<ChainService>();
        services.TryAddSingleton<IChainCatalog>(p => p.GetRequiredService<ChainService>());
        services.TryAddSingleton<ReferralService>();
        services.TryAddSingleton<MoveService>();
        services.TryAddSingleton<AssignmentService>();
        services.TryAddSingleton<HandoverDesk>();
        services.TryAddSingleton<HandoverService>();
        services.TryAddSingleton<OrganisationService>();
        services.TryAddSingleton<OperationService>();
        services.TryAddSingleton<MeasureService>();
    }

    private static PostgresOptions Database(ApiSettings settings) => (settings.App, settings.Owner) switch
    {
        ({ Length: > 0 } app, var owner) => new PostgresOptions { App = app, Owner = owner, Schema = settings.Schema, MasterKeys = settings.MasterKeys, PlainConnections = settings.PlainConnections },
        (_, { Length: > 0 } owner) => PostgresOptions.FromOwner(owner, settings.Schema) with { MasterKeys = settings.MasterKeys, PlainConnections = settings.PlainConnections },
        _ => throw new InvalidOperationException("ConnectionStrings:App (or ConnectionStrings:Owner, for everything on one machine) is needed"),
    };
}
