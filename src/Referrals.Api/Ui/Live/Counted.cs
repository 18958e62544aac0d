using System.Globalization;

namespace Referrals.Api.Ui.Live;

/// <summary>Numbers of what is new, for which it is enough to know that they are great.</summary>
public static class Counted
{
    /// <summary>Counted so far and no further.</summary>
    public const int Most = 99;

    /// <summary>The number as people see it.</summary>
    public static string Shown(int count) => count > Most ? $"{Most}+" : count.ToString(CultureInfo.InvariantCulture);
}
