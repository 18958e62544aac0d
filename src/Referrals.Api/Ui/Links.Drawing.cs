using System.Globalization;

namespace Referrals.Api.Ui;

public static partial class Links
{
    /// <summary>Begins a new chain.</summary>
    public const string NewChain = "/ketten/neu";

    /// <summary>The draft of a chain.</summary>
    public static string Draft(string chain) => $"/ketten/{Segment(chain)}/entwurf";

    /// <summary>The draft, with the keyboard's focus on a button of a block.</summary>
    public static string Draft(string chain, string? block, string? key = null) => With(Draft(chain), ("block", block), ("taste", key));

    /// <summary>The draft as a file for another tool: <c>json</c>, <c>bpmn</c> or <c>elsa</c>.</summary>
    public static string DraftFile(string chain, string? format = null) => With(Draft(chain) + "/datei", ("format", format));

    /// <summary>Asks before the draft is thrown away.</summary>
    public static string DiscardDraft(string chain) => Draft(chain) + "/verwerfen";

    /// <summary>Asks for a new step at a place: <c>wo</c> before, after, beside or in a <c>block</c>, or at the end.</summary>
    public static string DraftAdd(string chain, string? where = null, string? block = null) => With(Draft(chain) + "/hinzufuegen", ("wo", where), ("block", block));

    /// <summary>A step of the draft.</summary>
    public static string DraftStep(string chain, string step) => $"{Draft(chain)}/schritte/{Segment(step)}";

    /// <summary>A block of the draft: its caption, and where it stands.</summary>
    public static string DraftBlock(string chain, string block) => $"{Draft(chain)}/teile/{Segment(block)}";

    /// <summary>A condition of the draft; without a branch the end of a repeat.</summary>
    public static string DraftCondition(string chain, string block, int? branch = null) =>
        With($"{DraftBlock(chain, block)}/bedingung", ("zweig", branch?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Title, purpose, federal state and coordinator of the draft.</summary>
    public static string DraftHead(string chain) => Draft(chain) + "/kopf";

    /// <summary>The facts that the draft declares; one of them to be changed.</summary>
    public static string DraftFacts(string chain, string? name = null, string? key = null) => With(Draft(chain) + "/angaben", ("name", name), ("taste", key));

    /// <summary>The outcomes of the draft's own.</summary>
    public static string DraftOutcomes(string chain, string? key = null) => With(Draft(chain) + "/ergebnisse", ("taste", key));
}
