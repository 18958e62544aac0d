using System.Text.Json.Serialization;

namespace Referrals.Engine.Chains.Comparing;

/// <summary>What a partner takes on with one step of a version.</summary>
/// <param name="Step">Id of the step.</param>
/// <param name="Title">Its title.</param>
/// <param name="Service">Code of the service that it renders.</param>
/// <param name="Offer">Who is offered the step.</param>
/// <param name="Place">Its place among the partners, from 1.</param>
/// <param name="Partners">How many partners the step has.</param>
/// <param name="AcknowledgeWithin">Working days for acknowledging an offer.</param>
/// <param name="CompleteWithin">Working days from acceptance for completing; null: none agreed.</param>
/// <param name="RemindBefore">Working days before a deadline when it is reminded; null: not.</param>
/// <param name="EscalateAfter">Working days after a deadline when the coordinator is told; null: not.</param>
/// <param name="OnDecline">What happens when it declines.</param>
/// <param name="Learns">The facts that it gets to know, beside the sender, the step and a short note.</param>
/// <param name="Feedback">How much it reports.</param>
/// <param name="Outcomes">The outcomes of which it names one in the end.</param>
/// <param name="Returns">The facts that it reports.</param>
/// <param name="Around">What is around the step: conditions, options, rounds.</param>
/// <param name="Sentences">All of it in words.</param>
public sealed record Commitment(
    NodeId Step, LocalText Title, string Service, OfferMode Offer, int Place, int Partners, int AcknowledgeWithin, int? CompleteWithin, int? RemindBefore,
    int? EscalateAfter, DeclinePath OnDecline, IReadOnlyList<CodeTitle> Learns, Feedback Feedback, IReadOnlyList<CodeTitle> Outcomes,
    IReadOnlyList<CodeTitle> Returns, IReadOnlyList<LocalText> Around, IReadOnlyList<LocalText> Sentences)
{
    /// <summary>Whether the step is offered only where the client released from professional secrecy; left out when not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Secrecy { get; init; }
}

/// <summary>What partners take on with a version of a chain.</summary>
public static class Commitments
{
    /// <summary>What a partner takes on, by step in the order drawn; empty where it is named in none.</summary>
    /// <param name="chain">The version.</param>
    /// <param name="partner">Who takes it on.</param>
    /// <param name="names">What organisations and services are called; null: as their codes.</param>
    public static IReadOnlyList<Commitment> Of(ChainVersion chain, OrganisationId partner, ChainNames? names = null) =>
        [.. chain.Steps().Where(s => s.Partners.Contains(partner)).Select(s => Of(chain, s, partner, names ?? ChainNames.Codes))];

    /// <summary>What all partners take on, by step in the order drawn, said of no one of them.</summary>
    public static IReadOnlyList<Commitment> Terms(ChainVersion chain, ChainNames? names = null) => [.. chain.Steps().Where(s => s.Partners.Count > 0).Select(step =>
    {
        var commitment = Of(chain, step, step.Partners[0], names ?? ChainNames.Codes);
        var partners = CommitmentSentences.Partners(step, names ?? ChainNames.Codes);
        return commitment with { Sentences = [commitment.Sentences[0], partners, .. commitment.Sentences.Skip(2)] };
    })];

    private static Commitment Of(ChainVersion chain, ChainNode.Step step, OrganisationId partner, ChainNames names)
    {
        var around = Around(chain.Root, step.Id, chain) ?? [];
        var commitment = new Commitment(
            step.Id, step.Name(), step.Service, step.Offer, step.Partners.ToList().IndexOf(partner) + 1, step.Partners.Count, step.AcknowledgeWithin, step.CompleteWithin,
            step.RemindBefore, step.EscalateAfter, step.OnDecline, [.. step.PassFacts.Select(f => new CodeTitle(f, Wording.Fact(chain, f)))], step.Feedback,
            [.. step.Outcomes.Select(o => new CodeTitle(o, chain.TitleOf(o)))], [.. step.ReturnFacts.Select(f => new CodeTitle(f, Wording.Fact(chain, f)))], around, [])
        {
            Secrecy = step.Secrecy,
        };
        return commitment with { Sentences = [.. CommitmentSentences.Of(commitment, names, chain.Coordinator), .. around] };
    }

    // The way down to the step; null where it is not below.
    private static List<LocalText>? Around(ChainNode node, NodeId step, ChainVersion chain)
    {
        if (node.Id == step)
        {
            return [];
        }

        foreach (var child in node.Children())
        {
            if (Around(child, step, chain) is { } below)
            {
                return [.. Own(node, child, chain), .. below];
            }
        }

        return null;
    }

    private static IEnumerable<LocalText> Own(ChainNode node, ChainNode child, ChainVersion chain)
    {
        if (node is ChainNode.Optional)
        {
            yield return new("Nur, wenn die Fachkraft diesen Teil für nötig hält.", "Only if the caseworker includes this part.");
        }
        else if (node is ChainNode.Repeat repeat)
        {
            var until = new ConditionText(chain).Of(repeat.Until);
            yield return new(
                $"Kann sich wiederholen, höchstens {repeat.MaxRounds} Durchgänge, bis: {until.De}.", $"May be repeated, at most {repeat.MaxRounds} rounds, until: {until.En()}.");
        }
        else if (node is ChainNode.Choice choice && choice.Branches.FirstOrDefault(b => b.Then.Id == child.Id) is { } branch)
        {
            var when = new ConditionText(chain).Of(branch.When);
            yield return new($"Nur, wenn: {when.De}.", $"Only if: {when.En()}.");
        }
        else if (node is ChainNode.Choice)
        {
            yield return new("Nur, wenn keine andere Bedingung der Auswahl zutrifft.", "Only if no other condition of the choice holds.");
        }
    }
}
