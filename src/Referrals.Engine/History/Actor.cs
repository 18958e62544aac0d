namespace Referrals.Engine.History;

/// <summary>Who acts, and in which context.</summary>
/// <param name="User">Name of the user, client or worker.</param>
/// <param name="Organisation">The organisation acted for; its tenant is the one that is read and written.</param>
/// <param name="Correlation">The request or message chain it belongs to.</param>
/// <param name="Causation">The message that caused it.</param>
/// <param name="TraceParent">W3C trace context.</param>
public sealed record Actor(
    string User, OrganisationId Organisation, string? Correlation = null, string? Causation = null, string? TraceParent = null)
{
    /// <summary>The tenant of the organisation.</summary>
    public string Tenant => Organisation.Value;

    /// <summary>The context of events that this actor causes at that time.</summary>
    public EventContext At(DateTimeOffset now) => new(now, User, Organisation.Value, Correlation, Causation, TraceParent);
}
