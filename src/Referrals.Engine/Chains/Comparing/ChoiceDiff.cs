namespace Referrals.Engine.Chains.Comparing;

/// <summary>What differs in a choice that both versions have.</summary>
internal static class ChoiceDiff
{
    /// <summary>Notes every difference of its branches; those that lead to the same node are the same.</summary>
    public static void Compare(ChainNode.Choice was, ChainNode.Choice now, Differences found)
    {
        var (old, young) = (was.Branches.ToLookup(b => b.Then.Id), now.Branches.ToLookup(b => b.Then.Id));
        var name = now.Name();
        foreach (var branch in now.Branches)
        {
            var (then, when) = (branch.Then.Name(), new ConditionText(found.After).Of(branch.When));
            if (old[branch.Then.Id].FirstOrDefault() is not { } before)
            {
                found.Add(
                    DifferenceKind.Added, now.Id, DifferenceParts.Branch, null, branch.Then.Id.Value, found.In(branch.Then.Id),
                    $"Auswahl „{name.De}“: neuer Zweig „{then.De}“, wenn {when.De}.", $"Choice “{name.En()}”: new branch “{then.En()}” if {when.En()}.");
            }
            else if (!TreeDiff.Same(before.When, branch.When))
            {
                var earlier = new ConditionText(found.Before).Of(before.When);
                found.Add(
                    DifferenceKind.Changed, branch.Then.Id, DifferenceParts.Condition, earlier.De, when.De, found.In(branch.Then.Id),
                    $"„{then.De}“ findet statt, wenn: {when.De} (bisher: {earlier.De}).", $"“{then.En()}” takes place if: {when.En()} (before: {earlier.En()}).");
            }
        }

        foreach (var branch in was.Branches.Where(b => !young.Contains(b.Then.Id)))
        {
            var then = branch.Then.Name();
            found.Add(
                DifferenceKind.Removed, now.Id, DifferenceParts.Branch, branch.Then.Id.Value, null, found.In(branch.Then.Id),
                $"Auswahl „{name.De}“: der Zweig „{then.De}“ entfällt.", $"Choice “{name.En()}”: the branch “{then.En()}” is gone.");
        }

        var (before1, after1) = (was.Branches.Select(b => b.Then.Id).Where(young.Contains).ToList(), now.Branches.Select(b => b.Then.Id).Where(old.Contains).ToList());
        if (!before1.SequenceEqual(after1))
        {
            found.Add(
                DifferenceKind.Changed, now.Id, DifferenceParts.Branch, string.Join(", ", before1), string.Join(", ", after1), found.In(now.Id),
                $"Auswahl „{name.De}“: die Zweige werden in anderer Reihenfolge geprüft.", $"Choice “{name.En()}”: the branches are asked in another order.");
        }

        if (was.Otherwise?.Id != now.Otherwise?.Id)
        {
            var (a, b) = (was.Otherwise?.Name(), now.Otherwise?.Name());
            found.Add(
                DifferenceKind.Changed, now.Id, DifferenceParts.Otherwise, was.Otherwise?.Id.Value, now.Otherwise?.Id.Value, found.In(now.Id),
                $"Auswahl „{name.De}“: sonst: bisher {(a is null ? "nichts" : $"„{a.De}“")}, jetzt {(b is null ? "nichts" : $"„{b.De}“")}.",
                $"Choice “{name.En()}”: otherwise: {(a is null ? "nothing" : $"“{a.En()}”")} before, now {(b is null ? "nothing" : $"“{b.En()}”")}.");
        }
    }
}
