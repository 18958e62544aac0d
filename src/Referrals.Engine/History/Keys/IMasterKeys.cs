namespace Referrals.Engine.History.Keys;

/// <summary>
/// The seam for the keys that protect the streams' keys. A stream's key lies in the database only wrapped by one of these; these never lie
/// in the database. <see cref="MasterKeys"/> reads them from a file or a setting; another one may ask a key service, such as
/// Vault's transit engine (<c>encrypt</c>/<c>decrypt</c> with <c>associated_data</c>, several at once in <c>batch_input</c>) or a PKCS#11
/// module (<c>CKM_AES_GCM</c>, the associated data in its parameters). Safe for use by several threads.
/// </summary>
public interface IMasterKeys
{
    /// <summary>The id of the key that wraps from now on: up to 60 letters, digits, <c>-</c> <c>_</c> <c>.</c>.</summary>
    string Active { get; }

    /// <summary>Wraps keys with the active key.</summary>
    /// <exception cref="MasterKeyException">It can't be had.</exception>
    ValueTask<IReadOnlyList<WrappedKey>> WrapAsync(IReadOnlyList<ClearKey> keys, CancellationToken ct);

    /// <summary>Unwraps keys, each with the master key that wrapped it, in their order.</summary>
    /// <exception cref="MasterKeyException">A master key can't be had, or a wrapped key was changed or belongs to something else.</exception>
    ValueTask<IReadOnlyList<ClearKey>> UnwrapAsync(IReadOnlyList<WrappedKey> keys, CancellationToken ct);
}

/// <summary>A stream's key as it is used.</summary>
/// <param name="Bytes">256 bits.</param>
/// <param name="For">What it is for; part of the associated data, so that keys can't be exchanged for one another.</param>
public readonly record struct ClearKey(ReadOnlyMemory<byte> Bytes, string For);

/// <summary>A stream's key as it is stored.</summary>
/// <param name="MasterKey">The id of the master key.</param>
/// <param name="Text">The wrapped key, in whatever form its master keys give it.</param>
/// <param name="For">What it is for.</param>
public readonly record struct WrappedKey(string MasterKey, string Text, string For);

/// <summary>A master key can't be had, or does not fit what is to be opened.</summary>
public sealed class MasterKeyException(string message, Exception? inner = null) : Exception(message, inner);
