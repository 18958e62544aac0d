using System.Security.Cryptography;
using System.Text;

namespace Referrals.Engine.Privacy;

/// <summary>
/// What is stored and sent of a code: enough to tell whether a code that is typed is the right one, and not the code. Codes that partners
/// know are derived slowly (PBKDF2) once per partner and then bound to the assignment (HMAC), so that one typed code can be looked for among many
/// assignments at the price of one derivation, and the proofs of two assignments have nothing in common.
/// </summary>
public static class HandoverProof
{
    /// <summary>Rounds of PBKDF2 with HMAC-SHA-512, as many as for passwords.</summary>
    public const int Rounds = 210_000;

    private const int KeyBytes = 32;
    private const int ProofBytes = 24;

    // A proof travels as a code, and a code begins with a letter.
    private const string Beginning = "p";

    /// <summary>The slow part, some tenth of a second: the key of a code at a partner. It is kept nowhere.</summary>
    public static byte[] Key(HandoverCode code, OrganisationId partner) => Rfc2898DeriveBytes.Pbkdf2(
        Encoding.ASCII.GetBytes(code.Plain), Encoding.UTF8.GetBytes($"handover/1/{partner.Value}"), Rounds, HashAlgorithmName.SHA512, KeyBytes);

    /// <summary>The fast part: the proof for an assignment.</summary>
    public static string Of(byte[] key, AssignmentId assignment) =>
        Beginning + Convert.ToHexStringLower(HMACSHA256.HashData(key, assignment.Value.ToByteArray(bigEndian: true)).AsSpan(0, ProofBytes));

    /// <summary>Whether two proofs are the same; takes the same time wherever they differ.</summary>
    public static bool Same(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), Encoding.ASCII.GetBytes(other));

    /// <summary>Whether a text from outside has the form of a proof.</summary>
    public static bool IsProof(string text) =>
        text.Length == Beginning.Length + (2 * ProofBytes) && text.StartsWith(Beginning, StringComparison.Ordinal) && text.Skip(Beginning.Length).All(char.IsAsciiHexDigitLower);
}
