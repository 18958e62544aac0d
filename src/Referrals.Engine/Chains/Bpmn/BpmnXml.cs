using System.Xml;
using System.Xml.Linq;
using Referrals.Engine.Chains.Formats;

namespace Referrals.Engine.Chains.Bpmn;

/// <summary>Reads XML of strangers: no document type, nothing fetched from elsewhere, bounded in size and depth.</summary>
internal static class BpmnXml
{
    private const int MaxDepth = 250;
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = ChainFormats.MaxBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>The document; null: there is a fault.</summary>
    public static XDocument? Read(ReadOnlyMemory<byte> file, DrawnFaults faults)
    {
        try
        {
            // Once through before anything is kept, because depth is what a tree of objects can't bear.
            using (var reader = Open(file))
            {
                while (reader.Read())
                {
                    if (reader.Depth > MaxDepth)
                    {
                        faults.Add("", "xml-too-deep", $"Die Datei ist tiefer als {MaxDepth} Ebenen verschachtelt.", $"The file is nested deeper than {MaxDepth} levels.");
                        return null;
                    }
                }
            }

            using var again = Open(file);
            return XDocument.Load(again);
        }
        catch (XmlException exception)
        {
            faults.Add(
                "", "not-xml", $"Das ist kein lesbares XML (Zeile {exception.LineNumber}, Stelle {exception.LinePosition}). Dokumenttypen (DOCTYPE) sind nicht erlaubt.",
                $"This is no XML that can be read (line {exception.LineNumber}, position {exception.LinePosition}). Document types (DOCTYPE) are not allowed.");
            return null;
        }
    }

    private static XmlReader Open(ReadOnlyMemory<byte> file) => XmlReader.Create(new MemoryStream(file.ToArray(), writable: false), Settings);
}
