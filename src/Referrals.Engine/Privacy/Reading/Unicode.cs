namespace Referrals.Engine.Privacy.Reading;

/// <summary>What strings say of themselves.</summary>
internal static class Unicode
{
    /// <summary>Whether every surrogate in it has its pair.</summary>
    public static bool IsNormalizable(this string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
