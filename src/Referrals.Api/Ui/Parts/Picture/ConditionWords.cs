using Referrals.Engine.Chains;

namespace Referrals.Api.Ui.Parts.Picture;

/// <summary>Conditions of a chain in the reader's language.</summary>
/// <param name="chain">The chain that declares the facts and outcomes.</param>
public sealed class ConditionWords(ChainVersion chain)
{
    private readonly ConditionText _text = new(chain);

    /// <summary>The condition in words.</summary>
    public string Of(Condition condition) => Words.Of(_text.Of(condition));

    /// <summary>A fact's value in words.</summary>
    public static string Value(FactDeclaration? declared, FactValue value) => Words.Of(ConditionText.Value(declared, value));
}
