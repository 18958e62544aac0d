using System.Globalization;

namespace Referrals.Engine.Review.Reading;

/// <summary>The round of a repeated part, as the place of an offer tells it.</summary>
internal static class CaseRounds
{
    /// <summary>
    /// The round at a place such as <c>follow-up.2/childcare</c>: 2; outside of repeated parts 1. Of parts that are repeated within one
    /// another the product of their rounds, at most 255.
    /// </summary>
    public static byte Of(ReadOnlySpan<char> place)
    {
        var product = 1;
        for (var slash = place.IndexOf('/'); slash >= 0; slash = place.IndexOf('/'))
        {
            var part = place[..slash];
            var round = int.Parse(part[(part.LastIndexOf('.') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture);
            product = Math.Min(byte.MaxValue, product * Math.Min(round, byte.MaxValue));
            place = place[(slash + 1)..];
        }

        return (byte)product;
    }
}
