using System.Globalization;

namespace Referrals.Engine.Chains.Drawing;

/// <summary>Gives what is drawn its codes: from its title, unique in the chain, and the same from then on.</summary>
public sealed class DrawnNames
{
    private readonly HashSet<string> _taken;

    /// <summary>Names beside those that are taken.</summary>
    public DrawnNames(IEnumerable<string> taken) => _taken = [.. taken];

    /// <summary>Names beside those of the chain's nodes.</summary>
    public static DrawnNames Of(ChainVersion chain) => new(chain.Nodes().Select(n => n.Id.Value));

    /// <summary>A new code for this title; <paramref name="otherwise"/> where no letter of it can stand in a code.</summary>
    public string New(string? title, string otherwise)
    {
        var code = TitleCodes.Of(title) ?? otherwise;
        for (var number = 2; !_taken.Add(code); number++)
        {
            code = string.Create(CultureInfo.InvariantCulture, $"{TitleCodes.Of(title) ?? otherwise}-{number}");
        }

        return code;
    }

    /// <summary>A new id of a node.</summary>
    public NodeId NewNode(string? title, string otherwise) => new(New(title, otherwise));
}
