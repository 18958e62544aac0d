using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Pages.Casework;
using Referrals.Api.Ui.Parts;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Pages.StartReferral;

/// <summary>Gathers what the pages of the guided start show, and does what they ask.</summary>
internal sealed class StartDesk(DraftStore drafts, ChainService chains, ReferralService referrals, NetworkNames names, Words words, TimeProvider time)
{
    private const int MaxFields = 400;
    private const int MaxValue = 600;

    /// <summary>The person's draft, or null.</summary>
    public Task<Draft?> FindAsync(Actor actor, Guid id, CancellationToken ct) => drafts.FindAsync(actor, id, ct);

    /// <summary>Removes a draft. False when there was none.</summary>
    public Task<bool> RemoveAsync(Actor actor, Guid id, CancellationToken ct) => drafts.RemoveAsync(actor, id, ct);

    /// <summary>Keeps what was typed; fields of no page are left out.</summary>
    public Task KeepAsync(Actor actor, Guid id, FormInput form, CancellationToken ct) => drafts.SaveAsync(
        actor, id,
        form.Fields.Where(f => StartStep.All.Any(s => s.Owns(f))).Take(MaxFields)
            .ToDictionary(f => f, f => form.All(f).Select(v => v.Length > MaxValue ? v[..MaxValue] : v).ToArray(), StringComparer.Ordinal),
        ct);

    /// <summary>The way to the referral that came of a draft; null when none did.</summary>
    public async Task<IResult?> SentAsync(OrganisationId holder, Guid id, CancellationToken ct, string? done = null) =>
        await referrals.NumberAsync(holder, new ReferralId(id), ct) is { } number
            ? Answer.Go(Links.Referral(number), done, done is null ? [] : [ReferralNumber.Show(number)])
            : null;

    /// <summary>The first page before this one that has to be filled in, or null.</summary>
    public async Task<StartStep?> FirstIncompleteAsync(Draft? draft, StartStep until, CancellationToken ct) =>
        StartForm.FirstIncomplete(draft, until, await ChainOfAsync(draft?[StartFields.Chain] ?? "", ct), words, time.GetUtcNow());

    /// <summary>The draft's fields with those of this page as typed now, and whether they are right.</summary>
    public async Task<(FormInput Merged, bool IsRight)> CheckAsync(StartStep step, Draft? draft, FormInput typed, bool lenient, CancellationToken ct)
    {
        var before = draft?.Fields.Where(f => !step.Owns(f.Key)).SelectMany(f => f.Value.Select(v => (f.Key, (string?)v))) ?? [];
        var now = typed.Fields.Where(step.Owns).SelectMany(f => typed.All(f).Select(v => (f, (string?)v.Trim())));
        var merged = FormInput.Of([.. before, .. now]);
        return (merged, new StartForm(merged, await ChainOfAsync(merged[StartFields.Chain], ct), words, time.GetUtcNow()).Check(step, lenient));
    }

    /// <summary>Starts the referral. The draft's id is the referral's, so that sending twice starts one.</summary>
    public Task<ReferralOutcome> StartAsync(Actor actor, Draft draft, CancellationToken ct) => referrals.StartAsync(
        actor, new ChainId(draft[StartFields.Chain]),
        agreed => new StartForm(StartForm.FieldsOf(draft), agreed, words, time.GetUtcNow()).Command(draft.Id, actor.Organisation, agreed), ct);

    /// <summary>Says in the form why the engine refused.</summary>
    public void Say(FormInput form, ReferralRefusal refusal)
    {
        foreach (var fault in refusal.Faults.Count > 0 ? refusal.Faults : [refusal])
        {
            form.Fault("", words.Code("Referral.Refusal", fault.Code));
        }
    }

    /// <summary>What a page shows.</summary>
    public async Task<StartModel> ModelAsync(Visitor me, StartStep step, Draft? draft, FormInput form, bool comesFirst, CancellationToken ct, Guid? id = null)
    {
        var now = time.GetUtcNow();
        var agreed = await ChainOfAsync(form[StartFields.Chain], ct);
        var seen = draft?[StartFields.Seen] ?? "";
        var check = new StartForm(form, agreed, words, now);
        if (!form.IsValid)
        {
            // Once more for what the screen found; the faults are told already.
            var again = new StartForm(FormInput.Of(form.Fields.SelectMany(f => form.All(f).Select(v => (f, (string?)v)))), agreed, words, now);
            again.Check(step);
            check = again;
        }

        return new StartModel(step, draft?.Id ?? id ?? Guid.NewGuid(), form, now)
        {
            Chain = agreed?.Version,
            Withdrawn = agreed?.Withdrawn ?? new HashSet<OrganisationId>(),
            Chains = step == StartStep.Chain ? await ChainsAsync(ct) : [],
            Directory = await names.DirectoryAsync(ct),
            Hits = check.Hits,
            ComesFirst = comesFirst,
            ChainChanged = agreed is not null && seen.Length > 0 && seen != StartForm.SeenOf(agreed.Version),
            Sending = step == StartStep.Check && agreed is not null && draft is not null
                ? Sending.Play(new StartForm(StartForm.FieldsOf(draft), agreed, words, now).Command(draft.Id, me.Organisation, agreed), agreed, now)
                : null,
            IsSaved = draft is not null,
        };
    }

    private async Task<AgreedChain?> ChainOfAsync(string id, CancellationToken ct) => Engine.Codes.IsCode(id) ? await chains.InForceAsync(new ChainId(id), ct) : null;

    private async Task<IReadOnlyList<Choice>> ChainsAsync(CancellationToken ct)
    {
        var rows = (await chains.AllAsync([ChainBoard.StatusCode(ChainStatus.InForce)], null, ct)).Where(c => c.InForce is not null).ToList();
        var versions = await names.ChainsAsync(rows.Select(r => (r.Id, r.InForce!.Value)), ct);
        return
        [
            .. versions.Values.Select(v => new Choice(v.Id.Value, Words.Of(v.Title), v.Description is { } text ? Words.Of(text) : null))
                .OrderBy(c => c.Text, StringComparer.CurrentCulture),
        ];
    }
}
