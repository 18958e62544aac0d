using Npgsql;

namespace Referrals.Engine.Network.Users;

/// <summary>Reads people from rows.</summary>
internal static class PersonRow
{
    /// <summary>The columns of a person, from <c>p</c>.</summary>
    public const string Columns =
        "p.id, p.tenant_id, p.login, p.name, p.email, p.locale, p.theme, p.mail_mode, p.shortcuts, p.last_organisation, p.created_at, p.disabled_at";

    /// <summary>How many columns these are.</summary>
    public const int Count = 12;

    /// <summary>A person from the first columns.</summary>
    public static Person Person(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Home = new OrganisationId(row.GetString(1)),
        Login = row.GetString(2),
        Name = row.GetString(3),
        Email = row.IsDBNull(4) ? null : row.GetString(4),
        Preferences = new Preferences(row.GetString(5), row.GetString(6), row.GetString(7), row.GetBoolean(8)),
        LastOrganisation = row.IsDBNull(9) ? null : new OrganisationId(row.GetString(9)),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(10),
        DisabledAt = row.IsDBNull(11) ? null : row.GetFieldValue<DateTimeOffset>(11),
    };

    /// <summary>A person and its roles.</summary>
    public static Member Member(NpgsqlDataReader row) => new(Person(row), row.GetFieldValue<string[]>(Count));
}
