using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Referrals.Api.Security.Looks;
using Referrals.Engine.History;

namespace Referrals.Api.Requests;

/// <summary>One page of a list.</summary>
/// <param name="Items">The lines, in the list's order.</param>
/// <param name="Next">Address of the next page; absent on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next = null) : ILists
{
    int? ILists.Listed => Items.Count;
}

/// <summary>
/// The opaque mark of where a page ends: the key of its last row, bound to the order and filters it was made for by a few check bytes.
/// It holds nothing secret and gives no rights; what was changed or cut is recognised and answered as a fault.
/// </summary>
internal static class Cursor
{
    private const long NoDate = long.MaxValue;
    private const int CheckBytes = 6;
    private const int Length = 8 + 16 + CheckBytes;

    /// <summary>The mark after this row.</summary>
    public static string Of(ListKey key, ListQuery query)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, key.At?.UtcTicks ?? NoDate);
        key.Id.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        Check(bytes[..24], query, bytes[24..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The key in a mark, or null when it was not made for this query.</summary>
    public static ListKey? Read(string text, ListQuery query)
    {
        Span<byte> bytes = stackalloc byte[Length];
        Span<byte> check = stackalloc byte[CheckBytes];
        if (text.Length > 2 * Length || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var written) || written != Length)
        {
            return null;
        }

        Check(bytes[..24], query, check);
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (!check.SequenceEqual(bytes[24..]) || (ticks != NoDate && (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks)))
        {
            return null;
        }

        return new ListKey(ticks == NoDate ? null : new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes.Slice(8, 16), bigEndian: true));
    }

    private static void Check(ReadOnlySpan<byte> key, ListQuery query, Span<byte> check)
    {
        var filters = $"{query.List}|{string.Join(',', query.Statuses)}|{query.Subject}|{query.Counterpart}|{query.DueBefore:O}|{query.ByDue}|"
            + $"{query.Number}|{query.ReferenceStartsWith}|{query.Assignee}|{query.Unassigned}|{query.DueFrom:O}|";
        check.Clear();
        SHA256.HashData([.. Encoding.UTF8.GetBytes(filters), .. key]).AsSpan(0, CheckBytes).CopyTo(check);
    }
}
