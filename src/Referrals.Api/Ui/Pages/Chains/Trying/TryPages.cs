using System.Globalization;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Pages.StartReferral;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals.Trying;

namespace Referrals.Api.Ui.Pages.Chains.Trying;

/// <summary>A chain is walked through with made-up answers. All of it stands in the address: nothing is kept, and the browser's way back works.</summary>
internal static class TryPages
{
    /// <summary>Which version: a number, or <see cref="Draft"/>.</summary>
    public const string Version = "fassung";

    /// <summary>The coordinator's draft.</summary>
    public const string Draft = "entwurf";

    /// <summary>The day on which it begins.</summary>
    public const string Begin = "beginn";

    /// <summary>Answers given so far.</summary>
    public const string Answers = "antwort";

    /// <summary>What is done next.</summary>
    public const string Does = "tut";

    /// <summary>The step or part that it is about.</summary>
    public const string Node = "teil";

    /// <summary>The partner that it is about.</summary>
    public const string Partner = "partner";

    /// <summary>The outcome.</summary>
    public const string Outcome = "ergebnis";

    /// <summary>How the fields of facts that a completion brings back begin.</summary>
    public const string Returned = "zurueck-";

    /// <summary>Working days after the answer before.</summary>
    public const string After = "nach";

    public static void Map(RouteGroupBuilder members) => members.MapGet(Links.Chains + "/{id}/probe", ShowAsync);

    private static async Task<IResult> ShowAsync(string id, HttpRequest request, Visitor me, ChainService chains, NetworkNames names, Words words, TimeProvider time, CancellationToken ct)
    {
        var asked = FormInput.Of(request.Query.SelectMany(q => q.Value.Select(v => (q.Key, v))));
        if (!Engine.Codes.IsCode(id) || await chains.FindAsync(new ChainId(id), ct) is not { Chain: var state } || Find(state, asked[Version], me) is not { } chain)
        {
            return Answer.NotFound();
        }

        var (version, today, directory) = (asked[Version], WorkingCalendar.LocalDay(time.GetUtcNow()), await names.DirectoryAsync(ct));
        if (ChainValidation.Check(chain) is { Count: > 0 } faults)
        {
            return Answer.With<TryPage>(new TryModel(chain, version, asked, directory) { ChainFaults = faults });
        }

        if (asked[Does].Length > 0)
        {
            return Answer.Go(Url(id, asked, [.. asked.All(Answers), TypedAnswer.Write(asked)]));
        }

        var inTheWay = version == Draft ? await chains.CheckPartnersAsync(chain, directory.ChainNames(), ct) : [];
        if (asked[Begin].Length == 0)
        {
            var start = FormInput.Of((Begin, today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
            return Answer.With<TryPage>(new TryModel(chain, version, start, directory) { InTheWay = inTheWay });
        }

        var begin = TypedDay.Day(asked[Begin]);
        if (begin < Trial.FirstDay || begin > Trial.LastDay || begin is null)
        {
            asked.Fault(Begin, words["ChainTry.BeginFault"]);
        }

        var facts = FactInput.Read(asked, chain, words, lenient: false);
        return asked.IsValid
            ? Answer.With<TryPage>(new TryModel(chain, version, asked, directory)
            {
                InTheWay = inTheWay,
                Trial = Trial.Play(chain, new TrialScript(begin, me.Organisation, facts, [.. asked.All(Answers).Select(a => TypedAnswer.Read(a, chain))]), today, version == Draft ? null : state.Versions[chain.Version].Withdrawn),
            })
            : Answer.Invalid<TryPage>(new TryModel(chain, version, asked, directory) { InTheWay = inTheWay });
    }

    /// <summary>The same trial with these answers.</summary>
    public static string Url(string chain, FormInput asked, IEnumerable<string> answers) => Links.With(
        Links.TryChain(chain),
        [
            (Version, asked[Version]), (Begin, asked[Begin]),
            .. asked.Fields.Where(f => f.StartsWith(FactInput.Prefix, StringComparison.Ordinal)).Select(f => (f, (string?)asked[f])),
            .. answers.Select(a => (Answers, (string?)a)),
        ]);

    // The draft is the coordinator's own; without a number the version in force, else the newest.
    private static ChainVersion? Find(ChainState state, string version, Visitor reader) =>
        version == Draft ? reader.Draws(state) ? state.Draft : null
        : version.Length == 0 ? (state.InForce ?? state.Latest)?.Definition
        : int.TryParse(version, CultureInfo.InvariantCulture, out var number) ? state.Versions.GetValueOrDefault(number)?.Definition : null;
}

/// <summary>What the page about trying a chain shows.</summary>
/// <param name="Chain">The version.</param>
/// <param name="Version">What was asked for: a number, the draft, or nothing.</param>
/// <param name="Form">What was typed.</param>
/// <param name="Directory">The organisations.</param>
public sealed record TryModel(ChainVersion Chain, string Version, FormInput Form, NetworkDirectory Directory)
{
    /// <summary>The trial; null: it has not begun.</summary>
    public Trial? Trial { get; init; }

    /// <summary>Why the chain can't be tried yet.</summary>
    public IReadOnlyList<ChainFault> ChainFaults { get; init; } = [];

    /// <summary>Why the draft can't be proposed, though it can be tried: faults of the organisations that it names.</summary>
    public IReadOnlyList<ChainFault> InTheWay { get; init; } = [];

    /// <summary>Answers given so far, as typed.</summary>
    public IReadOnlyList<string> Given => Form.All(TryPages.Answers);
}
