using System.Diagnostics;
using Referrals.Engine;

namespace Referrals.Workers.Commands.Drive;

/// <summary>Plays one referral through the API, as the case holder and as each partner.</summary>
internal sealed class ApiStage(ApiNetwork network, string run, OrganisationId holder) : IStage
{
    private const int MostTries = 6;

    private readonly Dictionary<Guid, string?> _versions = [];
    private Guid _referral;
    private int _calls;

    /// <summary>How many events its histories have, on all sides, as far as seen.</summary>
    public long Events => _versions.Values.Sum(v => long.TryParse(v?.Trim('"'), out var version) ? version : 0);

    /// <summary>The last picture seen, or null.</summary>
    public Picture? Last { get; private set; }

    /// <inheritdoc/>
    public async Task<Picture> StartAsync(StartPlan plan, CancellationToken ct)
    {
        var body = new
        {
            chain = plan.Chain.Version.Id,
            caseReference = plan.CaseReference,
            consent = plan.Consent,
            facts = plan.Facts,
            partners = plan.Partners,
            parts = plan.Parts,
            note = plan.Note,
            release = plan.Release,
        };
        var started = await network.Of(holder).Api.PostAsync<ApiShapes.Referral>("/api/v1/referrals", body, Key(), null, ct);
        _referral = started.Body.Id;
        return await SettleAsync(_ => true, ct);
    }

    /// <inheritdoc/>
    public async Task<Picture> DoAsync(Move move, CancellationToken ct)
    {
        if (move is Move.Work work)
        {
            return await WorkAsync(work, ct);
        }

        var (action, body) = ActionOf(move);
        await PostAsync<ApiShapes.Referral>(holder, $"/api/v1/referrals/{_referral}", _referral, action, body, ct);
        if (move is Move.Answer answer)
        {
            await network.Of(answer.Offer.Partner).Assignments.AwaitAsync(answer.Offer.Assignment.Value, line => !line.QuestionOpen, ct);
        }

        return await SettleAsync(_ => true, ct);
    }

    private async Task<Picture> WorkAsync(Move.Work work, CancellationToken ct)
    {
        var (id, partner) = (work.Offer.Assignment, work.Offer.Partner);
        await network.Of(partner).Assignments.AwaitAsync(id.Value, _ => true, ct);
        foreach (var act in work.Acts)
        {
            var (action, body) = ActionOf(act);
            await PostAsync<ApiShapes.Assignment>(partner, $"/api/v1/assignments/{id}", id.Value, action, body, ct);
        }

        return await SettleAsync(now => Shows(now, work), ct);
    }

    // The case holder knows of everything that the partner has done when it knows of the last thing: messages come in order.
    private static bool Shows(Picture now, Move.Work work)
    {
        var offer = now.Offers.FirstOrDefault(o => o.Assignment == work.Offer.Assignment);
        return work.Acts[^1] switch
        {
            Act.Ask => offer?.Questions.Count > work.Offer.Questions.Count,
            Act.Acknowledge => offer?.Status == "acknowledged",
            Act.Accept => offer?.Status == "accepted",
            Act.Decline => offer?.Status == "declined",
            Act.Start or Act.Resume => offer?.Status == "started",
            Act.Pause => offer?.Status == "paused",
            Act.Complete => offer?.Status == "completed",
            _ => throw new UnreachableException(),
        };
    }

    // Until every offer has arrived, so that the picture doesn't depend on how fast messages are.
    private async Task<Picture> SettleAsync(Func<Picture, bool> wanted, CancellationToken ct)
    {
        DateTimeOffset? seen = null;
        while (true)
        {
            seen = (await network.Of(holder).Referrals.AwaitAsync(_referral, line => line.ChangedAt != seen, ct)).ChangedAt;
            var answer = await network.Of(holder).Api.GetAsync<ApiShapes.Referral>($"/api/v1/referrals/{_referral}", ct);
            _versions[_referral] = answer.Version;
            var now = Last = answer.Body.Picture();
            if (wanted(now) && now.Offers.All(o => o.Status != "offered"))
            {
                return now;
            }
        }
    }

    private async Task PostAsync<T>(OrganisationId by, string path, Guid id, string action, object body, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                _versions[id] = (await network.Of(by).Api.PostAsync<T>($"{path}/{action}", body, Key(), _versions.GetValueOrDefault(id), ct)).Version;
                return;
            }
            catch (ChangedMeanwhileException) when (tries < MostTries)
            {
                network.Log.Again();
                _versions[id] = (await network.Of(by).Api.GetAsync<T>(path, ct)).Version;
            }
        }
    }

    private string Key() => $"{run}-{++_calls}";

    private static (string Action, object Body) ActionOf(Move move) => move switch
    {
        Move.Answer m => ("answers", new { question = m.Question, text = m.Text }),
        Move.Remind m => ("reminders", new { assignment = m.Offer.Assignment }),
        Move.Choose m => ("partner-choices", new { place = m.Place, partner = m.Partner }),
        Move.Reroute m => ("reroutes", new { place = m.Place, partner = m.Partner }),
        Move.Skip m => ("skips", new { place = m.Place }),
        Move.DecidePart m => ("part-decisions", new { place = m.Place, included = m.Included }),
        Move.RecordConsent m => ("consent", m.Consent),
        Move.WithdrawConsent => ("consent-withdrawal", new { }),
        Move.Withdraw m => ("withdrawal", new { reason = m.Reason }),
        Move.Close => ("closure", new { }),
        Move.Reopen m => ("reopening", new { again = m.Again }),
        _ => throw new UnreachableException(),
    };

    private static (string Action, object Body) ActionOf(Act act) => act switch
    {
        Act.Acknowledge => ("acknowledgement", new { }),
        Act.Accept => ("acceptance", new { }),
        Act.Decline a => ("refusal", new { reason = a.Reason, note = a.Note }),
        Act.Ask a => ("questions", new { text = a.Text }),
        Act.FirstContact => ("first-contact", new { }),
        Act.Start => ("start", new { }),
        Act.Pause => ("pause", new { }),
        Act.Resume => ("resumption", new { }),
        Act.Complete a => ("completion", new { outcome = a.Outcome, facts = a.Facts }),
        _ => throw new UnreachableException(),
    };
}
