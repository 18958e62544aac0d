using Referrals.Engine.History;
using Event = Referrals.Engine.Network.Organisations.OrganisationEvent;

namespace Referrals.Engine.Network.Organisations;

/// <summary>The names of organisation events in the log. A name never changes; a new shape gets a new name and an upcast.</summary>
public static class OrganisationEventTypes
{
    /// <summary>Every event of the stream <c>organisation</c>.</summary>
    public static IReadOnlyList<EventType> All { get; } =
    [
        new("organisation_registered", typeof(Event.Registered)),
        new("organisation_left", typeof(Event.Left)),
        new("organisation_profile_changed", typeof(Event.ProfileChanged)),
        new("organisation_analysis_recorded", typeof(Event.InitialAnalysisRecorded)),
        new("organisation_services_offered", typeof(Event.ServicesOffered)),
        new("organisation_capacity_reported", typeof(Event.CapacityReported)),
        new("organisation_card_key_published", typeof(Event.CardKeyPublished)),
        new("organisation_card_key_revoked", typeof(Event.CardKeyRevoked)),
    ];
}
