using System.Globalization;

namespace Referrals.Api.Tests.Ui;

/// <summary>Reads the pages' parts in a language for as long as it is not disposed.</summary>
public sealed class Reader : IDisposable
{
    private readonly (CultureInfo Culture, CultureInfo Ui) _before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);

    private Reader(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
    }

    public static Reader German() => new("de-DE");

    public static Reader English() => new("en-GB");

    public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;
}
