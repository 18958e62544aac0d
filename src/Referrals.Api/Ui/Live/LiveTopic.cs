using System.Diagnostics;
using Referrals.Api.Security;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Live;

/// <summary>What a page shows of the log, and so what is told to who looks at it.</summary>
public abstract record LiveTopic
{
    /// <summary>Type of the streams of referrals.</summary>
    public const string ReferralStream = "referral";

    /// <summary>Type of the streams of assignments.</summary>
    public const string AssignmentStream = "assignment";

    private const string Cases = "/auftraege";

    // What changes a draft, or ends it; what partners say of an older version doesn't.
    private static readonly HashSet<string> Draws = ["chain_drafted", "chain_draft_undone", "chain_draft_redone", "chain_draft_discarded", "chain_proposed"];

    private LiveTopic() { }

    /// <summary>Lists of referrals, of assignments, or of both.</summary>
    public sealed record Lists(bool Referrals, bool Assignments) : LiveTopic;

    /// <summary>One referral or assignment.</summary>
    public sealed record Case(string StreamType, Guid Id) : LiveTopic;

    /// <summary>The draft of a chain that the visitor draws. Who else looks at it is told too, as far as it is known to this process.</summary>
    public sealed record Draft(Guid Id) : LiveTopic;

    /// <summary>Whose events tell of it: a chain belongs to the network, everything else to the visitor's own tenant.</summary>
    public string TenantOf(string own) => this is Draft ? StreamName.Network : own;

    /// <summary>Whether an event of that tenant concerns the page.</summary>
    public bool Concerns(TailEvent e) => this switch
    {
        Lists lists => (lists.Referrals && e.Stream.Type == ReferralStream) || (lists.Assignments && e.Stream.Type == AssignmentStream),
        Case one => e.Stream.Type == one.StreamType && e.Stream.Id == one.Id,
        Draft draft => e.Stream.Type == ChainBoard.StreamType && e.Stream.Id == draft.Id && Draws.Contains(e.Type),
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether there is anything to tell on the page of that path for this visitor; asks nobody.</summary>
    public static bool IsOn(string path, Visitor visitor) => visitor.IsSignedIn && (ListsOn(path, visitor) is not null || CaseOn(path, visitor) is not null || DraftOn(path, visitor) is not null);

    /// <summary>What the page of that path shows to this visitor; null when it shows nothing that changes by itself, or nothing that there is.</summary>
    public static async Task<LiveTopic?> FindAsync(string path, Visitor visitor, IEventLog log, CancellationToken ct)
    {
        if (ListsOn(path, visitor) is { } lists)
        {
            return lists;
        }

        if (DraftOn(path, visitor) is { } chain)
        {
            return await log.FindRowAsync(StreamName.Network, ChainBoard.List, ChainBoard.Stream(chain).Id, ct) is { } row && visitor.User.Draws(ChainBoard.Read(row))
                ? new Draft(row.Id) : null;
        }

        if (CaseOn(path, visitor) is not var (list, stream, number))
        {
            return null;
        }

        var rows = await log.QueryRowsAsync(new ListQuery(visitor.Organisation.Value, list) { Number = number, Limit = 1 }, ct);
        return rows is [var found] ? new Case(stream, found.Id) : null;
    }

    private static Lists? ListsOn(string path, Visitor visitor)
    {
        var lists = path switch
        {
            Links.Home => new Lists(visitor.Has(NetworkRoles.Caseworker), visitor.Has(NetworkRoles.Partner)),
            Links.Referrals => new Lists(visitor.Has(NetworkRoles.Caseworker), false),
            Links.Inbox => new Lists(false, visitor.Has(NetworkRoles.Partner)),
            _ => new Lists(false, false),
        };
        return lists is { Referrals: false, Assignments: false } ? null : lists;
    }

    // The page of a draft and those below it.
    private static ChainId? DraftOn(string path, Visitor visitor) =>
        path.Split('/') is ["", var area, var chain, var draft, ..] && "/" + area == Links.Chains && $"{Links.Chain(chain)}/{draft}" == Links.Draft(chain) && Engine.Codes.IsCode(chain)
        && visitor.Has(NetworkRoles.Coordinator) ? new ChainId(chain) : null;

    // The page of a case and those below it, such as its forms.
    private static (string List, string Stream, CaseNumber Number)? CaseOn(string path, Visitor visitor)
    {
        if (path.Split('/') is not ["", var area, var text, ..] || !CaseNumber.TryParse(text, out var number))
        {
            return null;
        }

        return ("/" + area) switch
        {
            Links.Referrals when visitor.Has(NetworkRoles.Caseworker) => (ReferralBoard.List, ReferralStream, number),
            Cases when visitor.Has(NetworkRoles.Partner) => (AssignmentBoard.List, AssignmentStream, number),
            _ => null,
        };
    }
}
