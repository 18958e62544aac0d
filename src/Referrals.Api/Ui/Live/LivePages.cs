using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Referrals.Api.Security;
using Referrals.Engine.History;

namespace Referrals.Api.Ui.Live;

/// <summary>
/// Tells over server-sent events what others changed of the page that somebody looks at. An event with an id says that up to this position
/// nothing concerned the page, so a connection made anew goes on there; from the first change on there are no more ids, so that the
/// whole of it is told again.
/// </summary>
internal static class LivePages
{
    /// <summary>Name of the event that tells a change.</summary>
    public const string Changed = "changed";

    /// <summary>Name of the event that says that the connection is there.</summary>
    public const string Alive = "alive";

    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(1);

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(LiveSettings.From(configuration));
        services.AddSingleton<LiveHub>();
        services.AddHostedService(p => p.GetRequiredService<LiveHub>());
        services.AddScoped<Frame>();
    }

    public static void Map(WebApplication app) => app.MapGet(Links.LivePath, TellAsync)
        .WithMetadata(new PageRoute()).RequireAuthorization(Policies.Member).DisableRequestTimeout().ExcludeFromDescription();

    // 204 tells a browser not to ask again. Who can't be let in asks again later, see live.js.
    private static async Task<IResult> TellAsync(
        string? seite, string? ab, HttpContext context, Visitor me, Words words, LiveHub hub, LiveSettings settings, IEventLog log,
        IHostApplicationLifetime lifetime, CancellationToken ct)
    {
        if (seite is null || await LiveTopic.FindAsync(seite, me, log, ct) is not { } topic)
        {
            return Results.NoContent();
        }

        var from = Position(context.Request.Headers["Last-Event-ID"]) ?? Position(ab) ?? (await log.ReadTenantTailAsync(topic.TenantOf(me.Actor.Tenant), null, 1, ct)).ReadTo;
        if (hub.Join(topic.TenantOf(me.Actor.Tenant), new LiveVisitor(me.Login, me.Name), topic, from) is not { } reader)
        {
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        context.Response.RegisterForDispose(reader);
        return TypedResults.ServerSentEvents(NewsAsync(reader, new LiveText(words), settings, lifetime.ApplicationStopping, ct));
    }

    private static async IAsyncEnumerable<SseItem<string>> NewsAsync(
        LiveReader reader, LiveText text, LiveSettings settings, CancellationToken stopping, [EnumeratorCancellation] CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, ct);
        end.CancelAfter(settings.Lifetime * (1 + (0.2 * Random.Shared.NextDouble())));
        yield return Here(reader) with { ReconnectionInterval = Reconnect };
        while (await TryWaitAsync(reader, settings.Heartbeat, end.Token) is { } told)
        {
            yield return told
                ? new SseItem<string>(JsonSerializer.Serialize(new { text = text.Of(reader) }), Changed)
                : Here(reader);
        }
    }

    private static SseItem<string> Here(LiveReader reader)
    {
        // The position first: what is heard in between is told after it.
        var position = reader.Position;
        return new SseItem<string>("", Alive)
        {
            EventId = reader.News.IsNothing ? position.ToString(CultureInfo.InvariantCulture) : null,
        };
    }

    private static async Task<bool?> TryWaitAsync(LiveReader reader, TimeSpan heartbeat, CancellationToken end)
    {
        try
        {
            return await reader.WaitAsync(heartbeat, end);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static long? Position(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;
}
