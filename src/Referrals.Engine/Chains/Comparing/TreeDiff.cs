using System.Text.Json;
using Referrals.Engine.History;

namespace Referrals.Engine.Chains.Comparing;

/// <summary>What differs in the parts around steps, which are matched by their ids as steps are.</summary>
internal static class TreeDiff
{
    /// <summary>Notes every difference of nodes that both versions have, or one of them.</summary>
    public static void Compare(Differences found)
    {
        var (was, now) = (found.Before.Nodes().DistinctBy(n => n.Id).ToDictionary(n => n.Id), found.After.Nodes().DistinctBy(n => n.Id).ToDictionary(n => n.Id));
        foreach (var node in found.After.Nodes())
        {
            if (!was.TryGetValue(node.Id, out var old))
            {
                Added(node, found);
            }
            else
            {
                Changed(old, node, found);
            }
        }

        foreach (var node in found.Before.Nodes().Where(n => !now.ContainsKey(n.Id)))
        {
            var (form, name) = (Wording.Form(node), node.Name());
            var unwraps = node is not ChainNode.Step && node.SelfAndDescendants().Any(n => now.ContainsKey(n.Id));
            found.Add(
                DifferenceKind.Removed, node.Id, DifferenceParts.Node, form.En(), null, found.In(node.Id),
                unwraps ? $"Um „{name.De}“ gibt es keine {Around(node).De} mehr." : $"{Upper(form.De)} „{name.De}“ entfällt.",
                unwraps ? $"There is no {form.En()} around “{name.En()}” any more." : $"{Upper(form.En())} “{name.En()}” is gone.");
        }
    }

    private static void Added(ChainNode node, Differences found)
    {
        var (form, name) = (Wording.Form(node), node.Name());
        if (node is ChainNode.Step step)
        {
            found.Add(
                DifferenceKind.Added, node.Id, DifferenceParts.Node, null, "step", step.Partners,
                $"Neuer Schritt „{name.De}“ bei {found.Names.List(step.Partners)}.", $"New step “{name.En()}” at {found.Names.List(step.Partners)}.");
            return;
        }

        var around = Around(node);
        found.Add(
            DifferenceKind.Added, node.Id, DifferenceParts.Node, null, form.En(), found.In(node.Id),
            $"Neu: {around.De} um „{name.De}“{Details(node, found.After).De}.", $"New: {form.En()} around “{name.En()}”{Details(node, found.After).En()}.");
    }

    private static void Changed(ChainNode was, ChainNode now, Differences found)
    {
        var name = now.Name();
        if (was.Title != now.Title)
        {
            found.Add(
                DifferenceKind.Changed, now.Id, DifferenceParts.Title, was.Title?.De, now.Title?.De, found.In(now.Id),
                $"{Upper(Wording.Form(now).De)}: bisher „{was.Name().De}“, jetzt „{name.De}“ genannt.", $"{Upper(Wording.Form(now).En())}: called “{was.Name().En()}” before, now “{name.En()}”.");
        }

        if (was.GetType() != now.GetType())
        {
            found.Add(
                DifferenceKind.Changed, now.Id, DifferenceParts.Form, Wording.Form(was).En(), Wording.Form(now).En(), found.In(now.Id),
                $"„{name.De}“: bisher {Wording.Form(was).De}, jetzt {Wording.Form(now).De}{Details(now, found.After).De}.",
                $"“{name.En()}”: {Wording.Form(was).En()} before, now {Wording.Form(now).En()}{Details(now, found.After).En()}.");
            return;
        }

        switch (was, now)
        {
            case (ChainNode.Step a, ChainNode.Step b):
                StepDiff.Compare(a, b, found);
                break;
            case (ChainNode.Choice a, ChainNode.Choice b):
                ChoiceDiff.Compare(a, b, found);
                break;
            case (ChainNode.Repeat a, ChainNode.Repeat b):
                Repeats(a, b, found);
                break;
        }
    }

    private static void Repeats(ChainNode.Repeat was, ChainNode.Repeat now, Differences found)
    {
        var name = now.Name();
        if (was.MaxRounds != now.MaxRounds)
        {
            found.Add(
                DifferenceKind.Changed, now.Id, DifferenceParts.MaxRounds, Wording.Number(was.MaxRounds), Wording.Number(now.MaxRounds), found.In(now.Id),
                $"„{name.De}“: höchstens {now.MaxRounds} Durchgänge statt {was.MaxRounds}.", $"“{name.En()}”: at most {now.MaxRounds} rounds instead of {was.MaxRounds}.");
        }

        if (!Same(was.Until, now.Until))
        {
            var (a, b) = (new ConditionText(found.Before).Of(was.Until), new ConditionText(found.After).Of(now.Until));
            found.Add(
                DifferenceKind.Changed, now.Id, DifferenceParts.Until, a.De, b.De, found.In(now.Id),
                $"„{name.De}“ wird wiederholt, bis: {b.De} (bisher: {a.De}).", $"“{name.En()}” is repeated until: {b.En()} (before: {a.En()}).");
        }
    }

    /// <summary>Whether two conditions say the same, word by word.</summary>
    public static bool Same(Condition one, Condition other) => Code(one) == Code(other);

    private static string Code(Condition condition) => JsonSerializer.Serialize(condition, EventCodec.Json);

    private static LocalText Details(ChainNode node, ChainVersion chain) => node switch
    {
        ChainNode.Repeat repeat => new(
            $", höchstens {repeat.MaxRounds} Durchgänge, bis: {new ConditionText(chain).Of(repeat.Until).De}",
            $", at most {repeat.MaxRounds} rounds, until: {new ConditionText(chain).Of(repeat.Until).En()}"),
        ChainNode.Choice choice => new(
            string.Concat(choice.Branches.Select(b => $"; „{b.Then.Name().De}“, wenn {new ConditionText(chain).Of(b.When).De}")),
            string.Concat(choice.Branches.Select(b => $"; “{b.Then.Name().En()}” if {new ConditionText(chain).Of(b.When).En()}"))),
        _ => new("", ""),
    };

    // With the article-free form that reads well after „Neu:“ and „keine“.
    private static LocalText Around(ChainNode node) => node switch
    {
        ChainNode.Parallel => new("Gleichzeitigkeit", ""),
        ChainNode.Optional => new("Entscheidung, ob der Teil nötig ist", ""),
        _ => new(Upper(Wording.Form(node).De), ""),
    };

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
