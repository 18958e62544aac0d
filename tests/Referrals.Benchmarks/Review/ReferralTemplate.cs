using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Referrals.Engine.History;
using Referrals.Engine.Network;

namespace Referrals.Benchmarks.Review;

/// <summary>One copy of a template.</summary>
/// <param name="Number">Which copy over all templates; gives the copy its own ids.</param>
/// <param name="Later">By how much everything in it is later.</param>
internal readonly record struct TemplateCopy(int Number, TimeSpan Later)
{
    /// <summary>The copy's id for the n-th id of the template; the stream's is 0.</summary>
    public Guid Id(int n)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt32BigEndian(bytes, Number);
        BinaryPrimitives.WriteInt16BigEndian(bytes[4..], (short)n);
        bytes[6] = 0x80;
        bytes[8] = 0x80;
        return new Guid(bytes, bigEndian: true);
    }
}

/// <summary>A finished referral's stream as the engine wrote it, ready to be copied under other ids and at other times.</summary>
internal sealed partial class ReferralTemplate
{
    private ReferralTemplate(string tenant, IReadOnlyList<Event> events) => (Tenant, Events) = (tenant, events);

    /// <summary>Whose it is.</summary>
    public string Tenant { get; }

    /// <summary>Its events.</summary>
    public IReadOnlyList<Event> Events { get; }

    /// <summary>Of a stream.</summary>
    public static ReferralTemplate Of(IReadOnlyList<RecordedEvent> stream)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal) { [stream[0].Stream.Id.ToString()] = 0 };
        return new ReferralTemplate(stream[0].Stream.Tenant, [.. stream.Select(e => new Event(
            e.Type, $"{e.Data.GetType().FullName}, {e.Data.GetType().Assembly.GetName().Name}", e.Context.User, e.Context.At, Cut(e, ids)))]);
    }

    private static List<Piece> Cut(RecordedEvent happened, Dictionary<string, int> ids)
    {
        var (json, pieces, at) = (Encoding.UTF8.GetString(EngineEvents.Codec.Write(happened.Data)), new List<Piece>(), 0);
        foreach (Match match in Changing().Matches(json))
        {
            pieces.Add(new Piece.Same(Encoding.UTF8.GetBytes(json[at..match.Index])));
            at = match.Index + match.Length;
            if (match.Groups["id"].Success)
            {
                if (!ids.TryGetValue(match.Value, out var n))
                {
                    ids[match.Value] = n = ids.Count;
                }

                pieces.Add(new Piece.Id(n));
            }
            else
            {
                pieces.Add(match.Groups["time"].Success
                    ? new Piece.Time(DateTimeOffset.Parse(match.Value, CultureInfo.InvariantCulture))
                    : new Piece.Day(DateOnly.Parse(match.Value, CultureInfo.InvariantCulture)));
            }
        }

        return [.. pieces, new Piece.Same(Encoding.UTF8.GetBytes(json[at..]))];
    }

    [GeneratedRegex(@"(?<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})|(?<time>\d{4}-\d\d-\d\dT[0-9:.]+(Z|[+-]\d\d:\d\d))|(?<day>(?<="")\d{4}-\d\d-\d\d(?=""))")]
    private static partial Regex Changing();

    /// <summary>An event of the template.</summary>
    internal sealed record Event(string Type, string DotnetType, string User, DateTimeOffset At, IReadOnlyList<Piece> Pieces)
    {
        /// <summary>The event's JSON in a copy.</summary>
        public void Write(in TemplateCopy copy, ArrayBufferWriter<byte> to)
        {
            foreach (var piece in Pieces)
            {
                piece.Write(copy, to);
            }
        }
    }

    /// <summary>A piece of an event's JSON.</summary>
    internal abstract record Piece
    {
        private Piece() { }

        /// <summary>Writes it for a copy.</summary>
        public abstract void Write(in TemplateCopy copy, ArrayBufferWriter<byte> to);

        /// <summary>The same in every copy.</summary>
        internal sealed record Same(byte[] Bytes) : Piece
        {
            /// <inheritdoc/>
            public override void Write(in TemplateCopy copy, ArrayBufferWriter<byte> to) => to.Write(Bytes);
        }

        /// <summary>An id.</summary>
        internal sealed record Id(int Number) : Piece
        {
            /// <inheritdoc/>
            public override void Write(in TemplateCopy copy, ArrayBufferWriter<byte> to) => Format(copy.Id(Number), "D", to);
        }

        /// <summary>A time.</summary>
        internal sealed record Time(DateTimeOffset At) : Piece
        {
            /// <inheritdoc/>
            public override void Write(in TemplateCopy copy, ArrayBufferWriter<byte> to) => Format(At + copy.Later, "yyyy-MM-ddTHH:mm:sszzz", to);
        }

        /// <summary>A day.</summary>
        internal sealed record Day(DateOnly On) : Piece
        {
            /// <inheritdoc/>
            public override void Write(in TemplateCopy copy, ArrayBufferWriter<byte> to) => Format(On.AddDays(copy.Later.Days), "yyyy-MM-dd", to);
        }

        private static void Format<T>(T value, string format, ArrayBufferWriter<byte> to)
            where T : IUtf8SpanFormattable
        {
            const int longest = 64;
            if (!value.TryFormat(to.GetSpan(longest), out var written, format, CultureInfo.InvariantCulture))
            {
                throw new InvalidOperationException($"{value} does not fit");
            }

            to.Advance(written);
        }
    }
}
