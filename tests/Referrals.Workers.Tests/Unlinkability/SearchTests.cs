using System.Text;
using Referrals.LocalServers.Leaks;

namespace Referrals.Workers.Tests.Unlinkability;

/// <summary>The searches find what is planted: a search that finds nothing anywhere would prove nothing.</summary>
public sealed class SearchTests
{
    private static readonly Guid Id = Guid.Parse("c0ffee42-5a17-4c0d-9d3b-2f8f6f6f1a2b");
    private static readonly byte[] Bytes = Id.ToByteArray(bigEndian: true);

    public static TheoryData<string> Spellings =>
    [
        Id.ToString("D"), Id.ToString("N"), Id.ToString("B"), Id.ToString("D").ToUpperInvariant(), Id.ToString("N").ToUpperInvariant(), Id.ToString("N")[..8],
        Convert.ToBase64String(Bytes), Convert.ToBase64String(Id.ToByteArray()), Convert.ToBase64String(Bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
        Convert.ToBase64String([7, .. Bytes]), Convert.ToBase64String([7, 8, .. Bytes]), Convert.ToBase64String(Encoding.UTF8.GetBytes("case qxz7wv9k-12")),
        Encoding.Latin1.GetString(Bytes), Encoding.Latin1.GetString(Id.ToByteArray()), Convert.ToHexString(Id.ToByteArray()), "QXZ7WV9K-0815",
        Convert.ToHexString(Encoding.UTF8.GetBytes("qxz7wv9k-0815")),
    ];

    [Theory]
    [MemberData(nameof(Spellings))]
    public void A_canary_is_found_in_every_spelling(string spelling)
    {
        var search = Search();
        search.Search("log", $"Something about <{spelling}> happened");
        Assert.NotEmpty(search.Leaks);
        Assert.All(search.Leaks, l => Assert.Equal("log", l.Channel));
    }

    [Fact]
    public void What_is_harmless_is_not_reported()
    {
        var search = Search();
        search.Search("log", $"Message {Guid.NewGuid()} was handled in 2026-11-23T13:00:00Z, {Convert.ToBase64String(Guid.NewGuid().ToByteArray())}");
        Assert.Empty(search.Leaks);
    }

    [Fact]
    public void A_value_that_follows_the_client_is_reported_and_a_word_that_all_share_is_not()
    {
        var (search, clients) = (new LinkSearch(), new Dictionary<Guid, int>());
        for (var i = 0; i < 400; i++)
        {
            var (assignment, client) = (Guid.NewGuid(), i / 2);
            clients[assignment] = client;
            search.AddJson(
                assignment, "offer", $$"""{"assignment":"{{assignment}}","step":"{{(i % 3 == 0 ? "debt" : "childcare")}}","trace":"00-{{client:x32}}-{{i:x16}}-01","facts":[{"number":{{client}}}],"at":"2026-11-23T13:05:00Z","sent":"2026-11-23T13:05:07.25Z"}""",
                timesToo: true);
        }

        Assert.Equal(["offer.facts[].number", "offer.trace"], search.Links(clients).Select(l => l.Field));
        Assert.Equal(["offer.sent"], search.FineTimes);
    }

    private static LeakSearch Search() => new([Canary.OfBytes("referral", Bytes[..8]), Canary.OfText("case", "qxz7wv9k-")]);
}
