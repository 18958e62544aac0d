using System.Diagnostics;

namespace Referrals.Api.Ui.Live;

/// <summary>Says in a sentence what others have changed.</summary>
public sealed class LiveText(Words words)
{
    /// <summary>The sentence for the page of a reader.</summary>
    public string Of(LiveReader reader)
    {
        var news = reader.News;
        return news.Unknown ? words["Live.Unknown"] : reader.Topic switch
        {
            LiveTopic.Lists => string.Join(" · ", Lists(news)),
            LiveTopic.Case one => One(one, news),
            LiveTopic.Draft => news.Types.Count > 0 ? words["Live.Draft.Changed"] : words["Live.Draft.Open", string.Join(", ", news.With)],
            _ => throw new UnreachableException(),
        };
    }

    private IEnumerable<string> Lists(LiveNews news)
    {
        (string Key, int Count)[] all =
        [
            ("NewAssignments", news.NewAssignments), ("Assignments", news.Assignments), ("NewReferrals", news.NewReferrals), ("Referrals", news.Referrals),
        ];
        return all.Where(a => a.Count > 0).Select(a => Count(a.Key, a.Count));
    }

    // One kind of change is named, several are not.
    private string One(LiveTopic.Case one, LiveNews news) =>
        (news.Types is [var only] ? words.Find($"Live.Event.{only.Replace('_', '-')}") : null)
        ?? words[one.StreamType == LiveTopic.ReferralStream ? "Live.Referral" : "Live.Assignment"];

    private string Count(string key, int count) => count > Counted.Most ? words[$"Live.List.{key}.Many", Counted.Shown(count)] : words.Count($"Live.List.{key}", count);
}
