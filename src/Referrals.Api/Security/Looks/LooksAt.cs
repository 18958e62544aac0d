namespace Referrals.Api.Security.Looks;

/// <summary>Marks a route that shows referrals, assignments or what leads to them: whoever opens it is written down before the answer is sent.</summary>
/// <param name="What">See <see cref="Engine.Network.Audit.LookCodes"/>.</param>
/// <param name="Filters">Names of the query's filters that are worth writing down; those in a route's description count in any case.</param>
public sealed record LooksAt(string What, params IReadOnlyList<string> Filters)
{
    /// <summary>What for; null: as the route's policy says.</summary>
    public string? Purpose { get; init; }
}

/// <summary>Says of a route that it shows nothing of a referral or assignment although its address could make one think so.</summary>
/// <param name="Why">Why not.</param>
public sealed record LooksAtNothing(string Why);

/// <summary>An answer, or what it shows, that has lines.</summary>
public interface ILists
{
    /// <summary>How many lines are shown; null: it has none to count.</summary>
    int? Listed { get; }
}

/// <summary>An answer with something in it.</summary>
public interface IShows
{
    /// <summary>What is shown.</summary>
    object Body { get; }

    /// <summary>Whether the request recorded an event that says who did what; its answer is no look then.</summary>
    bool Recorded { get; }
}

/// <summary>Whose data is asked for, where it isn't the own organisation's.</summary>
/// <param name="Id">The organisation.</param>
public sealed record LooksInto(Engine.OrganisationId Id);

/// <summary>Marks routes.</summary>
public static class LookRoutes
{
    /// <summary>A route, or a group of them, that shows this.</summary>
    public static TBuilder Looks<TBuilder>(this TBuilder builder, string what, params IReadOnlyList<string> filters)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new LooksAt(what, filters));
}
