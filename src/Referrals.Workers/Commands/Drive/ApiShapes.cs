using System.Text.Json;
using Referrals.Engine;
using Referrals.Engine.Chains;

namespace Referrals.Workers.Commands.Drive;

/// <summary>What the driver reads of the API's answers; everything else in them is passed over.</summary>
internal static class ApiShapes
{
    /// <summary>How bodies are written and read.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        AllowOutOfOrderMetadataProperties = true,
        MaxDepth = 128,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>An access token.</summary>
    public sealed record Token(
        [property: System.Text.Json.Serialization.JsonPropertyName("access_token")] string AccessToken,
        [property: System.Text.Json.Serialization.JsonPropertyName("expires_in")] int ExpiresIn);

    /// <summary>What went wrong.</summary>
    public sealed record Problem(string? Code, string? Title, string? Detail);

    /// <summary>A page of a list.</summary>
    public sealed record Page<T>(IReadOnlyList<T> Items, string? Next = null);

    /// <summary>An organisation: its code and what its people may be.</summary>
    public sealed record Organisation(OrganisationId Id, IReadOnlyList<string>? Roles = null, Profile? Profile = null)
    {
        /// <summary>Whether its people may start referrals.</summary>
        public bool HoldsCases => (Profile?.Roles ?? Roles)?.Contains("caseworker") ?? true;
    }

    /// <summary>What the network knows of an organisation.</summary>
    public sealed record Profile(IReadOnlyList<string>? Roles = null);

    /// <summary>A line of the list of chains.</summary>
    public sealed record ChainLine(ChainId Id, int? InForce = null);

    /// <summary>A version of a chain.</summary>
    public sealed record Chain(string ContentHash, ChainVersion Definition);

    /// <summary>An assignment.</summary>
    public sealed record Assignment(Guid Id, string Status);

    /// <summary>A referral.</summary>
    public sealed record Referral(Guid Id, string Status, IReadOnlyList<Step> Steps, IReadOnlyList<Waiting> Waiting)
    {
        /// <summary>As the director sees it.</summary>
        public Picture Picture() => new(
            Status,
            [.. Steps.SelectMany(s => s.Offers.Select(o => new PicturedOffer(
                o.Assignment, s.Place, o.Partner, o.Status, [.. o.Questions.Select(q => new PicturedQuestion(q.Id, q.Answer is not null))])))],
            [.. Waiting.Select(w => new PicturedWait(w.Place, w.For))],
            Steps.Where(s => s.Outcome is not null).ToDictionary(s => s.Place, s => s.Outcome!));
    }

    /// <summary>A step of a referral.</summary>
    public sealed record Step(Place Place, IReadOnlyList<Offer> Offers, string? Outcome = null);

    /// <summary>An offer of a step.</summary>
    public sealed record Offer(AssignmentId Assignment, OrganisationId Partner, string Status, IReadOnlyList<Question> Questions);

    /// <summary>A question.</summary>
    public sealed record Question(QuestionId Id, string? Answer = null);

    /// <summary>What waits for a caseworker.</summary>
    public sealed record Waiting(Place Place, string For);

    /// <summary>A line of a list of referrals or assignments.</summary>
    public sealed record Line(
        Guid Id, string Status, DateTimeOffset ChangedAt, DateTimeOffset? StartedAt = null, DateTimeOffset? ReceivedAt = null, bool QuestionOpen = false)
    {
        /// <summary>The time that the list is ordered by, newest first.</summary>
        public DateTimeOffset SortAt => StartedAt ?? ReceivedAt ?? ChangedAt;
    }
}
