namespace Referrals.Engine.Privacy.Reading;

/// <summary>Words written letter by letter: <c>M ü l l e r</c>, <c>L.e.n.a</c>.</summary>
internal static class LetterSpacing
{
    private const int FewestLetters = 4;

    /// <summary>The text with such words joined; a capital after a small letter begins a new word.</summary>
    public static ScreenText Join(ScreenText text)
    {
        var plain = text.Plain;
        ScreenText.Builder? result = null;
        var copied = 0;
        for (var i = 0; i < plain.Length; i++)
        {
            var letters = Letters(plain, i);
            if (letters < FewestLetters)
            {
                continue;
            }

            result ??= new ScreenText.Builder(plain.Length);
            result.Copy(text, copied, i - copied);
            for (var n = 0; n < letters; n++)
            {
                var at = i + (2 * n);
                if (n > 0 && char.IsUpper(plain[at]) && char.IsLower(plain[at - 2]))
                {
                    result.Append(" ", text, at, 1);
                }

                result.Copy(text, at, 1);
            }

            copied = i + (2 * letters) - 1;
            i = copied - 1;
        }

        if (result is null)
        {
            return text;
        }

        result.Copy(text, copied, plain.Length - copied);
        return result.Build();
    }

    // How many single letters follow each other from here, with the same separator between all of them.
    private static int Letters(string plain, int start)
    {
        if (!char.IsLetter(plain[start]) || (start > 0 && char.IsLetterOrDigit(plain[start - 1])) || start + 2 >= plain.Length || plain[start + 1] is not (' ' or '.' or '_' or '-' or '*'))
        {
            return 0;
        }

        var (separator, letters, at) = (plain[start + 1], 1, start);
        while (at + 2 < plain.Length && plain[at + 1] == separator && char.IsLetter(plain[at + 2]) && (at + 3 == plain.Length || !char.IsLetterOrDigit(plain[at + 3])))
        {
            letters++;
            at += 2;
        }

        return letters;
    }
}
