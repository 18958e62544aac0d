using System.Text.Json;
using Npgsql;
using Referrals.Engine.History;

namespace Referrals.Engine.Review.WhatIf.Jobs;

/// <summary>Rows of questions as they are stored.</summary>
internal static class WhatIfRows
{
    /// <summary>All but the answer.</summary>
    public const string Columns = "id, organisation, person, asked_at, question::text, state, progress, tries, started_at, ended_at, reason";

    /// <summary>With the answer.</summary>
    public const string All = Columns + ", answer::text";

    /// <summary>How a state is stored.</summary>
    public static string CodeOf(WhatIfState state) => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString());

    /// <summary>Reads a row of <see cref="Columns"/> or <see cref="All"/>.</summary>
    public static WhatIfJob Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), new(row.GetString(1)), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), From<WhatIfQuestion>(row.GetString(4)),
        Enum.Parse<WhatIfState>(row.GetString(5), ignoreCase: true))
    {
        Progress = Math.Round(row.GetFloat(6), 4),
        Tries = row.GetInt32(7),
        StartedAt = row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8),
        EndedAt = row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9),
        Reason = row.IsDBNull(10) ? null : row.GetString(10),
        Answer = row.FieldCount < 12 || row.IsDBNull(11) ? null : From<WhatIfAnswer>(row.GetString(11)),
    };

    /// <summary>As it is stored.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, EventCodec.Json);

    private static T From<T>(string json) => JsonSerializer.Deserialize<T>(json, EventCodec.Json) ?? throw new InvalidDataException("a question can't be read");
}
