using System.Globalization;

namespace Referrals.Api.Ui;

/// <summary>Addresses of chains and what was agreed about them.</summary>
public static partial class Links
{
    /// <summary>Chains: what needs my organisation's word, what is in force, what I draw.</summary>
    public const string Agreements = "/vereinbarungen";

    /// <summary>A chain over all its versions.</summary>
    public static string Chain(string chain) => $"{Chains}/{chain}";

    /// <summary>A version of a chain.</summary>
    public static string ChainVersion(string chain, string version) => $"{Chain(chain)}/fassungen/{version}";

    /// <summary>A version of a chain.</summary>
    public static string ChainVersion(string chain, int version) => ChainVersion(chain, version.ToString(CultureInfo.InvariantCulture));

    /// <summary>The whole agreement in words, to be printed.</summary>
    public static string ChainDocument(string chain, string version) => $"{ChainVersion(chain, version)}/dokument";

    /// <summary>The consent form of a version, to be printed.</summary>
    public static string ConsentSheet(string chain, string version) => $"{ChainVersion(chain, version)}/einwilligung";

    /// <summary>The information sheet of a version for clients, to be printed.</summary>
    public static string InformationSheet(string chain, string version) => $"{ChainVersion(chain, version)}/information";

    /// <summary>The release from professional secrecy for a version, to be printed.</summary>
    public static string ReleaseSheet(string chain, string version) => $"{ChainVersion(chain, version)}/schweigepflicht";

    /// <summary>A version as a file for another tool: <c>json</c>, <c>bpmn</c> or <c>elsa</c>.</summary>
    public static string ChainFile(string chain, string version, string? format = null) => With($"{ChainVersion(chain, version)}/datei", ("format", format));

    /// <summary>Agrees to a version (POST).</summary>
    public static string ChainAgree(string chain, string version) => $"{ChainVersion(chain, version)}/zustimmung";

    /// <summary>Objects to a version (POST).</summary>
    public static string ChainObject(string chain, string version) => $"{ChainVersion(chain, version)}/widerspruch";

    /// <summary>Withdraws from a version in force (POST).</summary>
    public static string ChainWithdraw(string chain, string version) => $"{ChainVersion(chain, version)}/ruecktritt";

    /// <summary>Takes a version out of use, or a proposal back (POST).</summary>
    public static string ChainRetire(string chain, string version) => $"{ChainVersion(chain, version)}/ausserkraft";

    /// <summary>Two versions beside each other; each a number, or the draft.</summary>
    public static string ChainComparison(string chain, string? from = null, string? to = null) => With($"{Chain(chain)}/vergleich", ("von", from), ("bis", to));

    /// <summary>For how long words of its referrals are kept, for its coordinator.</summary>
    public static string ChainRetention(string chain) => $"{Chain(chain)}/aufbewahrung";

    /// <summary>Proposes what is drawn.</summary>
    public static string ChainProposal(string chain) => $"{Chain(chain)}/vorschlag";
}
