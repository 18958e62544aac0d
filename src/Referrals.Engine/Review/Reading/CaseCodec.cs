using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Reading;

/// <summary>
/// The part of a case that no column holds, as bytes: version (one byte), position of its end, how often it was opened again and how it
/// first ended, its codes once each, its visits. Numbers as variable-length integers (LEB128), times as differences to the time of the offer; what did not happen
/// takes no room.
/// </summary>
internal static class CaseCodec
{
    /// <summary>The version that is written. A later one is read beside it until everything was built anew.</summary>
    public const byte Version = 2;

    // Without the first end of what was opened again.
    private const byte WithoutFirstEnd = 1;

    /// <summary>Writes the body of a case.</summary>
    public static void Write(ReviewCase known, IBufferWriter<byte> to)
    {
        var writer = new VarintWriter(to);
        var codes = Codes(known.Visits);
        writer.Byte(Version);
        writer.Signed(known.EndedAt);
        writer.Unsigned((ulong)known.Reopened);
        WriteFirstEnd(known, ref writer);
        writer.Unsigned((ulong)codes.Count);
        foreach (var code in codes)
        {
            writer.Text(code);
        }

        writer.Unsigned((ulong)known.Visits.Length);
        foreach (ref readonly var visit in known.Visits.AsSpan())
        {
            Write(visit, known, codes, ref writer);
        }

        writer.Flush();
    }

    /// <summary>Reads the body of a case whose other fields are known.</summary>
    /// <exception cref="InvalidDataException">It is not what <see cref="Write(ReviewCase, IBufferWriter{byte})"/> wrote.</exception>
    public static ReviewCase Read(ReviewCase known, ReadOnlySpan<byte> body, CodePool pool)
    {
        var reader = new VarintReader(body);
        var version = reader.Byte();
        if (version is not (Version or WithoutFirstEnd))
        {
            throw new InvalidDataException($"a case is written in version {version}");
        }

        known = known with { EndedAt = reader.Signed(), Reopened = reader.Count() };
        known = known with { FirstEnd = version == Version && known.Reopened > 0 ? ReadFirstEnd(known, ref reader) : null };
        var codes = new string[reader.Count()];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = pool.Get(reader.Text());
        }

        var visits = new Visit[reader.Count()];
        for (var i = 0; i < visits.Length; i++)
        {
            visits[i] = ReadVisit(known, codes, ref reader);
        }

