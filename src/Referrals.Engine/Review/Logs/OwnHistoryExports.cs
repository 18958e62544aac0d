using System.Globalization;
using Referrals.Engine.Network.Audit;

namespace Referrals.Engine.Review.Logs;

/// <summary>Gives an organisation its own history, and writes down that it did.</summary>
public sealed class OwnHistoryExports(OwnHistory history, AuditStore audit)
{
    /// <summary>The log, to be given away as a file; that it was is written down.</summary>
    /// <param name="by">The organisation that holds the referrals, and who of it asks for them.</param>
    /// <param name="period">Only referrals started in it.</param>
    /// <param name="format">As what it is written.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<OwnHistoryLog> ExportAsync(LogKeeper by, HistoryPeriod period, LogFormat format, CancellationToken ct)
    {
        var told = await history.ReadAsync(by.Organisation, period, ct);
        if (told.Log is not null)
        {
            var details = new Dictionary<string, string>
            {
                ["format"] = ReviewLogStore.Code(format),
                ["from"] = HistoryPeriod.Write(period.First),
                ["to"] = HistoryPeriod.Write(period.Last),
                ["cases"] = told.Cases.ToString(CultureInfo.InvariantCulture),
            };
            await audit.WriteAsync(new AuditEntry(by.Organisation, by.Who, AuditCodes.HistoryExported, by.Organisation.Value, details), ct);
        }

        return told;
    }
}
