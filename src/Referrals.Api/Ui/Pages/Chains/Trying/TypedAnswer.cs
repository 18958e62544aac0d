using System.Globalization;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Pages.StartReferral;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals.Trying;

namespace Referrals.Api.Ui.Pages.Chains.Trying;

/// <summary>
/// An answer as it stands in the address: what is done, about what, after how many days, partner, outcome, then each fact that comes back with its value as typed,
/// between tildes.
/// </summary>
internal static class TypedAnswer
{
    private const char Between = '~';
    private const int Fixed = 5;

    public static string Write(FormInput asked) => string.Join(
        Between,
        [
            asked[TryPages.Does], asked[TryPages.Node], asked[TryPages.After], asked[TryPages.Partner], asked[TryPages.Outcome],
            .. asked.Fields.Where(f => f.StartsWith(TryPages.Returned, StringComparison.Ordinal) && asked[f].Length > 0)
                .Select(f => $"{f[TryPages.Returned.Length..]}={asked[f].Replace(Between, '-')}"),
        ]);

    /// <summary>Never throws: what can't be read is told as an answer that can't be given.</summary>
    public static TrialAnswer Read(string typed, ChainVersion chain)
    {
        var parts = typed.Split(Between);
        string? Part(int i) => parts.ElementAtOrDefault(i) is { Length: > 0 } part ? part : null;
        if (!Enum.TryParse<TrialDeed>(Part(0), ignoreCase: true, out var deed) || !Enum.IsDefined(deed))
        {
            return new TrialAnswer(TrialDeed.Skip);
        }

        return new TrialAnswer(
            deed,
            Part(1) is { } node && Engine.Codes.IsCode(node) ? new NodeId(node) : null,
            Part(2) is not { } after ? 0 : int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : -1,
            Part(3) is { } partner && Engine.Codes.IsCode(partner) ? new OrganisationId(partner) : null,
            deed == TrialDeed.Complete ? Part(4) : null,
            Facts(parts.Skip(Fixed), chain));
    }

    // What is no value of the fact's type stays a text, which the type doesn't allow; so the trial names it.
    private static Dictionary<string, FactValue> Facts(IEnumerable<string> parts, ChainVersion chain)
    {
        var facts = new Dictionary<string, FactValue>(StringComparer.Ordinal);
        foreach (var part in parts.Where(p => p.Length > 0))
        {
            var (name, value) = part.Split('=', 2) is [var before, var after] ? (before, after) : (part, "");
            facts[name] = (chain.FindFact(name) is { } fact ? FactInput.Value(fact.Type, value) : null) ?? new FactValue.Code(value);
        }

        return facts;
    }
}
