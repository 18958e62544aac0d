using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using OtpNet;
using QRCoder;

namespace Referrals.Api.Security.SignIn;

/// <summary>
/// The second factor: codes of six digits that change every 30 seconds (TOTP, RFC 6238), and recovery codes for when the device is lost. Secrets are sealed
/// with the keys of the data folder, so that the database alone gives no codes.
/// </summary>
public sealed class SecondFactor(IDataProtectionProvider protection, SignInSettings settings, TimeProvider time)
{
    /// <summary>How many recovery codes there are.</summary>
    public const int RecoveryCodes = 10;

    private const int RecoveryBytes = 20;

    // A code counts in its own 30 seconds. Where clocks go wrong by some, a setting lets those before and after count too.
    private readonly VerificationWindow _window = new(previous: settings.CodeSteps, future: settings.CodeSteps);

    private readonly IDataProtector _kept = protection.CreateProtector("referrals.second-factor");
    private readonly IDataProtector _offered = protection.CreateProtector("referrals.second-factor.offered");

    /// <summary>A new secret, in base 32.</summary>
    public static string NewSecret() => Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(20));

    /// <summary>Seals a secret for the database.</summary>
    public string Seal(string secret) => _kept.Protect(secret);

    /// <summary>Seals a secret for the form in which the person proves to have it.</summary>
    public string Offer(Guid person, string secret) => _offered.CreateProtector(person.ToString()).Protect(secret);

    /// <summary>The secret that was offered to this person, or null when it was not.</summary>
    public string? Offered(Guid person, string offer) => Open(_offered.CreateProtector(person.ToString()), offer);

    /// <summary>The time step of a code, or null when it is none of this secret's of now.</summary>
    public long? StepOf(string secret, string code) =>
        new Totp(Base32Encoding.ToBytes(secret)).VerifyTotp(time.GetUtcNow().UtcDateTime, Digits(code), out var step, _window) ? step : null;

    /// <summary>The time step of a code for a sealed secret, or null. A secret that can't be opened, because keys were lost, has no codes.</summary>
    public long? StepOfSealed(string sealedSecret, string code) => Open(_kept, sealedSecret) is { } secret ? StepOf(secret, code) : null;

    /// <summary>What apps read from the picture.</summary>
    public static string Address(string site, string login, string secret) => new OtpUri(OtpType.Totp, secret, login, site).ToString();

    /// <summary>The picture (QR code) of an address, as SVG, always black on white.</summary>
    public static string Picture(string address)
    {
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(new System.Drawing.Size(232, 232), "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }

    /// <summary>New recovery codes of 160 random bits each, such as <c>ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-4567</c>.</summary>
    public static IReadOnlyList<string> NewRecoveryCodes() =>
        [.. Enumerable.Range(0, RecoveryCodes).Select(_ => string.Join('-', Base32Encoding.ToString(RandomNumberGenerator.GetBytes(RecoveryBytes)).Chunk(4).Select(c => new string(c))))];

    /// <summary>What is kept of a recovery code. As random as it is, it needs no slow hash.</summary>
    public static string RecoveryHash(Guid person, string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{person} {string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant()}")));

    private static string Digits(string code) => string.Concat(code.Where(char.IsAsciiDigit));

    private static string? Open(IDataProtector protector, string text)
    {
        try
        {
            return protector.Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
