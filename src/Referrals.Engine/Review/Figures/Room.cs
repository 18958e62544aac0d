using System.Buffers;

namespace Referrals.Engine.Review.Figures;

/// <summary>
/// Room for values that are looked at but for a moment, shared by all who ask. Bounded, unlike the runtime's own, which keeps such arrays for every thread:
/// with a million of cases each takes megabytes.
/// </summary>
internal static class Room
{
    private const int Longest = 1 << 25;
    private const int Kept = 2;

    private static readonly ArrayPool<uint> Arrays = ArrayPool<uint>.Create(Longest, Kept);

    public static uint[] Rent(int length) => Arrays.Rent(length);

    public static void Return(uint[] array) => Arrays.Return(array);
}
