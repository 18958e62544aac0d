using Referrals.Api.Ui.Forms;
using Referrals.Engine;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Pages.Casework;

/// <summary>Something that a caseworker does with a referral, as a form asks for it.</summary>
/// <param name="Name">Its name in the address.</param>
/// <param name="Read">Reads the command; null when something is wrong, which is noted in the form.</param>
/// <param name="MindsVersion">Whether it is refused when the referral has changed since the person saw it; else only where it doesn't fit any more.</param>
internal sealed record ReferralAct(string Name, Func<ActInput, ReferralCommand?> Read, bool MindsVersion = true)
{
    /// <summary>What the form is about: a place, an assignment, a question.</summary>
    public const string Target = "ziel";

    /// <summary>The answer to a question.</summary>
    public const string Text = "text";

    /// <summary>A partner.</summary>
    public const string Partner = "partner";

    /// <summary>Whether a part is included.</summary>
    public const string Included = "einbeziehen";

    /// <summary>Why.</summary>
    public const string Reason = "grund";

    /// <summary>A colleague.</summary>
    public const string Person = "person";

    /// <summary>Whether it is about all or <see cref="Some"/>.</summary>
    public const string Scope = "umfang";

    /// <summary>Some steps only.</summary>
    public const string Some = "schritte";

    /// <summary>These steps.</summary>
    public const string Steps = "schritt";

    /// <summary>Steps that are run again.</summary>
    public const string Again = "nochmals";

    /// <summary>Answer a question.</summary>
    public static readonly ReferralAct Answer = new("antworten", i => i.Note(Text) is { } text ? new ReferralCommand.Answer(new QuestionId(i.Id), text) : null, MindsVersion: false);

    /// <summary>Remind a partner.</summary>
    public static readonly ReferralAct Remind = new("erinnern", i => new ReferralCommand.Remind(new AssignmentId(i.Id)), MindsVersion: false);

    /// <summary>Move a step to another partner.</summary>
    public static readonly ReferralAct Reroute = new("umleiten", i => i.Chosen(Partner, "Referral.PartnerMissing") is { } p ? new ReferralCommand.Reroute(i.Place, new OrganisationId(p)) : null);

    /// <summary>Choose the partner of a step.</summary>
    public static readonly ReferralAct Choose = new("partner-waehlen", i => i.Chosen(Partner, "Referral.PartnerMissing") is { } p ? new ReferralCommand.ChoosePartner(i.Place, new OrganisationId(p)) : null);

    /// <summary>Include an optional part or leave it out.</summary>
    public static readonly ReferralAct Decide = new("teil", i => i.Form[Included] switch
    {
        "ja" => new ReferralCommand.DecidePart(i.Place, true),
        "nein" => new ReferralCommand.DecidePart(i.Place, false),
        _ => i.Fault(Included, "Referral.IncludedMissing"),
    });

    /// <summary>Leave a step out.</summary>
    public static readonly ReferralAct Skip = new("auslassen", i => new ReferralCommand.Skip(i.Place));

    /// <summary>Take the whole referral back.</summary>
    public static readonly ReferralAct Withdraw = new("zuruecknehmen", i => WithdrawalReasons!.Contains(i.Form[Reason])
        ? new ReferralCommand.Withdraw(i.Form[Reason]) : i.Fault(Reason, "Referral.ReasonMissing"));

    /// <summary>Close it early.</summary>
    public static readonly ReferralAct Close = new("beenden", _ => new ReferralCommand.Close());

    /// <summary>Record a consent.</summary>
    public static readonly ReferralAct Consent = new("einwilligung", i => i.Consent() is { } consent ? new ReferralCommand.RecordConsent(consent) : null);

    /// <summary>The client withdrew the consent.</summary>
    public static readonly ReferralAct WithdrawConsent = new("einwilligung-widerrufen", i => i.Form[Scope] != Some ? new ReferralCommand.WithdrawConsent()
        : i.Steps() is { Count: > 0 } steps ? new ReferralCommand.WithdrawConsent(steps) : i.Fault(Steps, "Referral.ConsentStepsMissing"));

    /// <summary>Record a release from secrecy.</summary>
    public static readonly ReferralAct Release = new("entbindung", i => i.Release() is { } release ? new ReferralCommand.RecordRelease(release) : null);

    /// <summary>The client withdrew the release from secrecy.</summary>
    public static readonly ReferralAct WithdrawRelease = new("entbindung-widerrufen", i => i.Form[Scope] != Some ? new ReferralCommand.WithdrawRelease()
        : i.Steps() is { Count: > 0 } steps ? new ReferralCommand.WithdrawRelease(steps) : i.Fault(Steps, "Referral.ConsentStepsMissing"));

