namespace Referrals.Engine.Privacy;

/// <summary>
/// The check digits of German personal numbers. A right one raises the certainty of a hit; a wrong one never clears it, because a
/// mistyped number still tells who is meant. Arguments hold ASCII letters in upper case and digits only.
/// </summary>
internal static class CheckDigits
{
    /// <summary>Pension insurance number, 12 characters (§ 2 VKVV): letter as two digits, weights 2,1,2,5,7,1,2,1,2,1,2,1, cross-sums, mod 10.</summary>
    public static bool IsPensionNumber(string number)
    {
        if (number.Length != 12 || !char.IsAsciiLetterUpper(number[8]))
        {
            return false;
        }

        ReadOnlySpan<int> weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
        var digits = $"{number[..8]}{number[8] - 'A' + 1:00}{number[9..11]}";
        return CrossSums(digits, weights) % 10 == number[11] - '0';
    }

    /// <summary>Health insurance number, letter and 9 digits (§ 290 SGB V): letter as two digits, weights 1,2,1,2…, cross-sums, mod 10.</summary>
    public static bool IsHealthInsuranceNumber(string number)
    {
        if (number.Length != 10 || !char.IsAsciiLetterUpper(number[0]))
        {
            return false;
        }

        ReadOnlySpan<int> weights = [1, 2, 1, 2, 1, 2, 1, 2, 1, 2];
        return CrossSums($"{number[0] - 'A' + 1:00}{number[1..9]}", weights) % 10 == number[9] - '0';
    }

    /// <summary>Tax identification number, 11 digits (§ 139b AO): ISO 7064 mod 11,10.</summary>
    public static bool IsTaxId(string number)
    {
        var product = 10;
        foreach (var digit in number[..^1])
        {
            var sum = (digit - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        return number.Length == 11 && (11 - product) % 10 == number[^1] - '0';
    }

    /// <summary>IBAN (ISO 13616): mod 97 is 1.</summary>
    public static bool IsIban(string number)
    {
        var remainder = 0;
        foreach (var c in number[4..] + number[..4])
        {
            var value = char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;
            remainder = ((value > 9 ? remainder * 100 : remainder * 10) + value) % 97;
        }

        return remainder == 1;
    }

    /// <summary>Identity card (ICAO 9303): nine characters and their check digit; weights 7,3,1, mod 10.</summary>
    public static bool IsIdentityCard(string number)
    {
        if (number.Length < 10 || !char.IsAsciiDigit(number[9]))
        {
            return false;
        }

        ReadOnlySpan<int> weights = [7, 3, 1];
        var sum = 0;
        for (var i = 0; i < 9; i++)
        {
            sum += (char.IsAsciiDigit(number[i]) ? number[i] - '0' : number[i] - 'A' + 10) * weights[i % 3];
        }

        return sum % 10 == number[9] - '0';
    }

    private static int CrossSums(string digits, ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var product = (digits[i] - '0') * weights[i];
            sum += (product / 10) + (product % 10);
        }

        return sum;
    }
}
