using System.Collections.Frozen;
using System.Text.Json;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Reading;

/// <summary>
/// Reads what the review keeps of an event straight from its JSON, without making the event: some ten million of them are read when the
/// read side is built anew. Older shapes of an event go through the codec. Not for several threads at once.
/// </summary>
internal sealed class CaseEventReader(CodePool codes)
{
    private const int MaxDepth = 128;
    private const int MaxCode = 512;

    private static readonly FrozenDictionary<string, CaseChange> ByName =
        ReferralEventTypes.All.ToFrozenDictionary(t => t.Name, t => CaseEvent.Changes[t.Clr], StringComparer.Ordinal);

    /// <summary>
    /// Names of events that change nothing here. What is in no list is read, so that an event of a later version of the product is met and
    /// refused instead of being passed over.
    /// </summary>
    public static string[] Irrelevant { get; } =
        [.. EngineEvents.Codec.Types
            .Where(t => !CaseEvent.Changes.TryGetValue(t.Clr, out var change) || change == CaseChange.Nothing)
            .SelectMany(t => t.Upcasts.Select(u => u.Name).Prepend(t.Name))];

    /// <summary>What is kept of the event of this name.</summary>
    /// <exception cref="UnknownEventException">It is none that this program knows.</exception>
    /// <exception cref="JsonException">Something is missing or of another kind.</exception>
    public CaseEvent Read(string name, ReadOnlySpan<byte> json) =>
        ByName.TryGetValue(name, out var change) ? Read(change, json)
        : EngineEvents.Codec.Read(name, json) is ReferralEvent happened ? CaseEvent.Of(happened)
        : throw new UnknownEventException(name);

    private CaseEvent Read(CaseChange change, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        var e = new CaseEvent(change, 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            e = Property(e, ref reader);
        }

        return e.At == 0 || Missing(e) ? throw new JsonException($"something is missing in an event ({change})") : e;
    }

    private CaseEvent Property(in CaseEvent e, ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("at"u8))
        {
            return e with { At = Moment(ref reader) };
        }

        if (e.Change is not (CaseChange.Started or CaseChange.Closed or CaseChange.Reopened or CaseChange.Nothing) && reader.ValueTextEquals("assignment"u8))
        {
            reader.Read();
            return e with { Assignment = reader.GetGuid() };
        }

        return e.Change switch
        {
            CaseChange.Started => Started(e, ref reader),
            CaseChange.Offered => Offered(e, ref reader),
            CaseChange.Accepted when reader.ValueTextEquals("completeBy"u8) => e with { By = Moment(ref reader) },
            CaseChange.Completed when reader.ValueTextEquals("outcome"u8) => e with { Reason = Code(ref reader) },
            CaseChange.Declined or CaseChange.TakenBack or CaseChange.Closed when reader.ValueTextEquals("reason"u8) => e with { Reason = Code(ref reader) },
            _ => Skip(e, ref reader),
        };
    }

    private CaseEvent Started(in CaseEvent e, ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("referral"u8))
        {
            reader.Read();
            return e with { Referral = reader.GetGuid() };
        }

        if (reader.ValueTextEquals("chainVersion"u8))
        {
            reader.Read();
            return e with { Version = reader.GetInt32() };
        }

        return reader.ValueTextEquals("holder"u8) ? e with { Holder = Code(ref reader) }
            : reader.ValueTextEquals("chain"u8) ? e with { Chain = Code(ref reader) }
            : Skip(e, ref reader);
    }

    private CaseEvent Offered(in CaseEvent e, ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("step"u8) ? e with { Step = Code(ref reader) }
        : reader.ValueTextEquals("partner"u8) ? e with { Partner = Code(ref reader) }
        : reader.ValueTextEquals("place"u8) ? e with { Round = Round(ref reader) }
        : reader.ValueTextEquals("acknowledgeBy"u8) ? e with { By = Moment(ref reader) }
        : Skip(e, ref reader);

    private static CaseEvent Skip(in CaseEvent e, ref Utf8JsonReader reader)
    {
        reader.Skip();
        return e;
    }

    private static uint Moment(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.Null ? 0 : Moments.Of(reader.GetDateTimeOffset());

    private string Code(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.ValueSpan.Length > MaxCode)
        {
            return reader.GetString()!;
        }

        Span<char> letters = stackalloc char[MaxCode];
        return codes.Get(letters[..reader.CopyString(letters)]);
    }

    private byte Round(ref Utf8JsonReader reader) => CaseRounds.Of(Code(ref reader));

    private static bool Missing(in CaseEvent e) => e.Change switch
    {
        CaseChange.Nothing or CaseChange.Reopened => false,
        CaseChange.Started => e.Referral == default || e.Holder is null || e.Chain is null || e.Version == 0,
        CaseChange.Offered => e.Assignment == default || e.Step is null || e.Partner is null || e.Round == 0 || e.By == 0,
        CaseChange.Closed => e.Reason is null,
        CaseChange.Declined or CaseChange.Completed or CaseChange.TakenBack => e.Assignment == default || e.Reason is null,
        _ => e.Assignment == default,
    };
}
