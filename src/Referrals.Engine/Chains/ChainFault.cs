using System.Diagnostics;

namespace Referrals.Engine.Chains;

/// <summary>Something wrong with a chain, in the words of the person who drew it.</summary>
/// <param name="Path">Where in the JSON, such as <c>root.children[1].branches[0].then.partners[0]</c>; empty: the whole.</param>
/// <param name="Code">What kind of fault: a code that <c>docs/chains.md</c> explains.</param>
/// <param name="Message">What is wrong and, where that helps, what would be right.</param>
public sealed record ChainFault(string Path, string Code, LocalText Message);

/// <summary>Collects faults in the order in which they are found.</summary>
internal sealed class FaultList
{
    private readonly List<ChainFault> _faults = [];

    public IReadOnlyList<ChainFault> All => _faults;

    public void Add(string path, string code, string de, string en) => _faults.Add(new ChainFault(path, code, new LocalText(de, en)));

    public void Add(string path, string code, ChainNode about, string de, string en) =>
        Add(path, code, $"{WordDe(about)} „{about.Title?.De ?? about.Id.Value}“: {de}", $"{WordEn(about)} “{about.Title?.En ?? about.Title?.De ?? about.Id.Value}”: {en}");

    private static string WordDe(ChainNode node) => node switch
    {
        ChainNode.Sequence => "Ablauf",
        ChainNode.Parallel => "Gleichzeitiger Teil",
        ChainNode.Choice => "Auswahl",
        ChainNode.Optional => "Optionaler Teil",
        ChainNode.Repeat => "Wiederholung",
        ChainNode.Step => "Schritt",
        _ => throw new UnreachableException(),
    };

    private static string WordEn(ChainNode node) => node switch
    {
        ChainNode.Sequence => "Sequence",
        ChainNode.Parallel => "Parallel part",
        ChainNode.Choice => "Choice",
        ChainNode.Optional => "Optional part",
        ChainNode.Repeat => "Repeat",
        ChainNode.Step => "Step",
        _ => throw new UnreachableException(),
    };
}
