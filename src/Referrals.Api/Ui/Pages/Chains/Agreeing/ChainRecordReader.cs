using System.Security.Claims;
using System.Text.Json.Serialization;
using Referrals.Api.Security;
using Referrals.Api.Ui.Pages.Casework;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Ui.Pages.Chains.Agreeing;

/// <summary>One entry of the record of a chain as a person may read it.</summary>
/// <param name="Act">What was done.</param>
/// <param name="Version">Number of the version.</param>
/// <param name="ContentHash">The hash of the content that it was done to.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Organisation">The organisation in whose name it was done; left out: by the rule alone.</param>
/// <param name="As">As what somebody did it; left out: by the rule alone.</param>
/// <param name="Person">Name of the person, where it works for the reader's own organisation.</param>
/// <param name="Reason">Why, in the organisation's words; for the organisations that the version names and who coordinates the chain.</param>
/// <param name="LeftNetwork">Whether it was done because the organisation left the network.</param>
/// <param name="From">The day from which the version was to be in force, if it was proposed with one.</param>
public sealed record ShownEntry(
    ChainAct Act, int Version, string ContentHash, DateTimeOffset At, OrganisationId? Organisation = null, ChainRole? As = null, string? Person = null, string? Reason = null,
    bool LeftNetwork = false, DateOnly? From = null)
{
    /// <summary>Whether there is a reason that is not for this reader.</summary>
    [JsonIgnore]
    public bool IsWithheld { get; init; }
}

/// <summary>
/// Reads the record of a chain for a person: people of its own organisation by name, all others by role and organisation, nobody by sign-in name; reasons where
/// <see cref="ChainReaders.ReadsReasons"/> lets it.
/// </summary>
public sealed class ChainRecordReader(ChainService chains, Colleagues colleagues)
{
    /// <summary>The record of a chain, the oldest entry first.</summary>
    public async Task<IReadOnlyList<ShownEntry>> ReadAsync(ClaimsPrincipal reader, ChainState chain, CancellationToken ct)
    {
        var record = await chains.RecordAsync(chain.Id, ct);
        var mine = reader.Organisation();
        var people = record.Any(e => e.PersonOf == mine) ? await colleagues.OfAsync(mine, ct) : [];
        return [.. record.Select(e => Show(e, reader.ReadsReasons(chain, chain.Versions[e.Version]), e.PersonOf == mine ? people : []))];
    }

    private static ShownEntry Show(ChainEntry entry, bool readsReasons, IReadOnlyList<Member> people) => new(
        entry.Act, entry.Version, entry.ContentHash, entry.At, entry.Organisation, entry.As,
        entry.As is null ? null : people.FirstOrDefault(p => p.Person.Login == entry.Person)?.Person.Name,
        readsReasons ? entry.Reason?.Text : null, entry.LeftNetwork, entry.From)
    {
        IsWithheld = !readsReasons && entry.Reason is not null,
    };
}
