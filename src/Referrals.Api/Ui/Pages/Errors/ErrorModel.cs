namespace Referrals.Api.Ui.Pages.Errors;

/// <summary>What went wrong, as a status code.</summary>
public sealed record ErrorModel(int Status)
{
    private static readonly int[] Known = [400, 403, 404, 405, 413, 429, 500, 503, 504];

    /// <summary>The part of the texts' keys: the status, or 500 for one that has no words.</summary>
    public string Code => (Known.Contains(Status) ? Status : Status < 500 ? 400 : 500).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
