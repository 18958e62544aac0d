using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Pages.Casework;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Pages.StartReferral;

/// <summary>Reads what was typed on the pages of the guided start, page by page, against the chain that is in force.</summary>
internal sealed class StartForm(FormInput form, AgreedChain? chain, Words words, DateTimeOffset now)
{
    private readonly DateOnly _today = WorkingCalendar.LocalDay(now);

    /// <summary>What the screen found in the case reference or the note.</summary>
    public IReadOnlyList<ScreenHit> Hits { get; private set; } = [];

    /// <summary>Whether a page is complete and right; what is not is noted in the form.</summary>
    /// <param name="step">The page.</param>
    /// <param name="lenient">What is missing is no fault: a draft may be kept without it. Free text is never kept unscreened.</param>
    public bool Check(StartStep step, bool lenient = false)
    {
        var before = form.Faults.Count;
        if (step == StartStep.Chain)
        {
            CheckChain();
        }
        else if (step == StartStep.Case)
        {
            CaseReference(lenient);
        }
        else if (chain is not null && step == StartStep.Consent)
        {
            ConsentInput.Read(form, chain.Version, _today, words, lenient);
            ReleaseInput.Read(form, chain.Version, _today, words, optional: true);
        }
        else if (chain is not null && step == StartStep.Partners)
        {
            CheckSeen(lenient);
            Partners();
            Parts();
            FactInput.Read(form, chain.Version, words, lenient);
        }
        else if (step == StartStep.Note)
        {
            Note();
        }

        return form.Faults.Count == before && (chain is not null || lenient);
    }

    /// <summary>The first page before this one that is not complete, or null.</summary>
    public static StartStep? FirstIncomplete(Draft? draft, StartStep until, AgreedChain? chain, Words words, DateTimeOffset now) =>
        StartStep.All.TakeWhile(s => s != until)
            .FirstOrDefault(s => draft is null || !new StartForm(FieldsOf(draft), chain, words, now).Check(s));

    /// <summary>A draft's fields as a form.</summary>
    public static FormInput FieldsOf(Draft draft) => FormInput.Of(draft.Fields.SelectMany(f => f.Value.Select(v => (f.Key, (string?)v))));

    /// <summary>What is sent; to be asked only when every page is complete.</summary>
    public ReferralCommand.Start Command(Guid id, OrganisationId holder, AgreedChain agreed) => new(
        new ReferralId(id), holder, agreed.ContentHash, CaseReference(lenient: false) ?? "",
        ConsentInput.Read(form, agreed.Version, _today, words) ?? throw new InvalidOperationException("the consent is not complete"),
        FactInput.Read(form, agreed.Version, words, lenient: false), Partners(), Parts(), Note(),
        Release: ReleaseInput.Read(form, agreed.Version, _today, words, optional: true));

    /// <summary>What stands for the version of a chain whose partners and facts somebody saw.</summary>
    public static string SeenOf(ChainVersion chain) => $"{chain.Id}/{chain.Version}";

    private void CheckChain()
    {
        if (form[StartFields.Chain].Length == 0)
        {
            form.Fault(StartFields.Chain, words["Start.ChainMissing"]);
        }
        else if (chain is null)
        {
            form.Fault(StartFields.Chain, words["Start.ChainGone"]);
        }
    }

    private void CheckSeen(bool lenient)
    {
        if (!lenient && form[StartFields.Seen] != SeenOf(chain!.Version))
        {
            form.Fault("", words["Start.ChainChanged", chain.Version.Version]);
        }
    }

    private string? CaseReference(bool lenient)
    {
        var typed = form[StartFields.CaseReference];
        if (typed.Length == 0 && lenient)
        {
            return null;
        }

        switch (NoteScreen.ScreenCaseReference(typed))
        {
            case ScreenResult.Passed passed:
                return passed.Note.Text;
            case ScreenResult.Blocked blocked:
                Hits = blocked.Hits;
                form.Fault(StartFields.CaseReference, words["Start.CaseBlocked", string.Join(", ", blocked.Hits.Select(h => words.Code("Screen", h.Kind)).Distinct())]);
                return null;
            case ScreenResult.Unusable:
                form.Fault(StartFields.CaseReference, words[typed.Length == 0 ? "Start.CaseMissing" : "Start.CaseWrong", NoteScreen.MaxCaseReferenceLength]);
                return null;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private Note? Note()
    {
        var typed = form[StartFields.Note];
        if (typed.Length == 0)
        {
            return null;
        }

        var (note, hits, fault) = NoteInput.Read(form, StartFields.Note, words);
        Hits = hits;
        if (fault is not null)
        {
            form.Fault(StartFields.Note, fault);
        }

        return note;
    }

    private Dictionary<NodeId, OrganisationId> Partners()
    {
        var chosen = new Dictionary<NodeId, OrganisationId>();
        foreach (var step in chain!.Version.Steps().Where(s => s.Offer == OfferMode.Chosen))
        {
            var typed = form[StartFields.Partner + step.Id.Value];
            if (step.Partners.Contains(new OrganisationId(typed)))
            {
                chosen[step.Id] = new OrganisationId(typed);
            }
            else if (typed is not ("" or StartFields.Later))
            {
                form.Fault(StartFields.Partner + step.Id.Value, words["Start.PartnerWrong"]);
            }
        }

        return chosen;
    }

    private Dictionary<NodeId, bool> Parts() => chain!.Version.Nodes().OfType<ChainNode.Optional>()
        .Select(o => (o.Id, Typed: form[StartFields.Part + o.Id.Value])).Where(o => o.Typed is FactInput.Yes or FactInput.No)
        .ToDictionary(o => o.Id, o => o.Typed == FactInput.Yes);
}
