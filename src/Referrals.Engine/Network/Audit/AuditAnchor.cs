using System.Globalization;

namespace Referrals.Engine.Network.Audit;

/// <summary>
/// How far an organisation's chain had come: kept outside of the database, it shows when entries are missing at the end, or all of the chain was
/// written anew.
/// </summary>
/// <param name="Organisation">Whose chain.</param>
/// <param name="Count">How many entries it had.</param>
/// <param name="Hash">Hash of the last of them, in hexadecimal.</param>
public sealed record AuditAnchor(OrganisationId Organisation, long Count, string Hash)
{
    private const int HashDigits = 64;

    /// <summary><c>ORGANISATION:COUNT:HASH</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Organisation}:{Count}:{Hash}");

    /// <summary>Reads what <see cref="ToString"/> writes; null when it can't be that.</summary>
    public static AuditAnchor? Read(string text) => text.Trim().Split(':') is [var organisation, var number, { Length: HashDigits } hash] && organisation.Length > 0
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 && hash.All(char.IsAsciiHexDigitLower)
        ? new AuditAnchor(new OrganisationId(organisation), count, hash)
        : null;
}

/// <summary>What checking an organisation's chain came to.</summary>
/// <param name="Organisation">Whose chain.</param>
/// <param name="Count">How many entries were found.</param>
/// <param name="Hash">Hash of the last one that fits, in hexadecimal; empty: none.</param>
/// <param name="Fault">What is wrong first; null: nothing.</param>
public sealed record AuditVerdict(OrganisationId Organisation, long Count, string Hash, AuditFault? Fault)
{
    /// <summary>The anchor to keep.</summary>
    public AuditAnchor Anchor => new(Organisation, Count, Hash);
}

/// <summary>What is wrong with a chain.</summary>
/// <param name="Code"><c>changed</c>, <c>missing</c>, <c>end-missing</c> or <c>other-chain</c>.</param>
/// <param name="Entry">Place of the first entry that doesn't fit.</param>
public sealed record AuditFault(string Code, long Entry)
{
    /// <summary>The entry, or the hash that it was given, is not as it was written.</summary>
    public const string Changed = "changed";

    /// <summary>The entry at this place is not there, but later ones are.</summary>
    public const string Missing = "missing";

    /// <summary>Entries from this one on are missing at the end.</summary>
    public const string EndMissing = "end-missing";

    /// <summary>The chain fits in itself, but was another one when the anchor was taken; the entry is that of the anchor.</summary>
    public const string OtherChain = "other-chain";
}
