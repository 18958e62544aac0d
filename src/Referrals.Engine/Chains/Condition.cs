using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Referrals.Engine.Chains;

/// <summary>A condition over coded facts and outcomes: structured data, not a script.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Fact), "fact")]
[JsonDerivedType(typeof(Outcome), "outcome")]
[JsonDerivedType(typeof(All), "all")]
[JsonDerivedType(typeof(Any), "any")]
[JsonDerivedType(typeof(Not), "not")]
public abstract record Condition
{
    private Condition() { }

    /// <summary>Compares a fact with a value. A fact that is not known makes every comparison false but <see cref="Comparison.Unknown"/>.</summary>
    public sealed record Fact(string Name, Comparison Is, FactValue? Value = null) : Condition;

    /// <summary>
    /// The latest run of a step ended with one of these codes. Beside outcome codes, <c>took-place</c> and <c>skipped</c> can be named.
    /// </summary>
    public sealed record Outcome(NodeId Step, IReadOnlyList<string> In) : Condition;

    /// <summary>Every one holds.</summary>
    public sealed record All(IReadOnlyList<Condition> Of) : Condition;

    /// <summary>At least one holds.</summary>
    public sealed record Any(IReadOnlyList<Condition> Of) : Condition;

    /// <summary>Does not hold.</summary>
    public sealed record Not(Condition Of) : Condition;

    /// <summary>Whether the condition holds for the facts known and the latest reported outcome of each step.</summary>
    public bool Holds(IReadOnlyDictionary<string, FactValue> facts, IReadOnlyDictionary<NodeId, string> outcomes) => this switch
    {
        Fact fact => Compare(facts.GetValueOrDefault(fact.Name), fact.Is, fact.Value),
        Outcome outcome => outcomes.TryGetValue(outcome.Step, out var code) && Matches(outcome.In, code),
        All all => all.Of.All(c => c.Holds(facts, outcomes)),
        Any any => any.Of.Any(c => c.Holds(facts, outcomes)),
        Not not => !not.Of.Holds(facts, outcomes),
        _ => throw new UnreachableException(),
    };

    private static bool Matches(IReadOnlyList<string> named, string code) =>
        named.Contains(code) || (named.Contains(OutcomeCodes.TookPlace) && OutcomeCodes.MeansTookPlace(code));

    private static bool Compare(FactValue? known, Comparison comparison, FactValue? value) => (known, comparison) switch
    {
        (null, Comparison.Unknown) => true,
        (null, _) => false,
        (_, Comparison.Unknown) => false,
        (_, Comparison.Equal) => known == value,
        (_, Comparison.NotEqual) => value is not null && known.GetType() == value.GetType() && known != value,
        _ => Order(known, value) is { } order && comparison switch
        {
            Comparison.Less => order < 0,
            Comparison.AtMost => order <= 0,
            Comparison.AtLeast => order >= 0,
            Comparison.Greater => order > 0,
            _ => throw new UnreachableException(),
        },
    };

    private static int? Order(FactValue known, FactValue? value) => (known, value) switch
    {
        (FactValue.Number a, FactValue.Number b) => a.Value.CompareTo(b.Value),
        (FactValue.Month a, FactValue.Month b) => a.First.CompareTo(b.First),
        _ => null,
    };
}

/// <summary>How a fact is compared.</summary>
public enum Comparison
{
    /// <summary>The same value.</summary>
    Equal,

    /// <summary>A known value of the same type, but another.</summary>
    NotEqual,

    /// <summary>Numbers and months only.</summary>
    Less,

    /// <summary>Numbers and months only.</summary>
    AtMost,

    /// <summary>Numbers and months only.</summary>
    AtLeast,

    /// <summary>Numbers and months only.</summary>
    Greater,

    /// <summary>The fact is not known; takes no value.</summary>
    Unknown,
}

/// <summary>The outcome codes of every chain, and what they mean for feedback.</summary>
public static class OutcomeCodes
{
    /// <summary>Reported instead of the partner's own code where the feedback is only that it took place.</summary>
    public const string TookPlace = "took-place";

    /// <summary>The step was skipped: nobody rendered it.</summary>
    public const string Skipped = "skipped";

    private static readonly HashSet<string> DidNotTakePlace = ["not-eligible", "client-not-reached", Skipped];

    private static readonly Dictionary<string, LocalText> Titles = new()
    {
        ["helped"] = new("Geholfen", "Helped"),
        ["placed"] = new("Platz gefunden", "Placed"),
        ["advice-given"] = new("Beraten", "Advice given"),
        ["waiting-list"] = new("Auf der Warteliste", "On the waiting list"),
        ["referred-on"] = new("Weitergeleitet", "Referred on"),
        ["not-eligible"] = new("Kein Anspruch", "Not eligible"),
        ["client-not-reached"] = new("Nicht erreicht", "Client not reached"),
        ["client-ended"] = new("Von der ratsuchenden Person beendet", "Ended by the client"),
        ["no-effect"] = new("Ohne Ergebnis", "No effect"),
        [TookPlace] = new("Hat stattgefunden", "Took place"),
        [Skipped] = new("Übersprungen", "Skipped"),
    };

    /// <summary>Codes that any chain may use without declaring them.</summary>
    public static IReadOnlyList<string> Common { get; } =
    [
        "helped", "placed", "advice-given", "waiting-list", "referred-on", "not-eligible", "client-not-reached", "client-ended", "no-effect",
    ];

    /// <summary>Codes that the engine reports itself; no step may list them and no chain declare them.</summary>
    public static IReadOnlyList<string> Reserved { get; } = [TookPlace, Skipped];

    /// <summary>The words of a common or reserved code, or null for another.</summary>
    public static LocalText? TitleOf(string code) => Titles.GetValueOrDefault(code);

    /// <summary>Whether a completion with this code means that the service took place.</summary>
    public static bool MeansTookPlace(string code) => !DidNotTakePlace.Contains(code);

    /// <summary>What the case holder is told of a completion with this code.</summary>
    public static string Reported(string code, Feedback feedback) => feedback switch
    {
        Feedback.OutcomeAndFacts => code,
        Feedback.TookPlace => MeansTookPlace(code) ? TookPlace : code,
        _ => throw new UnreachableException(),
    };
}
