using Referrals.Api.Ui.Parts;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Api.Ui.Pages.Casework;

/// <summary>Free places of a partner in words.</summary>
public static class CapacityWords
{
    /// <summary>How much of a service is free, and as of when; or that nothing is known.</summary>
    public static string Of(OrganisationListItem? partner, string service, Words words, Dates dates) =>
        partner?.Services.FirstOrDefault(s => s.Service == service)?.Capacity is { } capacity
            ? words["Referral.Capacity", capacity.OpenPlaces, words.Unit(capacity.Unit), dates.Day(capacity.AsOf)]
            : words["Referral.CapacityUnknown"];
}
