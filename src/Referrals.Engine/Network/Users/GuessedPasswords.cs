namespace Referrals.Engine.Network.Users;

/// <summary>
/// Whether a password is made of what programs that guess try first: the 30,000 commonest passwords of published breaches, names and words, with digits, other
/// spellings, repetitions and rows of keys around them (zxcvbn, Wheeler 2016, with its own lists).
/// </summary>
internal static class GuessedPasswords
{
    // What is found within a million seconds by ten thousand tries a second: fewer than some 2^34 tries.
    private const int EnoughScore = 3;

    // The work grows with the square of the length; what is random enough is so long before this.
    private const int Looked = 64;

    private static readonly Lock OneAtATime = new();
    private static readonly Lazy<Zxcvbn.Zxcvbn> Guesser = new(() => new Zxcvbn.Zxcvbn());

    /// <summary>Whether it is found too soon.</summary>
    public static bool Contains(string password)
    {
        var once = Once(password.Length > Looked ? password[..Looked] : password);

        // The library doesn't say whether it may be asked by several at once.
        lock (OneAtATime)
        {
            return Guesser.Value.EvaluatePassword(once).Score < EnoughScore;
        }
    }

    // What is written again and again counts once: "cloudscloudsclouds" is no better than "clouds".
    private static string Once(string password)
    {
        var signs = string.Concat(password.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        for (var length = 1; length <= signs.Length / 2; length++)
        {
            if (signs.Length % length == 0 && string.CompareOrdinal(signs, length, signs, 0, signs.Length - length) == 0)
            {
                return signs[..length];
            }
        }

        return password;
    }
}
