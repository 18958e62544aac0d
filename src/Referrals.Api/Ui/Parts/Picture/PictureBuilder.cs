using System.Diagnostics;
using System.Globalization;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Parts.Picture;

/// <summary>Makes the parts of the picture and the table from a chain and, where there is one, the referral that runs on it. Pure.</summary>
public sealed class PictureBuilder
{
    /// <summary>More steps than this are shown as a table only.</summary>
    public const int MaxSteps = 60;

    /// <summary>More parts within one another than this are shown as a table only.</summary>
    public const int MaxDepth = 8;

    private readonly PictureSource _source;
    private readonly Words _words;
    private readonly StepWords _steps;
    private readonly ConditionWords _conditions;
    private readonly List<PictureRow> _rows = [];

    private PictureBuilder(PictureSource source)
    {
        _source = source;
        _words = source.Words;
        _steps = new StepWords(source);
        _conditions = new ConditionWords(source.Chain);
    }

    /// <summary>The picture and its table.</summary>
    public static PictureModel Build(PictureSource source)
    {
        var builder = new PictureBuilder(source);
        var root = builder.Node(source.Chain.Root, new Scope("", [], false));
        var title = source.Words["Picture.Title", Words.Of(source.Chain.Title)];
        var tooLarge = source.Chain.Steps().Count() > MaxSteps || Depth(source.Chain.Root) > MaxDepth
            ? source.Words["Picture.TooLarge", source.Chain.Steps().Count()]
            : null;
        return new PictureModel(title, builder.Summary(source.Chain.Root), tooLarge is null ? root : null, tooLarge, builder._rows);
    }

    /// <summary>How many parts, sequences apart, lie within one another; a step alone counts 0.</summary>
    internal static int Depth(ChainNode node) =>
        node.Children().Select(Depth).DefaultIfEmpty(0).Max() + (node is ChainNode.Sequence or ChainNode.Step ? 0 : 1);

    private ReferralState? State => _source.Live?.State;

    private PictureNode Node(ChainNode node, Scope scope) => node switch
    {
        // Only a draft has places that are still empty.
        ChainNode.Sequence { Children.Count: 0 } empty =>
            new PictureNode.Box(Place.Of(scope.Prefix, empty.Id), PictureTone.Planned, Faded: true, _words["Picture.Empty"], "", "", null, null, null),
        ChainNode.Sequence sequence => new PictureNode.Row([.. sequence.Children.Select(child => Node(child, scope))]),
        ChainNode.Parallel parallel => Parallel(parallel, scope),
        ChainNode.Choice choice => Choice(choice, scope),
        ChainNode.Optional optional => Optional(optional, scope),
        ChainNode.Repeat repeat => Repeat(repeat, scope),
        ChainNode.Step step => Step(step, scope),
        _ => throw new UnreachableException(),
    };

    private PictureNode.Lanes Parallel(ChainNode.Parallel parallel, Scope scope)
    {
        var caption = parallel.Title is { } title ? _words["Picture.ParallelTitled", Words.Of(title)] : _words["Picture.Parallel"];
        var inner = scope.Within(caption);
        return new PictureNode.Lanes(caption, OneOf: false, [.. parallel.Children.Select(child => new Lane(null, scope.Faded, Node(child, inner)))]);
    }

    private PictureNode.Lanes Choice(ChainNode.Choice choice, Scope scope)
    {
        var decided = TryBranch(Place.Of(scope.Prefix, choice.Id), out var taken);
        var question = choice.Title is { } title ? Words.Of(title) : _words["Picture.Choice"];
        var lanes = choice.Branches.Select((branch, i) => Way(i, _words["Picture.If", _conditions.Of(branch.When)], branch.Then)).ToList();
        lanes.Add(Way(choice.Otherwise is null ? null : choice.Branches.Count,
            _words[choice.Otherwise is null ? "Picture.ElseNothing" : "Picture.Else"], choice.Otherwise));
        return new PictureNode.Lanes(question, OneOf: true, lanes);

        Lane Way(int? index, string caption, ChainNode? part)
        {
            var faded = scope.Faded || (decided && taken != index);
            var says = decided && taken == index ? _words["Picture.Taken", caption] : caption;
            return new Lane(says, faded, part is null ? null : Node(part, scope.Within(says) with { Faded = faded }));
        }
    }

    private bool TryBranch(Place place, out int? taken)
    {
        taken = null;
        return State is { } state && state.Branches.TryGetValue(place, out taken);
    }

