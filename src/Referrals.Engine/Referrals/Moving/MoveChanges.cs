using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Comparing;
using Event = Referrals.Engine.Referrals.ReferralEvent;

namespace Referrals.Engine.Referrals.Moving;

/// <summary>Says what is otherwise for a referral after a move: what happens at once, what waits for a decision, what comes later or no longer.</summary>
internal static class MoveChanges
{
    public static IReadOnlyList<MoveChange> Between(
        ReferralState before, ChainVersion from, ReferralState after, AgreedChain target, IReadOnlyList<Event> events, ChainNames names, DateTimeOffset now)
    {
        List<MoveChange> soon = [.. events.Select(e => AtOnce(e, target.Version)).OfType<MoveChange>(), .. Waits(before, from, after, target, now)];
        return after.Ended is not null
            ? [.. soon, .. Later(before, from, after, target.Version)]
            : [.. soon, .. Later(before, from, after, target.Version), .. Ahead(new MoveAhead(before, from, after, target.Version), target.Version, names, soon)];
    }

    private static IEnumerable<MoveChange> Ahead(MoveAhead ahead, ChainVersion to, ChainNames names, List<MoveChange> soon) =>
    [
        .. ahead.Terms(names).Select(d => new MoveChange("terms-change", d.Sentence, d.Node)),
        .. ahead.NeedConsent().Where(s => !soon.Exists(c => c.Code == "waits-for-consent" && c.Node == s))
            .Select(s => Of("needs-consent", to, s, "braucht eine neue Einwilligung, bevor es angeboten wird.", "needs a new consent before it is offered.")),
        .. ahead.NeedRelease().Where(s => !soon.Exists(c => c.Code == "waits-for-release" && c.Node == s))
            .Select(s => Of("needs-release", to, s, "braucht eine neue Entbindung von der Schweigepflicht, bevor es angeboten wird.", "needs a new release from professional secrecy before it is offered.")),
    ];

    private static MoveChange? AtOnce(Event happened, ChainVersion to) => happened switch
    {
        Event.StepOffered e => Of("offered-now", to, e.Step, "wird sofort einem Partner angeboten.", "is offered to a partner at once.") with { Partner = e.Partner },
        Event.StepSkipped e => Of("skipped-now", to, e.Step, "wird übersprungen.", "is skipped."),
        Event.Closed => new MoveChange("closed-now", new LocalText("Die Überleitung ist damit zu Ende: Es bleibt nichts zu tun.", "The referral ends with it: nothing is left to do.")),
        _ => null,
    };

    private static IEnumerable<MoveChange> Waits(ReferralState before, ChainVersion from, ReferralState after, AgreedChain target, DateTimeOffset now)
    {
        var to = target.Version;
        var waited = Flow.Next(from, before, now).Waiting;
        return Flow.Next(to, after, now, target.Withdrawn).Waiting.Except(waited).Select(w => w.For switch
        {
            WaitingFor.Partner => Of("waits-for-partner", to, w.Node, "wartet darauf, dass jemand einen Partner auswählt.", "waits for somebody to choose a partner."),
            WaitingFor.Part => Of("waits-for-part", to, w.Node, "wartet auf die Entscheidung, ob es dazugehört.", "waits for the decision whether it is included."),
            WaitingFor.Consent => Of("waits-for-consent", to, w.Node, "wartet auf eine Einwilligung, die das abdeckt.", "waits for a consent that covers it."),
            WaitingFor.Release => Of("waits-for-release", to, w.Node, "wartet auf eine Entbindung von der Schweigepflicht.", "waits for a release from professional secrecy."),
            _ => throw new System.Diagnostics.UnreachableException(),
        });
    }

    private static IEnumerable<MoveChange> Later(ReferralState before, ChainVersion from, ReferralState after, ChainVersion to)
    {
        foreach (var added in to.Steps().Where(s => from.FindStep(s.Id) is null && !after.Runs.Keys.Any(p => p.Node == s.Id)))
        {
            yield return Of("step-added", to, added.Id, "kommt hinzu.", "comes in addition.");
        }

        foreach (var gone in from.Steps().Where(s => to.FindStep(s.Id) is null))
        {
            yield return before.Runs.Keys.Any(p => p.Node == gone.Id)
                ? Of("step-past", from, gone.Id, "ist geschehen und bleibt in der Geschichte, auch wenn die neue Fassung es nicht mehr hat.", "has happened and stays in the history, though the new version doesn't have it.")
                : Of("step-removed", from, gone.Id, "entfällt.", "no longer comes.");
        }
    }

    private static MoveChange Of(string code, ChainVersion chain, NodeId node, string de, string en)
    {
        var title = chain.Nodes().FirstOrDefault(n => n.Id == node)?.Title ?? new LocalText(node.Value);
        return new MoveChange(code, new LocalText($"„{title.De}“ {de}", $"“{title.En ?? title.De}” {en}"), node);
    }
}
