using System.Text.Json;
using Referrals.Engine.Assignments;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Contracts;
using Referrals.Engine.Referrals;
using Referrals.Workers.Commands.Demo;
using Referrals.Workers.Tests.Commands;

namespace Referrals.Workers.Tests.Unlinkability;

/// <summary>
/// Thousands of referrals along all chains of the demo network, with everything that people do in them, through the engine and its messages: no
/// message and no event of a partner carries the referral, the case or the caseworker, or follows the referral.
/// </summary>
public sealed class HistoryLinksTests(ITestOutputHelper output)
{
    private const int Referrals = 2_000;
    private const int Months = 6;

    // What the sender says on purpose: see the decision on unlinkability.
    private static readonly string[] Told = ["note", "facts"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_message_and_no_event_of_a_partner_tells_which_assignments_belong_together()
    {
        var (play, log) = await MemoryHistory.OfAsync(Months, 11, Referrals, Ct);
        var (ids, cases, logins, clients) = Secrets(play);
        HashSet<string> all = [.. cases, .. logins];
        var (links, messages) = (new LinkSearch(), 0);
        for (var sequence = 1L; await log.ReadEventAsync(sequence, Ct) is { } recorded; sequence++)
        {
            if (recorded.Data is ReferralEvent && Outgoing.From(recorded) is { } message)
            {
                messages++;
                var json = JsonSerializer.Serialize(message.Body, message.Body.GetType(), EventCodec.Json);
                AssertNoSecret(json, ids, all);
                if (Of(message.Body) is { } assignment)
                {
                    links.AddJson(assignment, message.Body.GetType().Name, json, timesToo: true);
                    links.Add(assignment, $"{message.Body.GetType().Name} id", message.Id.ToString(), timesToo: true);
                }
            }
            else if (recorded.Data is AssignmentEvent happened)
            {
                var json = JsonSerializer.Serialize<object>(new { recorded.Data, recorded.Context.Causation, recorded.Context.Correlation, recorded.Context.TraceParent }, EventCodec.Json);

                // Sign-in names are those of its own people, who may be somebody's caseworkers too.
                AssertNoSecret(json, ids, cases);
                links.AddJson(happened.Assignment.Value, recorded.Type, json, timesToo: false);
            }
        }

        var found = links.Links(clients);
        output.WriteLine($"{play.Lives.Count} referrals, {messages} messages, {clients.Count} assignments, {links.Fields.Count} fields; these follow the referral: {string.Join(", ", found)}");
        Assert.InRange(clients.Count, Referrals, int.MaxValue);
        Assert.DoesNotContain(found, l => !l.Field.Split('.', '[').Any(Told.Contains));
        Assert.Empty(links.FineTimes);
    }

    private static (HashSet<string> Ids, HashSet<string> Cases, HashSet<string> Logins, Dictionary<Guid, int> Clients) Secrets(HistoryPlay play)
    {
        var (ids, cases, logins, clients) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>(), new Dictionary<Guid, int>());
        foreach (var life in play.Lives.Where(l => l.State is not null))
        {
            var id = life.Id.Value;
            ids.UnionWith([id.ToString("n")[..8], Convert.ToHexStringLower(id.ToByteArray())[..8]]);
            cases.UnionWith([life.State!.Start.CaseReference, Convert.ToBase64String(id.ToByteArray()), Convert.ToBase64String(id.ToByteArray(bigEndian: true))]);
            if (life.State.Start.Caseworker is { } caseworker)
            {
                logins.Add(caseworker);
            }

            foreach (var assignment in life.State.Offers.Keys)
            {
                clients[assignment.Value] = life.Arrival.Index;
            }
        }

        return (ids, cases, logins, clients);
    }

    // Ids by the first eight digits of whatever is written in hexadecimal; everything else as a whole value.
    private static void AssertNoSecret(string json, HashSet<string> ids, HashSet<string> words)
    {
        using var document = JsonDocument.Parse(json);
        AssertNoSecret(document.RootElement, ids, words);
    }

    private static void AssertNoSecret(JsonElement element, HashSet<string> ids, HashSet<string> words)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    AssertNoSecret(property.Value, ids, words);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    AssertNoSecret(item, ids, words);
                }

                break;
            case JsonValueKind.String:
                var text = element.GetString()!;
                Assert.DoesNotContain(text, words);
                foreach (var part in text.Split('-', ' ', '/', ':', '{', '}').Where(p => p.Length >= 8))
                {
                    Assert.DoesNotContain(part[..8].ToLowerInvariant(), ids);
                    Assert.DoesNotContain(part, words);
                }

                break;
            default:
                break;
        }
    }

    private static Guid? Of(IMessageV1 message) => message switch
    {
        OfferV1 m => m.Assignment,
        AnswerV1 m => m.Assignment,
        ReminderV1 m => m.Assignment,
        WithdrawalV1 m => m.Assignment,
        HandoverV1 m => m.Assignment,
        HandoverRevokedV1 m => m.Assignment,
        _ => null,
    };
}
