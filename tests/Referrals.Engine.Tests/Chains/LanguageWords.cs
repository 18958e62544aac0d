namespace Referrals.Engine.Tests.Chains;

/// <summary>Every word of the chain language that a complete set of examples must use.</summary>
public static class LanguageWords
{
    public static IReadOnlyList<string> All { get; } =
    [
        "sequence", "parallel", "choice", "optional", "repeat", "step", "otherwise",
        "in-order", "first-to-accept", "chosen",
        "next-partner", "back-to-caseworker", "skip",
        "took-place", "outcome-and-facts",
        "codes", "number", "yes-no", "month",
        "fact", "outcome", "all", "any", "not",
        "equal", "not-equal", "less", "at-most", "at-least", "greater", "unknown",
        "completeWithin", "remindBefore", "escalateAfter", "secrecy", "passFacts", "returnFacts", "required", "description",
    ];
}
