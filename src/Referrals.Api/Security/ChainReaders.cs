using System.Security.Claims;
using Referrals.Engine.Chains;
using Referrals.Engine.Network;

namespace Referrals.Api.Security;

/// <summary>Who may see what of a chain that isn't laid before its partners yet.</summary>
public static class ChainReaders
{
    /// <summary>Whether a person draws the chain: a coordinator of the organisation that coordinates it. To everybody else there is no draft.</summary>
    public static bool Draws(this ClaimsPrincipal reader, ChainState chain) =>
        reader.IsMember() && chain.Coordinator == reader.Organisation() && reader.IsInRole(NetworkRoles.Coordinator);

    /// <summary>The draft as this person may see it, or null.</summary>
    public static ChainVersion? DraftOf(this ClaimsPrincipal reader, ChainState chain) => reader.Draws(chain) ? chain.Draft : null;
}