    /// <summary>Let a step go on without a consent.</summary>
    public static readonly ReferralAct OverrideConsent = new("ohne-einwilligung", ReadOverride);

    /// <summary>Open it again.</summary>
    public static readonly ReferralAct Reopen = new("wieder-oeffnen", ReadReopen);

    /// <summary>Hand it to a colleague.</summary>
    public static readonly ReferralAct HandOver = new("uebergeben", i => i.Chosen(Person, "Referral.PersonMissing") is { } to ? new ReferralCommand.HandOver(to) : null, MindsVersion: false);

    /// <summary>Make the code of an offer worthless.</summary>
    public static readonly ReferralAct RevokeHandover = new("uebergabecode-widerrufen", i => new ReferralCommand.RevokeHandover(new AssignmentId(i.Id)), MindsVersion: false);

    /// <summary>Take the contact card of an offer back.</summary>
    public static readonly ReferralAct WithdrawCard = new("kontaktkarte-zurueckziehen", i => new ReferralCommand.WithdrawCard(new AssignmentId(i.Id)), MindsVersion: false);

    /// <summary>All.</summary>
    public static IReadOnlyList<ReferralAct> All { get; } =
        [Answer, Remind, Reroute, Choose, Decide, Skip, Withdraw, Close, Consent, WithdrawConsent, OverrideConsent, Release, WithdrawRelease, Reopen, HandOver, RevokeHandover, WithdrawCard];

    /// <summary>Why a referral is taken back, as codes.</summary>
    public static IReadOnlyList<string> WithdrawalReasons { get; } = ["client-request", "help-found", "need-changed", "moved-away", "entered-in-error", "other"];

    private static ReferralCommand.OverrideConsent? ReadOverride(ActInput input)
    {
        var ground = Enum.GetValues<LegalGround>().Cast<LegalGround?>().FirstOrDefault(g => g.ToString() == input.Form[Reason]);
        if (ground is null)
        {
            input.Fault(Reason, "Referral.GroundMissing");
        }

        return input.Note(Text) is { } text && ground is { } known ? new ReferralCommand.OverrideConsent([input.Place.Node], known, text) : null;
    }

    private static ReferralCommand.Reopen? ReadReopen(ActInput input)
    {
        var consent = input.View.State.Consent is null ? input.Consent() : null;
        return input.Form.IsValid ? new ReferralCommand.Reopen([.. input.Form.All(Again).Select(p => new Place(p))], consent) : null;
    }
}

/// <summary>A form that was sent about a referral.</summary>
internal sealed class ActInput(FormInput form, ReferralView view, IReadOnlyList<string> colleagues, Words words, DateOnly today)
{
    /// <summary>What was typed.</summary>
    public FormInput Form { get; } = form;

    /// <summary>The referral.</summary>
    public ReferralView View { get; } = view;

    /// <summary>What the screen found.</summary>
    public IReadOnlyList<ScreenHit> Hits { get; private set; } = [];

    /// <summary>The place that it is about.</summary>
    public Place Place => new(Form[ReferralAct.Target]);

    /// <summary>The steps chosen.</summary>
    public IReadOnlyList<NodeId> Steps() => [.. Form.All(ReferralAct.Steps).Select(s => new NodeId(s))];

    /// <summary>The assignment or question that it is about; one that can't be read is one that isn't there.</summary>
    public Guid Id => Guid.TryParse(Form[ReferralAct.Target], out var id) ? id : Guid.Empty;

    /// <summary>A free text, screened; null when something is wrong with it.</summary>
    public Note? Note(string field)
    {
        var (note, hits, fault) = NoteInput.Read(Form, field, words);
        Hits = hits;
        if (fault is not null)
        {
            Form.Fault(field, fault);
        }

        return note;
    }

    /// <summary>What was chosen in a field; null when nothing that can be.</summary>
    public string? Chosen(string field, string missing)
    {
        var chosen = Form[field];
        if (field == ReferralAct.Person ? colleagues.Contains(chosen) : Engine.Codes.IsCode(chosen))
        {
            return chosen;
        }

        Form.Fault(field, words[missing]);
        return null;
    }

    /// <summary>The consent; null when something is wrong with it.</summary>
    public Consent? Consent() => ConsentInput.Read(Form, View.Chain, today, words);

    /// <summary>The release from secrecy; null when something is wrong with it.</summary>
    public Release? Release() => ReleaseInput.Read(Form, View.Chain, today, words, optional: false);

    /// <summary>Notes a fault; no command.</summary>
    public ReferralCommand? Fault(string field, string key)
    {
        Form.Fault(field, words[key]);
        return null;
    }
}
