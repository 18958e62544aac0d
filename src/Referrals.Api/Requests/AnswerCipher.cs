using System.Security.Cryptography;
using Referrals.Api.Security;

namespace Referrals.Api.Requests;

/// <summary>Marks an endpoint whose answer holds a secret; it is kept only encrypted.</summary>
public sealed class SecretAnswer;

/// <summary>Encrypts answers that hold a secret before they are kept (AES-256-GCM, under a key derived from the signing key).</summary>
public sealed class AnswerCipher(SigningKey? key = null)
{
    private const int TagBytes = 16;
    private readonly byte[]? _key = key?.Derive("kept answers");

    /// <summary>Whether this answer can be kept: one with a secret only where there is a key.</summary>
    public bool CanKeep(HttpContext context) => _key is not null || !HasSecret(context);

    /// <summary>The answer as it is kept.</summary>
    public KeptAnswer Seal(HttpContext context, Guid id, KeptAnswer answer)
    {
        if (!HasSecret(context))
        {
            return answer;
        }

        using var aes = new AesGcm(Key(), TagBytes);
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var (sealedBody, tag) = (new byte[answer.Body.Length], new byte[TagBytes]);
        aes.Encrypt(nonce, answer.Body, sealedBody, tag, id.ToByteArray());
        return answer with { Body = [.. nonce, .. tag, .. sealedBody] };
    }

    /// <summary>The answer as it was given.</summary>
    public KeptAnswer Open(HttpContext context, Guid id, KeptAnswer kept)
    {
        if (!HasSecret(context))
        {
            return kept;
        }

        using var aes = new AesGcm(Key(), TagBytes);
        var head = AesGcm.NonceByteSizes.MaxSize;
        var body = new byte[kept.Body.Length - head - TagBytes];
        aes.Decrypt(kept.Body.AsSpan(0, head), kept.Body.AsSpan(head + TagBytes), kept.Body.AsSpan(head, TagBytes), body, id.ToByteArray());
        return kept with { Body = body };
    }

    private static bool HasSecret(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<SecretAnswer>() is not null;

    private byte[] Key() => _key ?? throw new InvalidOperationException("answers with secrets need a signing key of our own");
}