    private PictureNode.Frame Optional(ChainNode.Optional optional, Scope scope)
    {
        var place = Place.Of(scope.Prefix, optional.Id);
        var included = State is null ? null : IsIncluded(place, optional.Id, State);
        var waits = _source.Live?.Next.Waiting.Any(w => w.Place == place) ?? false;
        var key = (included, waits) switch
        {
            (true, _) => "Picture.OptionalIn",
            (false, _) => "Picture.OptionalOut",
            (null, true) => "Picture.OptionalWaiting",
            (null, false) => "Picture.Optional",
        };
        var caption = optional.Title is { } title ? _words["Picture.Titled", Words.Of(title), _words[key]] : _words[key];
        var faded = scope.Faded || included == false;
        return new PictureNode.Frame(
            caption, waits ? PictureTone.Waiting : PictureTone.Planned, Dashed: included is null, Loop: false, faded,
            Node(optional.Child, scope.Within(caption) with { Faded = faded }));
    }

    private static bool? IsIncluded(Place place, NodeId node, ReferralState state) =>
        state.Parts.TryGetValue(place, out var included) || state.Start.Parts.TryGetValue(node, out included) ? included : null;

    private PictureNode.Frame Repeat(ChainNode.Repeat repeat, Scope scope)
    {
        var place = Place.Of(scope.Prefix, repeat.Id);
        var round = RoundShown(repeat, place, scope.Prefix);
        var until = _conditions.Of(repeat.Until);
        var caption = State is { } state && state.Repeats.TryGetValue(place, out var known) && !known.Again
            ? _words.Count("Picture.RoundsDone", known.Ended)
            : State is null || scope.Faded
                ? _words["Picture.Rounds", repeat.MaxRounds, until]
                : _words["Picture.Round", round, repeat.MaxRounds, until];
        var inner = scope.Within(caption) with { Prefix = RoundPrefix(repeat, scope.Prefix, round) };
        return new PictureNode.Frame(caption, PictureTone.Planned, Dashed: false, Loop: true, scope.Faded, Node(repeat.Child, inner));
    }

    // The round in which something happens now, also an earlier one that was opened again; else the latest.
    private int RoundShown(ChainNode.Repeat repeat, Place place, string prefix)
    {
        if (_source.Live is not { } live || !live.State.Repeats.TryGetValue(place, out var rounds))
        {
            return 1;
        }

        var latest = rounds.Again ? rounds.Ended + 1 : rounds.Ended;
        var busy = live.State.OpenOffers.Select(o => o.Place).Concat(live.Next.Waiting.Select(w => w.Place)).Select(p => p.Value).ToList();
        return Enumerable.Range(1, latest)
            .FirstOrDefault(round => busy.Exists(p => p.StartsWith(RoundPrefix(repeat, prefix, round), StringComparison.Ordinal)), latest);
    }

    private static string RoundPrefix(ChainNode.Repeat repeat, string prefix, int round) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{repeat.Id.Value}.{round}/");

    private PictureNode.Box Step(ChainNode.Step step, Scope scope)
    {
        var place = Place.Of(scope.Prefix, step.Id);
        var box = _steps.Box(step, place, scope.Faded);
        _rows.Add(new PictureRow(place, box.Title, scope.Path, box.Partner, box.Status, box.Detail, box.Who, box.Href));
        return box;
    }

    // Rendered as title of the picture for those who hear it.
    private string Summary(ChainNode node) => node switch
    {
        ChainNode.Sequence sequence => string.Join(_words["Picture.SummaryThen"], sequence.Children.Select(Summary)),
        ChainNode.Parallel parallel => _words["Picture.SummaryParallel", string.Join(_words["Picture.SummaryAnd"], parallel.Children.Select(Summary))],
        ChainNode.Choice choice => _words["Picture.SummaryChoice", string.Join(_words["Picture.SummaryOr"], choice.Children().Select(Summary))],
        ChainNode.Optional optional => _words["Picture.SummaryOptional", Summary(optional.Child)],
        ChainNode.Repeat repeat => _words["Picture.SummaryRepeat", Summary(repeat.Child)],
        ChainNode.Step step => _words.StepTitle(step),
        _ => throw new UnreachableException(),
    };

    private sealed record Scope(string Prefix, IReadOnlyList<string> Path, bool Faded)
    {
        public Scope Within(string caption) => this with { Path = [.. Path, caption] };
    }
}
