using System.Globalization;
using System.Xml.Linq;
using Referrals.Engine.Chains.Formats;

namespace Referrals.Engine.Chains.Bpmn;

/// <summary>The names that BPMN files use: the standard's namespaces (OMG BPMN 2.0, formal/2011-01-03) and the fixed words of our drawings.</summary>
internal static class BpmnNames
{
    public const string Yes = "ja";
    public const string No = "nein";
    public const string Otherwise = "sonst";

    /// <summary>The pool in which the chain itself runs.</summary>
    public const string Holder = "Fallführung";

    public static readonly XNamespace Model = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    public static readonly XNamespace Diagram = "http://www.omg.org/spec/BPMN/20100524/DI";
    public static readonly XNamespace Bounds = "http://www.omg.org/spec/DD/20100524/DC";
    public static readonly XNamespace Edge = "http://www.omg.org/spec/DD/20100524/DI";
    public static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>Ours: what the chain language has and BPMN lacks.</summary>
    public static readonly XNamespace Own = "urn:referrals:chain:1";

    private static readonly string[] IncludeEndings = [" einbeziehen?", " include?"];

    /// <summary>The question at the gateway of an optional part.</summary>
    public static string Include(string title) => title + IncludeEndings[0];

    /// <summary>The title in the question at the gateway of an optional part; null: that is no such question.</summary>
    public static string? Included(string? name) => IncludeEndings
        .Where(ending => name?.EndsWith(ending, StringComparison.OrdinalIgnoreCase) == true).Select(ending => name![..^ending.Length]).FirstOrDefault();

    /// <summary>How a repeat without a title is named.</summary>
    public static string Until(ChainNode.Repeat repeat, ChainVersion chain) =>
        string.Create(CultureInfo.InvariantCulture, $"Wiederholen, bis {ConditionWords.Of(repeat.Until, chain)} (höchstens {repeat.MaxRounds} Runden)");
}
