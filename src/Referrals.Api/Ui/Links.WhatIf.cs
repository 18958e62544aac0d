namespace Referrals.Api.Ui;

public static partial class Links
{
    /// <summary>What would be if: what was asked.</summary>
    public const string WhatIf = Review + "/was-waere-wenn";

    /// <summary>The form for a question.</summary>
    public const string NewWhatIf = WhatIf + "/neu";

    /// <summary>A question and its answer.</summary>
    public static string WhatIfJob(Guid id) => $"{WhatIf}/{id}";

    /// <summary>Takes a question back (POST).</summary>
    public static string CancelWhatIf(Guid id) => $"{WhatIf}/{id}/abbrechen";

    /// <summary>The answer as a table for a spreadsheet.</summary>
    public static string WhatIfTable(Guid id) => $"{WhatIf}/{id}/werte.csv";
}
