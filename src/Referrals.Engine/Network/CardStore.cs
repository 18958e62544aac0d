using Referrals.Engine.History;

namespace Referrals.Engine.Network;

/// <summary>Reads the ciphertexts of contact cards; they are written together with the events of both sides.</summary>
public sealed class CardStore(TenantDatabase database, TimeProvider time)
{
    /// <summary>The ciphertext of this card of an assignment; null: it is deleted, its time has passed, or the organisation is neither its sender nor its partner.</summary>
    public async Task<string?> FindAsync(OrganisationId organisation, AssignmentId assignment, int issue, CancellationToken ct)
    {
        const string Sql = "select sealed from @schema.contact_cards where assignment_id = $1 and issue = $2 and until > $3";
        return (await database.RunAsync(organisation, Sql, r => r.GetString(0), ct, assignment.Value, issue, time.GetUtcNow())) is [var found, ..] ? found : null;
    }

    /// <summary>Deletes what was sealed to a key that its partner has revoked.</summary>
    public async Task DropOfKeyAsync(OrganisationId partner, string key, CancellationToken ct)
    {
        const string Sql = "delete from @schema.contact_cards where partner_id = $1 and key_id = $2";
        await database.RunAsync(partner, Sql, r => r.FieldCount, ct, partner.Value, key);
    }
}
