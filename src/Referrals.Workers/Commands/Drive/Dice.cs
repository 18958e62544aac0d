using System.Globalization;
using Referrals.Engine;

namespace Referrals.Workers.Commands.Drive;

/// <summary>
/// Chance that is the same on every machine and at every time: a number depends on the seed, the referral's index and the words that name
/// the question, and on nothing that was asked before.
/// </summary>
internal readonly record struct Dice(long Seed, int Referral)
{
    /// <summary>A number from 0 up to, not including, 1.</summary>
    public double Roll(params ReadOnlySpan<string> about)
    {
        string[] words = ["drive", Seed.ToString(CultureInfo.InvariantCulture), Referral.ToString(CultureInfo.InvariantCulture), .. about];
        Span<byte> bytes = stackalloc byte[16];
        Codes.StableGuid(words).TryWriteBytes(bytes, bigEndian: true, out _);
        // The last 7 bytes carry no mark of the UUID's version; 53 bits fill a double.
        var bits = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) & ((1UL << 53) - 1);
        return bits / (double)(1UL << 53);
    }

    /// <summary>True with this probability.</summary>
    public bool Chance(double probability, params ReadOnlySpan<string> about) => Roll(about) < probability;

    /// <summary>A whole number between the bounds, both included.</summary>
    public int Between(int min, int max, params ReadOnlySpan<string> about) => (int)(min + Math.Floor(Roll(about) * ((double)max - min + 1)));

    /// <summary>One of these.</summary>
    public T Pick<T>(IReadOnlyList<T> from, params ReadOnlySpan<string> about) => from[Between(0, from.Count - 1, about)];
}
