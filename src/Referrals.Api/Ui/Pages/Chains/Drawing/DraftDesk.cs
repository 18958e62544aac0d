using System.Diagnostics;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Pages.Casework;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Comparing;
using Referrals.Engine.Chains.Drawing;
using Referrals.Engine.History;

namespace Referrals.Api.Ui.Pages.Chains.Drawing;

/// <summary>
/// Shows drafts to the organisation that coordinates the chain and saves what it changes, each time over the draft that the form was
/// made of. To every other organisation a draft isn't there.
/// </summary>
internal sealed class DraftDesk(
    ChainService chains, IEventLog log, NetworkNames names, Colleagues colleagues, Visitor me, IHttpContextAccessor http, Words words, TimeProvider time)
{
    /// <summary>The field that says of which draft a form was made.</summary>
    public const string Stand = "stand";

    /// <summary>The field that says, when a change is applied on top of another, of which draft it was made at first.</summary>
    public const string MadeOf = "gemacht-aus";

    // Other events than drafts, such as a partner's withdrawal, are rare between two of them.
    private const int Looked = 20;

    // What was saved by others since a form was made; who left it open for longer is told of the latest changes.
    private const int Compared = 100;

    /// <summary>A chain that this organisation coordinates, with the version of its stream; null: there is none.</summary>
    public async Task<(ChainState Chain, long Version)?> ChainAsync(string chain, CancellationToken ct) =>
        Codes.IsCode(chain) && await chains.FindAsync(new ChainId(chain), ct) is var (state, version) && me.Draws(state)
            ? (state, version)
            : null;

    /// <summary>The draft of a chain; null: there is none, or not for this organisation.</summary>
    public async Task<DraftSight?> FindAsync(string chain, CancellationToken ct)
    {
        if (await ChainAsync(chain, ct) is not ({ Draft: { } draft } state, var version))
        {
            return null;
        }

        var (normal, directory) = (NormalForm.Of(draft), await names.DirectoryAsync(ct));
        var faults = FaultPlaces.Of(normal, await chains.CheckAsync(normal, directory.ChainNames(), ct));
        return new DraftSight(
            state, normal, DraftTrail.HashOf(draft), faults, directory, await TouchAsync(state.Id, version, ct), time.GetUtcNow());
    }

    /// <summary>Changes the draft that the form was made of. What another editor did meanwhile is told, with what was typed here kept.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="form">The form, with the draft that it was made of.</param>
    /// <param name="change">The change; null: the form has faults.</param>
    /// <param name="done">The answer when it is saved.</param>
    /// <param name="invalid">The answer when the form has faults.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<IResult> ChangeAsync(
        string chain, FormInput form, Func<DraftSight, ChainVersion?> change, Func<IResult> done, Func<DraftSight, IResult> invalid, CancellationToken ct)
    {
        if (await ChainAsync(chain, ct) is not var (state, version))
        {
            return Answer.NotFound();
        }

        if (await FindAsync(chain, ct) is not { } sight)
        {
            return await ConflictAsync(state, version, form, ct);
        }

        if (change(sight) is not { } changed)
        {
            return invalid(sight);
        }

        return form[Stand] == sight.Stand
            ? await DoAsync(state.Id, new ChainCommand.SaveDraft(me.Organisation, changed, sight.Stand), form, done, ct)
            : await ConflictAsync(state, version, form, ct);
    }

    /// <summary>Has a command on the draft decided.</summary>
    public async Task<IResult> DoAsync(ChainId chain, ChainCommand command, FormInput form, Func<IResult> done, CancellationToken ct) =>
        await chains.DoAsync(me.Actor, chain, command, null, ct) switch
        {
            ChainOutcome.Done => done(),
            ChainOutcome.Refused { Refusal.Code: "chain-nothing-to-undo" or "chain-nothing-to-redo" } => done(),
            ChainOutcome.Refused { Refusal.Code: "chain-draft-changed" or "chain-no-draft" } or ChainOutcome.Stale when await ChainAsync(chain.Value, ct) is var (state, version) =>
                await ConflictAsync(state, version, form, ct),
            ChainOutcome.Refused or ChainOutcome.Stale => Answer.NotFound(),
            _ => throw new UnreachableException(),
        };

    private async Task<IResult> ConflictAsync(ChainState state, long version, FormInput form, CancellationToken ct)
    {
        var history = await log.ReadStreamAsync(ChainBoard.Stream(state.Id), Math.Max(0, version - Compared), ct);
        var seen = history.ToList().FindLastIndex(e => Drawn(e.Data) is { } definition && DraftTrail.HashOf(definition) == form[Stand]);
        var (changes, before) = (new List<DraftChange>(), seen >= 0 ? Drawn(history[seen].Data) : null);
        var called = new ChainNames((await names.DirectoryAsync(ct)).NameOf, code => new LocalText(words.Service(code), words.Service(code)));
        foreach (var e in history.Skip(seen + 1))
        {
            var after = Drawn(e.Data);
            IReadOnlyList<ChainDifference> differences = before is not null && after is not null ? ChainDiff.Of(before, after, called) : [];
            changes.Add(new DraftChange(await NameAsync(e.Context, ct), e.Context.At, What(e.Data), [.. differences.Select(d => d.Sentence)]));
            before = after ?? before;
        }

        var here = http.HttpContext!.Request;
        return Answer.Changed<ConflictPage>(new ConflictModel(
            state.Id.Value, state.Draft, DraftTrail.HashOf(state.Draft), here.Path + here.QueryString, changes, form, time.GetUtcNow()));
    }

    private async Task<DraftTouch?> TouchAsync(ChainId chain, long version, CancellationToken ct)
    {
        var latest = await log.ReadStreamAsync(ChainBoard.Stream(chain), Math.Max(0, version - Looked), ct);
        return latest.LastOrDefault(e => Drawn(e.Data) is not null)?.Context is { } context
            ? new DraftTouch(await NameAsync(context, ct), context.At, context.User == me.Login)
            : null;
    }

    private async Task<string> NameAsync(EventContext context, CancellationToken ct) =>
        (context.Organisation == me.Organisation.Value
            ? (await colleagues.OfAsync(me.Organisation, ct)).FirstOrDefault(p => p.Person.Login == context.User)?.Person.Name
            : null)
        ?? (await names.DirectoryAsync(ct)).NameOf(new OrganisationId(context.Organisation ?? ""));

    private static string What(object happened) => happened switch
    {
        ChainEvent.Drafted or ChainEvent.DraftUndone or ChainEvent.DraftRedone or ChainEvent.DraftDiscarded or ChainEvent.Proposed => happened.GetType().Name,
        _ => "Other",
    };

    private static ChainVersion? Drawn(object happened) => happened switch
    {
        ChainEvent.Drafted drafted => drafted.Definition,
        ChainEvent.DraftUndone undone => undone.Definition,
        ChainEvent.DraftRedone redone => redone.Definition,
        _ => null,
    };
}
