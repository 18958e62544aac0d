using Referrals.Api.Ui.Forms;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Api.Ui.Pages.Capacity;

/// <summary>The free places of the own organisation.</summary>
/// <param name="Services">Its services, in its own order.</param>
/// <param name="Version">The version that is shown.</param>
/// <param name="Today">The day (Europe/Berlin).</param>
public sealed record CapacityModel(IReadOnlyList<ServiceItem> Services, long Version, DateOnly Today)
{
    /// <summary>The service whose line was sent and has faults, or met a change; null: none.</summary>
    public string? Sent { get; init; }

    /// <summary>What was typed in that line.</summary>
    public FormInput Form { get; init; } = new();

    /// <summary>Whether somebody else changed something meanwhile.</summary>
    public bool IsChanged { get; init; }
}
