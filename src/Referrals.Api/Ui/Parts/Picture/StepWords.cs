using System.Diagnostics;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Parts.Picture;

/// <summary>What the box of a step says: with whom it is, where it stands, what is due.</summary>
internal sealed class StepWords(PictureSource source)
{
    private readonly Words _words = source.Words;
    private readonly Dates _dates = new(source.Words);
    // A draft may have no federal state yet; a chain that referrals run on has one.
    private WorkingCalendar Calendar => source.Chain.Calendar();

    public PictureNode.Box Box(ChainNode.Step step, Place place, bool faded)
    {
        var says = source.Live is { } live ? Live(step, place, live, faded) : Planned(step);
        var href = source.Href is { } custom ? custom(place) : source.Live is null ? null : "#" + StepAnchor.Of(place);
        return new PictureNode.Box(place, says.Tone, faded, _words.StepTitle(step), says.Partner, says.Status, says.Detail, says.Who, href);
    }

    private Says Planned(ChainNode.Step step) => new(
        PictureTone.Planned,
        Candidates(step),
        _words.Count("Picture.StepAcknowledgeWithin", step.AcknowledgeWithin),
        step.CompleteWithin is { } days ? _words.Count("Picture.StepCompleteWithin", days) : _words["Picture.StepCompleteAny"]);

    private string Candidates(ChainNode.Step step) => step.Partners.Count < 2
        ? step.Partners is [var only] ? source.Organisation(only) : _words["Picture.PartnersNone"]
        : step.Offer switch
        {
            OfferMode.InOrder => _words["Picture.PartnersInOrder", source.Organisation(step.Partners[0])],
            OfferMode.FirstToAccept => _words["Picture.PartnersAtOnce", step.Partners.Count],
            OfferMode.Chosen => _words["Picture.PartnersChosen", step.Partners.Count],
            _ => throw new UnreachableException(),
        };

    private Says Live(ChainNode.Step step, Place place, LiveReferral live, bool faded)
    {
        var run = live.State.Run(place);
        var offers = run.Offers.Select(id => live.State.Offers[id]).ToList();
        var waiting = live.Next.Waiting.FirstOrDefault(w => w.Place == place);
        if (run.End is { } end)
        {
            return Ended(step, end, offers);
        }

        if (waiting is not null && live.State.Ended is null)
        {
            return Waits(step, waiting, offers, live);
        }

        var open = offers.Where(o => o.IsOpen).ToList();
        if (open.Count > 0)
        {
            return Open(step, open, live) with { Who = live.Who(place) };
        }

        return offers.Count > 0 ? Given(offers[^1]) : NotBegun(step, live, faded);
    }

    private Says NotBegun(ChainNode.Step step, LiveReferral live, bool faded)
    {
        var partner = live.State.Start.Partners.TryGetValue(step.Id, out var chosen) ? source.Organisation(chosen) : Candidates(step);
        var status = _words[faded || live.State.Ended is not null ? "Picture.StepDropped" : "Picture.StepNotBegun"];
        return new Says(PictureTone.Planned, partner, status, null);
    }

    private Says Ended(ChainNode.Step step, StepEnd end, List<Offer> offers)
    {
        var done = offers.Find(o => o.Status == OfferStatus.Completed);
        if (end.Outcome == OutcomeCodes.Skipped || done is null)
        {
            return new Says(PictureTone.Stopped, offers.Count > 0 ? source.Organisation(offers[^1].Partner) : Candidates(step), _words["Picture.StepSkipped"], null);
        }

        var days = Calendar.WorkingDaysBetween(done.AcceptedAt ?? done.OfferedAt, end.At.AddTicks(1));
        var status = days == 0 ? _words["Picture.StepDoneSameDay"] : _words["Picture.StepDoneIn", _dates.WorkingDays(days, step.CompleteWithin)];
        var outcome = _words["Picture.StepOutcome", Words.Of(source.Chain.TitleOf(end.Outcome))];
        return new Says(PictureTone.Done, source.Organisation(done.Partner), status, outcome);
    }

