using Referrals.Engine.Privacy;

namespace Referrals.Engine.Tests.Privacy.Corpus;

/// <summary>Invented numbers: with right check digits, and phone numbers from ranges that are kept free for film and stage.</summary>
internal static class Numbers
{
    private static readonly string[] FreePhones = ["03023125", "06990009", "04066969", "02214710", "08999998", "017639200", "017604069"];

    public static string Phone(Random random) => FreePhones[random.Next(FreePhones.Length)] + Digits(random, 3);

    public static string Iban(Random random) => Valid("DE{0:00}37040044" + Digits(random, 10), CheckDigits.IsIban);

    public static string Pension(Random random) =>
        Valid($"{random.Next(2, 90):00}{random.Next(1, 29):00}{random.Next(1, 13):00}{random.Next(50, 99)}{(char)('A' + random.Next(26))}{random.Next(0, 99):00}{{0}}", CheckDigits.IsPensionNumber);

    public static string Health(Random random) => Valid($"{(char)('A' + random.Next(26))}{Digits(random, 8)}{{0}}", CheckDigits.IsHealthInsuranceNumber);

    public static string TaxId(Random random) => Valid($"{random.Next(1, 10)}{Digits(random, 9)}{{0}}", CheckDigits.IsTaxId);

    public static string IdCard(Random random) => Valid($"L{random.Next(10)}{Letters(random, "CFGHJKLMNPRTVWXYZ", 2)}{Digits(random, 2)}{Letters(random, "CFGHJKLMNPRTVWXYZ", 1)}{Digits(random, 2)}{{0}}", CheckDigits.IsIdentityCard);

    public static string Digits(Random random, int count) => Letters(random, "0123456789", count);

    public static string Letters(Random random, string of, int count) => string.Concat(Enumerable.Range(0, count).Select(_ => of[random.Next(of.Length)]));

    /// <summary>Cut into groups of these lengths, the rest last.</summary>
    public static string Grouped(string number, string separator, params int[] lengths)
    {
        var (parts, at) = (new List<string>(), 0);
        foreach (var length in lengths.Where(l => at + l <= number.Length))
        {
            parts.Add(number.Substring(at, length));
            at += length;
        }

        if (at < number.Length)
        {
            parts.Add(number[at..]);
        }

        return string.Join(separator, parts);
    }

    private static string Valid(string pattern, Func<string, bool> isValid) =>
        Enumerable.Range(0, 100).Select(n => string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, n)).FirstOrDefault(isValid) ?? string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, 0);
}
