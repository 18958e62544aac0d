using System.Collections.Frozen;

namespace Referrals.Engine.Privacy.Reading;

/// <summary>
/// Letters of other alphabets. In a word or number that also has Latin letters or digits they are read as the Latin ones that they look
/// like; a word wholly in Cyrillic is transliterated, so that names are known in it.
/// </summary>
internal static class LookAlikes
{
    private const string Foreign = "аАвВеЕкКмМнНоОрРсСтТуУхХіІѕЅјЈԁһԛԝѵгпиαΑβΒεΕζΖηΗιΙκΚμΜνΝοΟρΡτΤυΥχΧγωɑɡıᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢѐёЁΐάέήίόύ";
    private const string Latin = "aABBeEkKmMHHoOpPcCtTyYxXiIsSjJdhqwvrnuaABBeEzZnHiIkKuMvNoOpPtTuYxXywagiabcdeghijklmnoprstuvwyzeeEiaenioo";

    private static readonly FrozenDictionary<char, char> Alike = Foreign.Zip(Latin).ToFrozenDictionary(p => p.First, p => p.Second);

    private static readonly FrozenDictionary<char, string> Transliteration =
        "а=a б=b в=v г=g ґ=g д=d е=e ё=e є=ie ж=sh з=s и=i і=i ї=i й=j к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=ch ц=z ч=tsch ш=sch щ=schtsch ъ= ы=y ь= э=e ю=ju я=ja ј=j љ=lj њ=nj ћ=c ђ=d џ=dz"
            .Split(' ').ToFrozenDictionary(p => p[0], p => p[2..]);

    /// <summary>The text with foreign letters read as Latin ones.</summary>
    public static ScreenText Fold(ScreenText text)
    {
        var (plain, result) = (text.Plain, new ScreenText.Builder(text.Plain.Length));
        for (var start = 0; start < plain.Length;)
        {
            var end = start;
            while (end < plain.Length && (char.IsLetterOrDigit(plain[end]) || (end > start && plain[end] == '@')))
            {
                end++;
            }

            if (end == start)
            {
                result.Copy(text, start++, 1);
                continue;
            }

            AppendWord(result, text, start, end);
            start = end;
        }

        return result.Build();
    }

    private static void AppendWord(ScreenText.Builder result, ScreenText text, int start, int end)
    {
        var word = text.Plain.AsSpan(start, end - start);
        var mixed = word.IndexOfAnyInRange('0', '9') >= 0 || word.IndexOfAnyInRange('A', 'Z') >= 0 || word.IndexOfAnyInRange('a', 'z') >= 0;
        for (var i = start; i < end; i++)
        {
            var c = text.Plain[i];
            if (mixed && Alike.TryGetValue(c, out var latin))
            {
                result.Append(latin.ToString(), text, i, 1);
            }
            else if (!mixed && Transliteration.TryGetValue(char.ToLowerInvariant(c), out var letters))
            {
                result.Append(char.IsUpper(c) && letters.Length > 0 ? char.ToUpperInvariant(letters[0]) + letters[1..] : letters, text, i, 1);
            }
            else if (!mixed && c is >= '\u0250' and < '\u0400' or >= '\u1d00' and < '\u1d80' && Alike.TryGetValue(c, out latin))
            {
                result.Append(latin.ToString(), text, i, 1);
            }
            else
            {
                result.Copy(text, i, 1);
            }
        }
    }
}
