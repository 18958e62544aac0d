using Microsoft.Extensions.DependencyInjection.Extensions;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.History.Keys;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Notifications;
using Referrals.Engine.Network.Users;
using Referrals.Engine.Referrals;

namespace Referrals.Workers.Hosting;

/// <summary>Registers the history and the engine's services, unless another part of the process has.</summary>
internal static class HistoryRegistration
{
    /// <summary>
    /// Where the database is: the connection strings <c>App</c> and <c>Worker</c>, or <c>Owner</c> alone, from which they follow; the
    /// schema is <c>Referrals:Schema</c>, the master keys are in <c>Referrals:MasterKeys:File</c> or <c>:Text</c>.
    /// </summary>
    public static PostgresOptions Database(IConfiguration configuration)
    {
        var schema = configuration["Referrals:Schema"] is { Length: > 0 } name ? name : "referrals";
        var keys = MasterKeys.From(configuration["Referrals:MasterKeys:File"], configuration["Referrals:MasterKeys:Text"]);
        var (owner, app, worker) = (
            configuration.GetConnectionString("Owner"), configuration.GetConnectionString("App"), configuration.GetConnectionString("Worker"));
        var plain = configuration.GetValue("Referrals:PlainConnections", false);
        return (owner, app, worker) switch
        {
            ({ Length: > 0 }, null or "", null or "") => PostgresOptions.FromOwner(owner, schema) with { MasterKeys = keys, PlainConnections = plain },
            (_, { Length: > 0 }, { Length: > 0 }) => new PostgresOptions { Owner = owner, App = app, Worker = worker, Schema = schema, MasterKeys = keys, PlainConnections = plain },
            _ => throw new InvalidOperationException("set the connection strings App and Worker, or Owner alone"),
        };
    }

    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<NewId>(Guid.NewGuid);
        services.TryAddSingleton(_ => EngineEvents.Codec);
        services.TryAddSingleton(provider => Database(provider.GetRequiredService<IConfiguration>()));
        services.TryAddSingleton<IEventLog, PostgresEventLog>();
        services.TryAddSingleton<ChainService>();
        services.TryAddSingleton<IChainCatalog>(provider => provider.GetRequiredService<ChainService>());
        services.TryAddSingleton<ReferralService>();
        services.TryAddSingleton<AssignmentService>();
        services.TryAddSingleton<IncomingHandler>();
        services.TryAddSingleton<TenantDatabase>();
        services.TryAddSingleton<UserStore>();
        services.TryAddSingleton<NotificationStore>();
        services.TryAddSingleton<MailQueue>();
        services.AddHostedService<SchemaUpdate>();
    }
}
