using Referrals.Api.Security;
using Referrals.Api.Ui.Parts.Picture;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Comparing;

namespace Referrals.Api.Ui.Pages.Chains.Agreeing;

/// <summary>A chain as an organisation looks at it.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="StreamVersion">Version of its history.</param>
/// <param name="Record">Who did what with its versions, oldest first, as the person may read it.</param>
/// <param name="Directory">The organisations of the network.</param>
/// <param name="Me">Whose eyes.</param>
/// <param name="Draws">Whether the person draws for the coordinator.</param>
/// <param name="Words">The reader's language.</param>
/// <param name="Now">Now (UTC).</param>
public sealed record ChainSight(
    ChainState Chain, long StreamVersion, IReadOnlyList<ShownEntry> Record, NetworkDirectory Directory, OrganisationId Me, bool Draws, Words Words, DateTimeOffset Now)
{
    /// <summary>The code of the chain.</summary>
    public string Id => Chain.Id.Value;

    /// <summary>What is drawn at present, for the coordinator only.</summary>
    public ChainVersion? Draft => Draws ? Chain.Draft : null;

    /// <summary>The version whose title and picture stand for the chain.</summary>
    public ChainVersion Shown => (Chain.InForce ?? Chain.Latest)?.Definition ?? Chain.Draft ?? throw new InvalidOperationException($"chain {Id} has no content");

    /// <summary>Its title in the reader's language.</summary>
    public string Title => Ui.Words.Of(Shown.Title);

    /// <summary>The name of an organisation.</summary>
    public string NameOf(OrganisationId id) => Directory.NameOf(id);

    /// <summary>A picture of a version.</summary>
    public PictureModel Picture(ChainVersion version) => PictureBuilder.Build(new PictureSource(version, Words, Directory.NameOf));

    /// <summary>The difference of two versions.</summary>
    public IReadOnlyList<ChainDifference> Differences(ChainVersion before, ChainVersion after) => ChainDiff.Of(before, after, Directory.ChainNames());

    /// <summary>A version by what stands for it in an address: its number, or <c>entwurf</c>; null: there is none for this reader.</summary>
    public ChainVersion? Find(string? asked) => asked == DraftWord
        ? Draft
        : int.TryParse(asked, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? Chain.Versions.GetValueOrDefault(number)?.Definition
            : null;

    /// <summary>What stands for the draft in an address.</summary>
    public const string DraftWord = "entwurf";
}

/// <summary>Loads chains for the pages.</summary>
public sealed class ChainDesk(ChainService chains, ChainRecordReader records, NetworkNames names, Words words, Visitor me, TimeProvider time)
{
    /// <summary>The chain, or null where there is none, or only a draft of somebody else.</summary>
    public async Task<ChainSight?> FindAsync(string code, CancellationToken ct)
    {
        if (!Codes.IsCode(code) || await chains.FindAsync(new ChainId(code), ct) is not var (chain, version))
        {
            return null;
        }

        if (!me.User.Knows(chain))
        {
            return null;
        }

        var record = await records.ReadAsync(me.User, chain, ct);
        return new ChainSight(chain, version, record, await names.DirectoryAsync(ct), me.Organisation, me.Draws(chain), words, time.GetUtcNow());
    }

    /// <summary>The chain and one of its versions, or null.</summary>
    public async Task<(ChainSight Sight, ProposedVersion Version)?> FindAsync(string code, string number, CancellationToken ct) =>
        await FindAsync(code, ct) is { } sight && sight.Find(number) is { } found && number != ChainSight.DraftWord ? (sight, sight.Chain.Versions[found.Version]) : null;
}
