using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Referrals.Api.Security;

/// <summary>The key that signs access tokens (ES256), kept in a file that only this user can read.</summary>
public sealed class SigningKey : IDisposable
{
    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;

        // Its own cache of what signs and checks: the one of all would keep using this key after it is disposed, for any other host in
        // the process that has the same one.
        Key = new ECDsaSecurityKey(key) { CryptoProviderFactory = new CryptoProviderFactory() };
        var thumbprint = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(Key).ComputeJwkThumbprint();
        Key.KeyId = Base64UrlEncoder.Encode(thumbprint);
    }

    /// <summary>For signing and checking.</summary>
    public ECDsaSecurityKey Key { get; }

    /// <summary>A key that lives as long as the process: for development only.</summary>
    public static SigningKey Ephemeral() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>The key in the folder; made when there is none. Several processes may do this at once.</summary>
    public static SigningKey InFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "token-signing.pem");
        if (!File.Exists(file))
        {
            Make(folder, file);
        }

        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        return new SigningKey(key);
    }

    /// <summary>A key for another purpose that only who has this one can derive.</summary>
    public byte[] Derive(string purpose)
    {
        var secret = _key.ExportECPrivateKey();
        try
        {
            return HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: System.Text.Encoding.UTF8.GetBytes(purpose));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    // Written whole under another name, then moved: nobody reads half a key, and the first one stays.
    private static void Make(string folder, string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var draft = Path.Combine(folder, Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(key.ExportPkcs8PrivateKeyPem());
        }

        try
        {
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(draft);
        }
    }
}
