using System.Text.RegularExpressions;

namespace Referrals.Engine.Network.Audit;

/// <summary>Something that somebody administered, or looked at: codes only, no free text and no secret.</summary>
/// <param name="Organisation">The organisation in whose list it stands.</param>
/// <param name="Who">Login, client or command that did it.</param>
/// <param name="What">See <see cref="AuditCodes"/>, of a look <see cref="LookCodes"/>.</param>
/// <param name="Subject">Whom or what it was done to: a login, a client, an organisation, an id.</param>
/// <param name="Details">More codes, by name.</param>
public sealed partial record AuditEntry(
    OrganisationId Organisation, string Who, string What, string Subject, IReadOnlyDictionary<string, string>? Details = null)
{
    /// <summary>Number in the order of writing; 0 before it is written.</summary>
    public long Id { get; init; }

    /// <summary>When it was done.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Whether something was looked at, and nothing changed.</summary>
    public bool IsLook { get; init; }

    /// <summary>Place in the organisation's chain, from 1; 0 before it is written.</summary>
    public long ChainNo { get; init; }

    /// <summary>Throws <see cref="ArgumentException"/> for words that are no codes, so that no free text gets in.</summary>
    public void Validate()
    {
        var words = (Details ?? new Dictionary<string, string>()).SelectMany(d => (string[])[d.Key, d.Value]).Append(Who).Append(Subject);
        if (!(IsLook ? LookCodes.All : AuditCodes.All).Contains(What) || words.Any(w => !CodePattern().IsMatch(w)))
        {
            throw new ArgumentException($"an audit entry '{What}' has words that are no codes");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_.:,/*-]{1,200}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex CodePattern();
}
