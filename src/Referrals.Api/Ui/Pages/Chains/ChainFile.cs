using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Formats;

namespace Referrals.Api.Ui.Pages.Chains;

/// <summary>A chain as a file for another tool.</summary>
internal static class ChainFile
{
    /// <summary>The formats in which chains are given, by the word in the address.</summary>
    public static IReadOnlyList<(string Word, ChainFormat Format)> Formats { get; } = [("json", ChainFormat.Json), ("bpmn", ChainFormat.Bpmn), ("elsa", ChainFormat.Elsa)];

    /// <summary>The file; without a format JSON, and not found where there is no such format.</summary>
    public static IResult Of(ChainVersion chain, string? format)
    {
        var found = Formats.FirstOrDefault(f => f.Word == (format ?? "json"));
        return found.Word is null
            ? Answer.NotFound()
            : Results.File(ChainFormats.Export(chain, found.Format), ChainFormats.MediaType(found.Format), ChainFormats.FileName(chain, found.Format));
    }
}
