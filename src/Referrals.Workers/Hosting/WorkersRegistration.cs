using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Referrals.Engine.History;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Retention;
using Referrals.Engine.Review;
using Referrals.Engine.Review.Reading;
using Referrals.Engine.Review.WhatIf.Jobs;
using Referrals.Workers.Consumers;
using Referrals.Workers.Deadlines;
using Referrals.Workers.Messaging;
using Referrals.Workers.Notifications;
using Referrals.Workers.Projections;
using Referrals.Workers.Relay;
using Referrals.Workers.Retention;

namespace Referrals.Workers.Hosting;

/// <summary>Adds the workers to a host: their own, or the one of the whole product in one process.</summary>
public static class WorkersRegistration
{
    /// <summary>Adds relay, resender, consumers, deadlines, notifications, mail, the review's follower and its simulations, with health checks tagged <c>ready</c> and telemetry where configured.</summary>
    /// <exception cref="OptionsValidationException">At the start, for settings that can't be right.</exception>
    public static IServiceCollection AddReferralsWorkers(this IServiceCollection services, IConfiguration configuration)
    {
        var options = Bind(configuration, new WorkersOptions());
        services.AddOptions<WorkersOptions>().Configure(o => Bind(configuration, o)).ValidateDataAnnotations().ValidateOnStart();
        HistoryRegistration.Add(services);
        Transport.Add(services, options);
        services.AddSingleton<OrganisationDirectory>();
        services.AddSingleton<ConnectedQueues>();
        services.AddSingleton<MessageSender>();
        services.AddSingleton<DeadLetterBox>();
        services.AddSingleton<Receipts>();
        services.AddSingleton<IncomingMessages>();
        services.AddSingleton<Redelivery>();
        services.AddSingleton<RelayState>();
        services.AddHostedService(provider => provider.GetRequiredService<Receipts>());
        services.AddHostedService<OrganisationEndpoints>();
        services.AddHostedService<RelayWorker>();
        services.AddHostedService<Resender>();
        services.AddHostedService<DeadlineWorker>();
        services.TryAddSingleton<AuditStore>();
        services.TryAddSingleton<RetentionService>();
        services.AddSingleton<RetentionTurn>();
        services.AddHostedService<RetentionWorker>();
        services.AddHostedService<ReferenceWorker>();
        AddNotifications(services, configuration);
        AddReview(services, configuration);
        services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database", tags: ["ready"])
            .AddCheck<RelayCheck>("relay", tags: ["ready"])
            .AddCheck<QueuesCheck>("queues", tags: ["ready"])
            .AddCheck<ReviewCheck>("review", tags: ["ready"]);
        Telemetry.Add(services, configuration);
        return services;
    }

    private static void AddNotifications(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(MailSettings.Read(configuration));
        services.AddSingleton<Recipients>();
        services.AddSingleton<NotificationWriter>();
        services.AddSingleton<MailComposer>();
        services.AddSingleton<MailTransport>();
        services.AddHostedService<NotificationWorker>();
        services.AddHostedService<RowNewsWorker>();
        services.AddHostedService<MailWorker>();
        services.AddHealthChecks().AddCheck<MailCheck>("mail", tags: ["ready"]);
    }

    private static void AddReview(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ReviewProgress>();
        services.AddHostedService<ReviewWorker>();

        // Where the pages are in the same process, both look at the same columns.
        services.TryAddSingleton(_ => (configuration.GetSection("Review").Get<ReviewOptions>() ?? new ReviewOptions()).Checked());
        services.TryAddSingleton<IReviewStore>(p => new ReviewStore(p.GetRequiredService<PostgresOptions>()));
        services.TryAddSingleton<OwnReview>();
        services.TryAddSingleton<WhatIfModels>();
        services.AddSingleton<IWhatIfQueue, WhatIfQueue>();
        services.AddHostedService<WhatIfWorker>();
    }

    private static WorkersOptions Bind(IConfiguration configuration, WorkersOptions options)
    {
        configuration.GetSection(WorkersOptions.Section).Bind(options);
        options.Broker = configuration["Referrals:Broker"] is not { Length: > 0 } broker ? null
            : Uri.TryCreate(broker, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps" or "rabbitmq" or "rabbitmqs" ? uri
            : throw new InvalidOperationException("Referrals:Broker is not an address such as amqp://user:password@host:5672/");
        if (options.Broker is { } address && !configuration.GetValue("Referrals:PlainConnections", false))
        {
            Encryption.RequireOf(address);
        }

        return options;
    }
}
