using System.Diagnostics;
using Referrals.Engine.Chains;
using Referrals.Engine.Network.Contracts;

namespace Referrals.Engine.Network;

/// <summary>Facts as messages carry them, and back.</summary>
internal static class MessageFacts
{
    /// <summary>The facts in the order of their names, so that the same event always gives the same message.</summary>
    public static IReadOnlyList<FactV1> Write(IReadOnlyDictionary<string, FactValue> facts) =>
        [.. facts.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => Write(new Code(f.Key), f.Value))];

    /// <summary>The facts of a message, or null when one can't be read: no or several values, a name twice, no month's first day.</summary>
    public static IReadOnlyDictionary<string, FactValue>? Read(IReadOnlyList<FactV1>? facts)
    {
        var read = new SortedDictionary<string, FactValue>(StringComparer.Ordinal);
        foreach (var fact in facts ?? [])
        {
            if (fact?.Name.Value is not { } name || Read(fact) is not { } value || !read.TryAdd(name, value))
            {
                return null;
            }
        }

        return read;
    }

    private static FactV1 Write(Code name, FactValue value) => value switch
    {
        FactValue.Code v => new FactV1(name, Code: new Code(v.Value)),
        FactValue.Number v => new FactV1(name, Number: v.Value),
        FactValue.YesNo v => new FactV1(name, YesNo: v.Value),
        FactValue.Month v => new FactV1(name, Month: v.First),
        _ => throw new UnreachableException(),
    };

    private static FactValue? Read(FactV1 fact) => fact switch
    {
        { Code: { Value: not null } code, Number: null, YesNo: null, Month: null } => new FactValue.Code(code.Value),
        { Code: null, Number: { } number, YesNo: null, Month: null } => new FactValue.Number(number),
        { Code: null, Number: null, YesNo: { } yesNo, Month: null } => new FactValue.YesNo(yesNo),
        { Code: null, Number: null, YesNo: null, Month: { Day: 1 } month } => new FactValue.Month(month),
        _ => null,
    };
}
