using FsCheck.Xunit;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Drawing;

namespace Referrals.Engine.Tests.Chains.Drawing;

[Properties(Arbitrary = [typeof(ChainGen)], MaxTest = 150)]
public sealed class DrawingPropertyTests
{
    [Property]
    public void The_normal_form_means_the_same_and_is_reached_at_once(ChainVersion chain)
    {
        var normal = NormalForm.Of(chain);
        Same(normal, NormalForm.Of(normal));
        Assert.Equal(chain.Steps().Select(s => s.Id), normal.Steps().Select(s => s.Id));
        Assert.Empty(ChainValidation.Check(normal));
    }

    [Property]
    public void What_is_moved_up_is_back_where_it_was_when_it_is_moved_down(ChainVersion chain)
    {
        chain = NormalForm.Of(chain);
        foreach (var node in chain.Nodes())
        {
            var (up, down) = Blocks.CanMove(chain, node.Id);
            Same(chain, Blocks.MoveDown(Blocks.MoveUp(chain, node.Id), up ? node.Id : new NodeId("none")));
            Same(chain, Blocks.MoveUp(Blocks.MoveDown(chain, node.Id), down ? node.Id : new NodeId("none")));
            Assert.Equal(up, Hash(chain) != Hash(Blocks.MoveUp(chain, node.Id)));
            Assert.Equal(down, Hash(chain) != Hash(Blocks.MoveDown(chain, node.Id)));
        }
    }

    [Property]
    public void Whatever_is_drawn_loses_nothing_but_what_is_removed(ChainVersion chain, int seed)
    {
        var random = new Random(seed);
        chain = NormalForm.Of(chain);
        for (var i = 0; i < 12; i++)
        {
            var gone = Draw(random, ref chain, out var before);
            Assert.Equal(chain.Nodes().Count(), chain.Nodes().Select(n => n.Id).Distinct().Count());
            Assert.Equal(before.Except(gone).Order(), chain.Steps().Select(s => s.Id.Value).Where(before.Contains).Order());
            Same(chain, NormalForm.Of(chain));
            Assert.NotNull(ChainValidation.Check(chain));
            Assert.NotNull(ChainJson.Read(ChainJson.Write(chain)).Chain);
        }
    }

    [Property]
    public void A_frame_that_is_taken_away_leaves_what_was_in_it(ChainVersion chain)
    {
        chain = NormalForm.Of(chain);
        foreach (var node in chain.Nodes().Skip(1).Where(n => n is not ChainNode.Sequence))
        {
            Check(Frames.Choice(chain, node.Id));
            Check(Frames.Repeat(chain, node.Id));
            Check(Frames.Optional(chain, node.Id, new LocalText("Wenn gewünscht")));
        }

        void Check((ChainVersion Chain, NodeId? Frame) wrapped) => Same(chain, Frames.Unwrap(wrapped.Chain, wrapped.Frame!.Value));
    }

    [Property]
    public void The_steps_that_are_offered_to_a_condition_are_those_that_the_check_lets_pass(ChainVersion chain)
    {
        foreach (var place in Places(chain))
        {
            var offered = Conditions.StepsBefore(chain, place).Select(s => s.Id).ToHashSet();
            foreach (var step in chain.Steps())
            {
                var asked = Conditions.Set(chain, place, new Condition.Outcome(step.Id, [OutcomeCodes.Skipped]));
                var late = ChainValidation.Check(asked).Any(f => f.Code is "step-not-before" or "step-at-same-time");
                Assert.Equal(!late, offered.Contains(step.Id));
            }
        }
    }

    [Property]
    public void A_copy_has_ids_of_its_own_and_is_otherwise_the_same(ChainVersion chain)
    {
        chain = NormalForm.Of(chain);
        foreach (var node in chain.Nodes().Skip(1).Where(n => n is not ChainNode.Sequence { Title: null }))
        {
            var (copied, copy) = Blocks.Copy(chain, node.Id);
            var twin = copied.Nodes().Single(n => n.Id == copy);
            Assert.Equal(node.SelfAndDescendants().Select(n => n.GetType()), twin.SelfAndDescendants().Select(n => n.GetType()));
            Assert.Equal(chain.Nodes().Count() + twin.SelfAndDescendants().Count(), copied.Nodes().Count(n => !IsNewList(n, chain, twin)));
        }

        static bool IsNewList(ChainNode node, ChainVersion before, ChainNode twin) =>
            node is ChainNode.Sequence { Title: null } && before.Nodes().All(n => n.Id != node.Id) && twin.SelfAndDescendants().All(n => n.Id != node.Id);
    }

    private static IEnumerable<ConditionPlace> Places(ChainVersion chain) => chain.Nodes().SelectMany(node => node switch
    {
        ChainNode.Choice choice => choice.Branches.Select((_, i) => new ConditionPlace(choice.Id, i)),
        ChainNode.Repeat repeat => [new ConditionPlace(repeat.Id, null)],
        _ => Enumerable.Empty<ConditionPlace>(),
    });

    // One random act; gives the steps that were there before and those that it may take away.
    private static HashSet<string> Draw(Random random, ref ChainVersion chain, out HashSet<string> before)
    {
        before = [.. chain.Steps().Select(s => s.Id.Value)];
        var nodes = chain.Nodes().ToList();
        var node = nodes[random.Next(nodes.Count)];
        var place = Place(random, nodes[random.Next(nodes.Count)].Id);
        switch (random.Next(10))
        {
            case 0:
                chain = Blocks.Remove(chain, node.Id);
                return node == nodes[0] ? [] : [.. node.SelfAndDescendants().Select(n => n.Id.Value)];
            case 1:
                chain = Blocks.AddStep(chain, Contents.NewStep(new LocalText("Neuer Schritt"), "childcare"), place).Chain;
                return [];
            case 2:
                chain = Blocks.MoveTo(chain, node.Id, place);
                return [];
            case 3:
                chain = Frames.Choice(chain, node.Id).Chain;
                return [];
            case 4:
                chain = Frames.Repeat(chain, node.Id).Chain;
                return [];
            case 5:
                chain = Frames.Optional(chain, node.Id, new LocalText("Optional")).Chain;
                return [];
            case 6:
                chain = Frames.Unwrap(chain, node.Id);
                return [];
            case 7:
                chain = Frames.AddBranch(Frames.AddOtherwise(chain, node.Id), node.Id);
                return [];
            case 8:
                chain = Blocks.Copy(chain, node.Id).Chain;
                return [];
            default:
                chain = random.Next(2) == 0 ? Blocks.MoveUp(chain, node.Id) : Blocks.MoveDown(chain, node.Id);
                return [];
        }
    }

    private static DrawPlace Place(Random random, NodeId node) => random.Next(5) switch
    {
        0 => new DrawPlace.Before(node),
        1 => new DrawPlace.After(node),
        2 => new DrawPlace.Beside(node),
        3 => new DrawPlace.Inside(node),
        _ => new DrawPlace.AtEnd(),
    };

    private static string Hash(ChainVersion chain) => ChainJson.ContentHash(chain);

    private static void Same(ChainVersion expected, ChainVersion actual) => Assert.Equal(ChainJson.Write(expected), ChainJson.Write(actual));
}
