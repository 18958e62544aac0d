using System.Security.Cryptography;

namespace Referrals.Engine.History.Keys;

/// <summary>AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits before and a tag of 128 bits after what was encrypted.</summary>
internal static class AuthenticatedCipher
{
    public const int KeySize = 32;

    private const int NonceSize = 12;
    private const int TagSize = 16;

    public static byte[] Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> clear, ReadOnlySpan<byte> associated)
    {
        var whole = new byte[NonceSize + clear.Length + TagSize];
        var nonce = whole.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, clear, whole.AsSpan(NonceSize, clear.Length), whole.AsSpan(NonceSize + clear.Length), associated);
        return whole;
    }

    /// <exception cref="CryptographicException">It was changed, or the key or the associated data are others.</exception>
    public static byte[] Decrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> associated)
    {
        if (whole.Length < NonceSize + TagSize)
        {
            throw new CryptographicException("what was sealed is cut off");
        }

        var clear = new byte[whole.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(whole[..NonceSize], whole.Slice(NonceSize, clear.Length), whole[^TagSize..], clear, associated);
        return clear;
    }
}
