using System.Text.Json;
using Referrals.Engine.Chains;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Engine.Tests.Referrals;

/// <summary>Small chains for the stories of tests.</summary>
public static class TestChains
{
    public static OrganisationId Holder { get; } = new("jobcenter");

    public static ReferralId Referral { get; } = new(Guid.Parse("11111111-1111-4111-8111-111111111111"));

    public static IReadOnlyDictionary<string, FactValue> NoFacts { get; } = new Dictionary<string, FactValue>();

    public static Consent Agreed { get; } = new(ConsentForm.Written, new DateOnly(2026, 9, 1), "childcare");

    public static ChainVersion Of(params ChainNode[] sequence) => new()
    {
        Id = new ChainId("arbeit-mit-kind"),
        Version = 3,
        Title = new LocalText("Arbeit mit Kind"),
        FederalState = "BB",
        Coordinator = new OrganisationId("coordinator"),
        Facts =
        [
            new FactDeclaration("children", new LocalText("Kinder"), new FactType.WholeNumber(0, 12)),
            new FactDeclaration("works", new LocalText("Arbeitet"), new FactType.YesNo()),
        ],
        Root = sequence.Length == 1 ? sequence[0] : new ChainNode.Sequence { Id = new NodeId("all"), Children = sequence },
    };

    /// <summary>A step with partners given by comma; two working days to acknowledge.</summary>
    public static ChainNode.Step Step(string id, string partners = "north,south,west") => new()
    {
        Id = new NodeId(id),
        Title = new LocalText(id),
        Service = "childcare",
        Partners = [.. partners.Split(',').Select(p => new OrganisationId(p))],
        AcknowledgeWithin = 2,
        CompleteWithin = 10,
        Outcomes = ["helped", "advice-given", "not-eligible"],
        Feedback = Feedback.OutcomeAndFacts,
    };

    public static ChainNode Parallel(params ChainNode[] children) => new ChainNode.Parallel { Id = new NodeId("both"), Children = children };

    public static ChainNode Optional(string id, ChainNode child) => new ChainNode.Optional { Id = new NodeId(id), Title = new LocalText(id), Child = child };

    public static ChainNode Repeat(string id, int rounds, Condition until, ChainNode child) =>
        new ChainNode.Repeat { Id = new NodeId(id), MaxRounds = rounds, Until = until, Child = child };

    public static ChainNode Choice(string id, ChainNode? otherwise, params Branch[] branches) =>
        new ChainNode.Choice { Id = new NodeId(id), Branches = branches, Otherwise = otherwise };

    public static Condition Ended(string step, params string[] with) => new Condition.Outcome(new NodeId(step), with);

    public static Condition Never { get; } = new Condition.Fact("works", Comparison.Equal, new FactValue.YesNo(true));

    public static Condition Children(int atLeast) => new Condition.Fact("children", Comparison.AtLeast, new FactValue.Number(atLeast));

    public static ReferralCommand.Start Start(Func<ReferralCommand.Start, ReferralCommand.Start>? with = null)
    {
        var start = new ReferralCommand.Start(
            Referral, Holder, "hash", "K-17", Agreed, NoFacts, new Dictionary<NodeId, OrganisationId>(), new Dictionary<NodeId, bool>());
        return with is null ? start : with(start);
    }

    /// <summary>The release for every step that needs one; null: none does.</summary>
    public static Release? Released(ChainVersion chain) =>
        chain.Steps().Where(s => s.Secrecy).Select(s => s.Id).ToList() is { Count: > 0 } steps ? new Release(ConsentForm.Written, Agreed.Given, null, steps) : null;

    public static Note Note(string text) => JsonSerializer.Deserialize<Note>(JsonSerializer.Serialize(text))!;
}
