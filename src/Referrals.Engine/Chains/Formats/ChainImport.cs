namespace Referrals.Engine.Chains.Formats;

/// <summary>What came of reading a file in any format.</summary>
/// <param name="Format">The format that was recognised; null: none.</param>
/// <param name="Chain">The chain, perhaps a draft that still has faults; null: no chain could be made of it.</param>
/// <param name="Faults">Everything that is wrong with it; empty: it can be proposed. A path that is no place of the chain's JSON is the id of a figure in the file.</param>
public sealed record ChainImport(ChainFormat? Format, ChainVersion? Chain, IReadOnlyList<ChainFault> Faults)
{
    /// <summary>Those of the faults that tell what the file holds and the chain does not: once the chain is all that is kept, nobody sees them any more.</summary>
    public IReadOnlyList<ChainFault> Lost { get; init; } = [];
}

/// <summary>Makes a chain of a flow chart that was read, with the help of the chain that it carries along if it is one of ours.</summary>
internal static class DrawnImport
{
    /// <param name="format">Where it comes from.</param>
    /// <param name="drawn">What was read.</param>
    /// <param name="faults">What was wrong while reading; more is added.</param>
    /// <param name="know">Writes a chain in the same format and tells what reading that gives.</param>
    public static ChainImport Import(ChainFormat format, DrawnChain drawn, DrawnFaults faults, Func<ChainVersion, KnownDrawing> know)
    {
        var embedded = drawn.Embedded is null ? null : ChainJson.Read(drawn.Embedded).Chain;
        if (drawn.Embedded is not null && embedded is null)
        {
            faults.Add(
                "", "embedded-unreadable", "Die mitgeführten Angaben zur Kette sind nicht mehr lesbar; gelesen wurde nur die Zeichnung.",
                "The data on the chain that the file carries along can't be read any more; only the drawing was read.");
        }

        var own = embedded is null ? null : know(embedded);
        if (own is not null && faults.All.Count == 0 && IsUnchanged(drawn, own.Drawn))
        {
            return new ChainImport(format, embedded, ChainValidation.Check(embedded!));
        }

        var known = own?.Known;
        var blocks = StructureRecovery.Recover(drawn.Scope, faults);
        var root = blocks is null ? null : new ChainBuilder(known, faults).Build(blocks);
        if (root is null)
        {
            return new ChainImport(format, null, faults.All);
        }

        var chain = known is null ? Draft(drawn, root) : known.Chain with
        {
            Title = drawn.Title == own!.Drawn.Title ? known.Chain.Title : new LocalText(drawn.Title ?? ""),
            Description = drawn.Description == own.Drawn.Description ? known.Chain.Description : drawn.Description is null ? null : new LocalText(drawn.Description),
            Root = root,
        };
        return new ChainImport(format, chain, [.. faults.All, .. ChainValidation.Check(chain)]) { Lost = faults.All };
    }

    private static bool IsUnchanged(DrawnChain a, DrawnChain b) => a.Title == b.Title && a.Description == b.Description && a.Scope.Key() == b.Scope.Key();

    private static ChainVersion Draft(DrawnChain drawn, ChainNode root)
    {
        var words = drawn.Title is { Length: > 0 } title ? title : drawn.Id ?? "";
        return new ChainVersion
        {
            Id = new ChainId(TitleCodes.Of(words) ?? "kette"),
            Version = 1,
            Title = new LocalText(words),
            Description = string.IsNullOrWhiteSpace(drawn.Description) ? null : new LocalText(drawn.Description),
            FederalState = "",
            Coordinator = new OrganisationId(""),
            Root = root,
        };
    }
}

/// <summary>A chain as one of our own files of it shows it.</summary>
internal sealed record KnownDrawing(DrawnChain Drawn, KnownChain Known);
