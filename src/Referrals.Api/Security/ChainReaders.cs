using System.Security.Claims;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Network;

namespace Referrals.Api.Security;

/// <summary>Who may see what of a chain that isn't laid before its partners yet.</summary>
public static class ChainReaders
{
    /// <summary>Whether a person draws the chain: a coordinator of the organisation that coordinates it. To everybody else there is no draft.</summary>
    public static bool Draws(this ClaimsPrincipal reader, ChainState chain) => reader.Draws(chain.Coordinator);

    /// <summary>Whether a person draws the chain of this line.</summary>
    public static bool Draws(this ClaimsPrincipal reader, ChainListItem chain) => reader.Draws(chain.Coordinator);

    /// <summary>Whether a chain is there for a person: something of it was proposed, or the person draws it.</summary>
    public static bool Knows(this ClaimsPrincipal reader, ChainState chain) => chain.Latest is not null || reader.DraftOf(chain) is not null;

    /// <summary>The line of a chain as a person may see it; null: the chain isn't there for it.</summary>
    public static ChainListItem? LineOf(this ClaimsPrincipal reader, ChainListItem chain) =>
        reader.Draws(chain) ? chain : chain.Latest is null ? null : chain with { HasDraft = false };

    /// <summary>
    /// Whether a person may read why partners objected to a version or withdrew from it: members of the organisations whose word it needs and of those that coordinate
    /// the chain or did when it was proposed. Everybody else reads that they did, not why.
    /// </summary>
    public static bool ReadsReasons(this ClaimsPrincipal reader, ChainState chain, ProposedVersion version) =>
        reader.IsMember() && reader.Organisation() is var mine
        && (mine == chain.Coordinator || mine == version.CoordinatedBy || mine == version.HandedOverBy || mine == version.Definition.Coordinator || version.Asked().Contains(mine));

    /// <summary>The draft as this person may see it, or null.</summary>
    public static ChainVersion? DraftOf(this ClaimsPrincipal reader, ChainState chain) => reader.Draws(chain) ? chain.Draft : null;

    private static bool Draws(this ClaimsPrincipal reader, OrganisationId? coordinator) =>
        reader.IsMember() && coordinator == reader.Organisation() && reader.IsInRole(NetworkRoles.Coordinator);
}
