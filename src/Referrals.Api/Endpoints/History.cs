using System.Text.Json;
using Referrals.Engine.History;

namespace Referrals.Api.Endpoints;

/// <summary>What happened, oldest first.</summary>
/// <param name="Items">The events.</param>
public sealed record HistoryResource(IReadOnlyList<HappenedResource> Items)
{
    /// <summary>As the API shows it.</summary>
    public static HistoryResource From(IEnumerable<RecordedEvent> events) => new([.. events.Select(HappenedResource.From)]);
}

/// <summary>One thing that happened.</summary>
/// <param name="Version">Its number in the history; equals the entity tag after it.</param>
/// <param name="Name">What happened; <c>docs/events.md</c> explains each name.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who caused it.</param>
/// <param name="Data">Its coded fields.</param>
public sealed record HappenedResource(long Version, string Name, DateTimeOffset At, ActorResource By, JsonElement Data)
{
    /// <summary>As the API shows it.</summary>
    public static HappenedResource From(RecordedEvent recorded) => new(
        recorded.Version, recorded.Type.Replace('_', '-'), recorded.Context.At, new ActorResource(recorded.Context.User, recorded.Context.Organisation),
        JsonSerializer.SerializeToElement(recorded.Data, recorded.Data.GetType(), EventCodec.Json));
}

/// <summary>Who caused something.</summary>
/// <param name="User">Name of the client or user, or of the worker that a message or deadline woke.</param>
/// <param name="Organisation">The organisation.</param>
public sealed record ActorResource(string User, string? Organisation = null);
