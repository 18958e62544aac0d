using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Referrals.Engine.Network.Audit;

/// <summary>That somebody looked at something, or tried to: codes, ids and numbers only.</summary>
/// <param name="Organisation">Whose data it is.</param>
/// <param name="Who">Sign-in name, machine client or command.</param>
/// <param name="What">See <see cref="LookCodes"/>.</param>
/// <param name="Role">The role that let it in, or would have.</param>
/// <param name="Purpose">See <see cref="LookPurposes"/>.</param>
/// <param name="Outcome">See <see cref="LookOutcomes"/>.</param>
public sealed partial record Look(OrganisationId Organisation, string Who, string What, string Role, string Purpose, string Outcome)
{
    /// <summary>Subject of a look at no single thing.</summary>
    public const string Nothing = "-";

    /// <summary>Id of what was looked at; null for a list, or when only its number is known.</summary>
    public Guid? Subject { get; init; }

    /// <summary>Number by which it was asked for.</summary>
    public CaseNumber? Number { get; init; }

    /// <summary>How many lines of a list were shown.</summary>
    public int? Count { get; init; }

    /// <summary>By what a list was filtered: names, never values.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>The organisation that whoever looked works for, where that is another one.</summary>
    public OrganisationId? From { get; init; }

    /// <summary>The entry of the log.</summary>
    internal AuditEntry ToEntry()
    {
        var details = new Dictionary<string, string> { ["role"] = Role, ["purpose"] = Purpose, ["outcome"] = Outcome };
        Add("number", Number?.ToString());
        Add("count", Count?.ToString(CultureInfo.InvariantCulture));
        Add("filter", Filters.Count == 0 ? null : string.Join(',', Filters));
        Add("from", From?.Value);
        return new AuditEntry(Organisation, Written(Who), What, Subject?.ToString() ?? Nothing, details) { IsLook = true };

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                details[name] = value;
            }
        }
    }

    /// <summary>
    /// A name as it stands in the log. Foreign issuers call their clients what they like: what can't stand in a code is written as <c>*</c> and
    /// its bytes in hexadecimal, and what gets too long as its SHA-256.
    /// </summary>
    public static string Written(string who)
    {
        if (CodePattern().IsMatch(who))
        {
            return who;
        }

        var written = string.Concat(who.EnumerateRunes().Select(r => CodePattern().IsMatch(r.ToString())
            ? r.ToString()
            : string.Concat(Encoding.UTF8.GetBytes(r.ToString()).Select(b => string.Create(CultureInfo.InvariantCulture, $"*{b:x2}")))));
        return written.Length is > 0 and <= 200 ? written : "*" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(who)));
    }

    [GeneratedRegex("^[A-Za-z0-9_.:,/-]{1,200}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex CodePattern();
}

/// <summary>A look as it stands in the log.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Number">The number that people know the referral or assignment by; null where there is none.</param>
public sealed record LookLine(AuditEntry Entry, CaseNumber? Number)
{
    /// <summary>One of its details; null when it has none of that name.</summary>
    public string? this[string name] => Entry.Details?.GetValueOrDefault(name);

    /// <summary>What was looked at, by its id; null for a list and for what is not there.</summary>
    public Guid? Subject => Guid.TryParse(Entry.Subject, out var id) ? id : null;

    /// <summary>How many lines of a list were shown.</summary>
    public int? Count => int.TryParse(this["count"], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
}
