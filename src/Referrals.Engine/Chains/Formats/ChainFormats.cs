using System.Diagnostics;
using System.Text;
using Referrals.Engine.Chains.Bpmn;
using Referrals.Engine.Chains.Elsa;

namespace Referrals.Engine.Chains.Formats;

/// <summary>The file formats in which chains travel.</summary>
public enum ChainFormat
{
    /// <summary>The chain language itself, as <c>docs/chain.schema.json</c> describes it.</summary>
    Json,

    /// <summary>BPMN 2.0 XML with diagram interchange.</summary>
    Bpmn,

    /// <summary>Workflow definition of Elsa 3, as JSON.</summary>
    Elsa,
}

/// <summary>Writes chains in any format and reads them from any, whatever the file is called. What maps to what: <c>docs/chain-formats.md</c>.</summary>
public static class ChainFormats
{
    /// <summary>Bytes of a file that is read. Drawings take several times the room of the chain's JSON.</summary>
    public const int MaxBytes = 8 << 20;

    private static ReadOnlySpan<byte> Sign => [0xEF, 0xBB, 0xBF];

    /// <summary>The chain as a file in UTF-8. Every chain can be written, a draft with faults too, and reading the file gives the same chain.</summary>
    /// <param name="chain">What to write.</param>
    /// <param name="format">As what.</param>
    /// <param name="name">How organisations are called on drawings; null: by their codes.</param>
    public static byte[] Export(ChainVersion chain, ChainFormat format, Func<OrganisationId, string>? name = null) => format switch
    {
        ChainFormat.Json => Encoding.UTF8.GetBytes(ChainJson.Write(chain) + "\n"),
        ChainFormat.Bpmn => BpmnWriter.Write(chain, name),
        ChainFormat.Elsa => ElsaWriter.Write(chain),
        _ => throw new UnreachableException(),
    };

    /// <summary>Reads a file in any format, recognised by what is in it. Any bytes are fine: whatever is wrong comes back as faults.</summary>
    /// <param name="file">The file.</param>
    /// <param name="organisation">The organisation that is called so on a pool or lane; null: only codes of organisations are recognised.</param>
    public static ChainImport Import(ReadOnlyMemory<byte> file, Func<string, OrganisationId?>? organisation = null)
    {
        if (file.Length > MaxBytes)
        {
            var faults = new FaultList();
            faults.Add("", "too-large", $"Die Datei ist größer als {MaxBytes >> 20} MiB.", $"The file is larger than {MaxBytes >> 20} MiB.");
            return new ChainImport(null, null, faults.All);
        }

        return Recognise(file) switch
        {
            ChainFormat.Bpmn => BpmnReader.Read(file, organisation),
            ChainFormat.Elsa => ElsaReader.Read(WithoutSign(file)),
            _ => Own(file),
        };
    }

    /// <summary>The format of a file by what is in it; null: it is none of them.</summary>
    public static ChainFormat? Recognise(ReadOnlyMemory<byte> file)
    {
        var text = WithoutSign(file);
        return text.Span.TrimStart(" \t\r\n"u8) switch
        {
            [(byte)'<', ..] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => ChainFormat.Bpmn,
            [(byte)'{', ..] => ElsaReader.IsWorkflow(text) ? ChainFormat.Elsa : ChainFormat.Json,
            _ => null,
        };
    }

    // Some editors put the sign of UTF-8 before a text.
    private static ReadOnlyMemory<byte> WithoutSign(ReadOnlyMemory<byte> file) => file.Span.StartsWith(Sign) ? file[Sign.Length..] : file;

    private static ChainImport Own(ReadOnlyMemory<byte> file)
    {
        var reading = ChainJson.Read(WithoutSign(file));
        return new ChainImport(reading.Faults.Any(f => f.Code == "not-json") ? null : ChainFormat.Json, reading.Chain, reading.Faults);
    }

    /// <summary>The media type of a format.</summary>
    public static string MediaType(ChainFormat format) => format == ChainFormat.Bpmn ? "application/xml; charset=utf-8" : "application/json";

    /// <summary>The usual name of a chain's file, such as <c>arbeit-mit-kind-1.bpmn</c>.</summary>
    public static string FileName(ChainVersion chain, ChainFormat format) => format switch
    {
        ChainFormat.Json => $"{chain.Id}-{chain.Version}.json",
        ChainFormat.Bpmn => $"{chain.Id}-{chain.Version}.bpmn",
        ChainFormat.Elsa => $"{chain.Id}-{chain.Version}.elsa.json",
        _ => throw new UnreachableException(),
    };
}