    private Says Waits(ChainNode.Step step, Waiting waiting, List<Offer> offers, LiveReferral live)
    {
        var declined = offers.FindLast(o => o.Status == OfferStatus.Declined);
        var partner = declined is null ? Candidates(step) : source.Organisation(declined.Partner);
        var status = waiting.For switch
        {
            WaitingFor.Partner when declined is not null => _words["Picture.StepDeclinedDecide"],
            WaitingFor.Partner => _words["Picture.StepChoosePartner"],
            WaitingFor.Consent => _words["Picture.StepConsentMissing"],
            WaitingFor.Release => _words["Picture.StepReleaseMissing"],
            WaitingFor.Part => _words["Picture.OptionalWaiting"],
            _ => throw new UnreachableException(),
        };
        var reason = declined?.Outcome is { } code ? _words["Picture.StepReason", Reason(code)] : null;
        return new Says(PictureTone.Waiting, partner, status, reason, live.Who(waiting.Place));
    }

    private Says Open(ChainNode.Step step, List<Offer> open, LiveReferral live)
    {
        if (open.Find(o => o.IsAccepted) is null && open.Count > 1)
        {
            var due = open.Min(o => o.AcknowledgeBy);
            var first = open.MinBy(o => o.AcknowledgeBy)!;
            return With(step, first, live, due) with { Partner = _words["Picture.StepOfferedTo", open.Count] };
        }

        var offer = open.Find(o => o.IsAccepted) ?? open[0];
        return With(step, offer, live, offer.DueAt);
    }

    private Says With(ChainNode.Step step, Offer offer, LiveReferral live, DateTimeOffset? due)
    {
        var status = offer.HasOpenQuestion ? _words["Picture.StatusQuestion"] : _words[Status(offer.Status)];
        var partner = source.Organisation(offer.Partner);
        if (due is not { } by)
        {
            return new Says(offer.HasOpenQuestion ? PictureTone.Waiting : PictureTone.Active, partner, status, null);
        }

        var (from, agreed) = offer.IsAccepted ? (offer.AcceptedAt ?? offer.OfferedAt, step.CompleteWithin) : (offer.OfferedAt, step.AcknowledgeWithin);
        var days = _dates.WorkingDays(Calendar.WorkingDaysBetween(from, live.Now.AddTicks(1)), agreed);
        if (by <= live.Now)
        {
            var since = _words["Picture.StepLate", status, _dates.Due(by, live.Now), _dates.ShortDay(Dates.LastDay(by), live.Now)];
            return new Says(PictureTone.Late, partner, _words["Picture.StepOverdue", days], since);
        }

        var ahead = _words["Picture.StepDue", _dates.Due(by, live.Now), _dates.ShortDay(Dates.LastDay(by), live.Now)];
        return new Says(offer.HasOpenQuestion ? PictureTone.Waiting : PictureTone.Active, partner, _words["Picture.StepStands", status, days], ahead);
    }

    private Says Given(Offer last) => last.Status switch
    {
        OfferStatus.Declined => new Says(PictureTone.Stopped, source.Organisation(last.Partner), _words["Picture.StatusDeclined"],
            last.Outcome is { } code ? _words["Picture.StepReason", Reason(code)] : null),
        OfferStatus.Withdrawn => new Says(PictureTone.Stopped, source.Organisation(last.Partner), _words["Picture.StatusWithdrawn"], null),
        _ => throw new UnreachableException(),
    };

    private string Reason(string code) => _words.Find($"Timeline.Decline.{code}") ?? code;

    private static string Status(OfferStatus status) => status switch
    {
        OfferStatus.Offered => "Picture.StatusOffered",
        OfferStatus.Received => "Picture.StatusReceived",
        OfferStatus.Acknowledged => "Picture.StatusAcknowledged",
        OfferStatus.Accepted => "Picture.StatusAccepted",
        OfferStatus.Started => "Picture.StatusStarted",
        OfferStatus.Paused => "Picture.StatusPaused",
        OfferStatus.Completed => "Picture.StatusCompleted",
        OfferStatus.Declined => "Picture.StatusDeclined",
        OfferStatus.Withdrawn => "Picture.StatusWithdrawn",
        _ => throw new UnreachableException(),
    };

    private sealed record Says(PictureTone Tone, string Partner, string Status, string? Detail, string? Who = null);
}
