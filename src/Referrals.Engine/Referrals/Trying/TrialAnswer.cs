using System.Text.Json;
using System.Text.Json.Serialization;
using Referrals.Engine.Chains;
using Referrals.Engine.History;

namespace Referrals.Engine.Referrals.Trying;

/// <summary>What somebody does in a trial.</summary>
public enum TrialDeed
{
    /// <summary>The partner acknowledges an offer.</summary>
    Acknowledge,

    /// <summary>The partner accepts.</summary>
    Accept,

    /// <summary>The partner declines.</summary>
    Decline,

    /// <summary>The partner completes the step; what comes before it is done too.</summary>
    Complete,

    /// <summary>The caseworker chooses a partner.</summary>
    Choose,

    /// <summary>The caseworker leaves the step out.</summary>
    Skip,

    /// <summary>The caseworker includes an optional part.</summary>
    Include,

    /// <summary>The caseworker leaves an optional part out.</summary>
    LeaveOut,

    /// <summary>Nobody does anything.</summary>
    Wait,
}

/// <summary>A made-up answer.</summary>
/// <param name="Does">What is done.</param>
/// <param name="Node">The step or optional part that it is about; null to wait.</param>
/// <param name="After">Working days after the answer before, 0 to 750; reminders and deadlines in between come as agreed.</param>
/// <param name="Partner">Which partner, where more than one could; and whom the caseworker chooses.</param>
/// <param name="Outcome">The outcome of a completion; null: the first that the step allows.</param>
/// <param name="Facts">Facts that come back with a completion; only those that the step returns.</param>
public sealed record TrialAnswer(
    TrialDeed Does, NodeId? Node = null, int After = 1, OrganisationId? Partner = null, string? Outcome = null, IReadOnlyDictionary<string, FactValue>? Facts = null);

/// <summary>What a trial begins with.</summary>
/// <param name="Begin">Day on which the referral is started, at nine in the morning in Europe/Berlin; null: today.</param>
/// <param name="Holder">Organisation that holds the case; null: the chain's coordinator.</param>
/// <param name="Facts">Facts known at the start.</param>
/// <param name="Answers">What is done, in order; at most <see cref="Trial.MostAnswers"/>.</param>
public sealed record TrialScript(
    DateOnly? Begin = null, OrganisationId? Holder = null, IReadOnlyDictionary<string, FactValue>? Facts = null, IReadOnlyList<TrialAnswer>? Answers = null)
{
    private static readonly JsonSerializerOptions Strict = new(EventCodec.Json) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>Reads a script from JSON; what is wrong with it is told, never thrown.</summary>
    public static (TrialScript? Script, TrialFault? Fault) Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<TrialScript>(json, Strict) is { } script ? (script, null) : (null, NotAScript("", 0));
        }
        catch (JsonException e)
        {
            return (null, NotAScript(e.Path?.TrimStart('$', '.') ?? "", (e.LineNumber ?? 0) + 1));
        }
    }

    private static TrialFault NotAScript(string path, long line) =>
        new(path, "not-a-script", new LocalText($"Das ist keine Folge von Antworten (Zeile {line}).", $"This is not a script of answers (line {line})."));
}

/// <summary>Why an answer can't be given.</summary>
/// <param name="Path">Which input, such as <c>answers[2]</c> or <c>facts.children</c>.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record TrialFault(string Path, string Code, LocalText Message);