        return known with { Visits = ImmutableCollectionsMarshal.AsImmutableArray(visits) };
    }

    // Its visits from 1 on; 0 where it is not known.
    private static void WriteFirstEnd(ReviewCase known, ref VarintWriter writer)
    {
        if (known.Reopened > 0)
        {
            writer.Unsigned(known.FirstEnd is { } visits ? (ulong)visits.Visits + 1 : 0);
            if (known.FirstEnd is { } end)
            {
                writer.Unsigned(end.Closing is { } why ? (ulong)why + 1 : 0);
                writer.Signed((long)end.Ended - known.Started);
                writer.Signed(end.EndedAt);
            }
        }
    }

    private static CaseEnd? ReadFirstEnd(ReviewCase known, ref VarintReader reader)
    {
        var visits = reader.Count();
        if (visits == 0)
        {
            return null;
        }

        var why = reader.Count();
        return new((uint)(reader.Signed() + known.Started), why == 0 ? null : (Referrals.ClosingReason)(why - 1), reader.Signed(), visits - 1);
    }

    // A case has a handful of codes, so that looking through the list is faster than a dictionary.
    private static List<string> Codes(ImmutableArray<Visit> visits)
    {
        var codes = new List<string>();
        foreach (ref readonly var visit in visits.AsSpan())
        {
            Add(codes, visit.Step);
            Add(codes, visit.Partner);
            Add(codes, visit.Reason);
        }

        return codes;
    }

    private static void Add(List<string> codes, string? code)
    {
        if (code is not null && !codes.Contains(code))
        {
            codes.Add(code);
        }
    }

    private static void Write(in Visit visit, ReviewCase known, List<string> codes, ref VarintWriter writer)
    {
        var has = Parts.Of(visit);
        writer.Unsigned((ulong)has | ((ulong)visit.End << Parts.Count));
        writer.Unsigned((ulong)codes.IndexOf(visit.Step));
        writer.Unsigned((ulong)codes.IndexOf(visit.Partner));
        writer.Unsigned(visit.Reason is null ? 0 : (ulong)codes.IndexOf(visit.Reason) + 1);
        writer.Byte(visit.Round);
        writer.Byte(visit.Attempt);
        writer.Signed((long)visit.Offered - known.Started);
        if (has.HasFlag(Part.Assignment))
        {
            writer.Guid(visit.Assignment);
        }

        writer.Moment(visit.AcknowledgeBy, visit.Offered, has.HasFlag(Part.AcknowledgeBy));
        writer.Moment(visit.Received, visit.Offered, has.HasFlag(Part.Received));
        writer.Moment(visit.Acknowledged, visit.Offered, has.HasFlag(Part.Acknowledged));
        writer.Moment(visit.Accepted, visit.Offered, has.HasFlag(Part.Accepted));
        writer.Moment(visit.CompleteBy, visit.Offered, has.HasFlag(Part.CompleteBy));
        writer.Moment(visit.Started, visit.Offered, has.HasFlag(Part.Started));
        writer.Moment(visit.FirstContact, visit.Offered, has.HasFlag(Part.FirstContact));
        writer.Moment(visit.Ended, visit.Offered, has.HasFlag(Part.Ended));
        writer.Moment(visit.Paused, 0, has.HasFlag(Part.Paused));
        writer.Moment(visit.PausedSince, visit.Offered, has.HasFlag(Part.PausedSince));
        if (has.HasFlag(Part.Counts))
        {
            writer.Byte(visit.OpenQuestions);
            writer.Byte(visit.Questions);
            writer.Byte(visit.Reminders);
        }

        if (has.HasFlag(Part.EndedAt))
        {
            writer.Signed(visit.EndedAt - known.EndedAt);
        }
    }

    // The order of the initialisers is the order in which they were written.
    private static Visit ReadVisit(ReviewCase known, string[] codes, ref VarintReader reader)
    {
        var head = reader.Unsigned();
        var has = (Part)(head & ((1UL << Parts.Count) - 1));
        var (step, partner, reason) = (codes[reader.Index(codes)], codes[reader.Index(codes)], reader.Count());
        var (round, attempt, offered) = (reader.Byte(), reader.Byte(), (uint)(reader.Signed() + known.Started));
        return new Visit(step, partner, round, attempt, offered)
        {
            End = (VisitEnd)(head >> Parts.Count),
            Reason = reason == 0 ? null : reason <= codes.Length ? codes[reason - 1] : throw VarintReader.Broken(),
            Escalated = has.HasFlag(Part.Escalated),
            AcknowledgedByAccepting = has.HasFlag(Part.AcknowledgedByAccepting),
            Assignment = has.HasFlag(Part.Assignment) ? reader.Guid() : Guid.Empty,
            AcknowledgeBy = reader.Moment(offered, has.HasFlag(Part.AcknowledgeBy)),
            Received = reader.Moment(offered, has.HasFlag(Part.Received)),
            Acknowledged = reader.Moment(offered, has.HasFlag(Part.Acknowledged)),
            Accepted = reader.Moment(offered, has.HasFlag(Part.Accepted)),
            CompleteBy = reader.Moment(offered, has.HasFlag(Part.CompleteBy)),
            Started = reader.Moment(offered, has.HasFlag(Part.Started)),
            FirstContact = reader.Moment(offered, has.HasFlag(Part.FirstContact)),
            Ended = reader.Moment(offered, has.HasFlag(Part.Ended)),
            Paused = reader.Moment(0, has.HasFlag(Part.Paused)),
            PausedSince = reader.Moment(offered, has.HasFlag(Part.PausedSince)),
            OpenQuestions = has.HasFlag(Part.Counts) ? reader.Byte() : (byte)0,
            Questions = has.HasFlag(Part.Counts) ? reader.Byte() : (byte)0,
            Reminders = has.HasFlag(Part.Counts) ? reader.Byte() : (byte)0,
            EndedAt = has.HasFlag(Part.EndedAt) ? reader.Signed() + known.EndedAt : 0,
        };
    }

    [Flags]
    private enum Part : uint
    {
        Assignment = 1 << 0,
        AcknowledgeBy = 1 << 1,
        Received = 1 << 2,
        Acknowledged = 1 << 3,
        Accepted = 1 << 4,
        CompleteBy = 1 << 5,
        Started = 1 << 6,
        FirstContact = 1 << 7,
        Ended = 1 << 8,
        Paused = 1 << 9,
        PausedSince = 1 << 10,
        Counts = 1 << 11,
        EndedAt = 1 << 12,
        Escalated = 1 << 13,
        AcknowledgedByAccepting = 1 << 14,
    }

    // Which parts of a visit are there.
    private static class Parts
    {
        public const int Count = 15;

        public static Part Of(in Visit v) =>
            If(v.Assignment != Guid.Empty, Part.Assignment) | If(v.AcknowledgeBy > 0, Part.AcknowledgeBy) | If(v.Received > 0, Part.Received)
            | If(v.Acknowledged > 0, Part.Acknowledged) | If(v.Accepted > 0, Part.Accepted) | If(v.CompleteBy > 0, Part.CompleteBy)
            | If(v.Started > 0, Part.Started) | If(v.FirstContact > 0, Part.FirstContact) | If(v.Ended > 0, Part.Ended) | If(v.Paused > 0, Part.Paused)
            | If(v.PausedSince > 0, Part.PausedSince) | If(v.OpenQuestions > 0 || v.Questions > 0 || v.Reminders > 0, Part.Counts)
            | If(v.EndedAt != 0, Part.EndedAt) | If(v.Escalated, Part.Escalated) | If(v.AcknowledgedByAccepting, Part.AcknowledgedByAccepting);

        private static Part If(bool there, Part part) => there ? part : 0;
    }
}
