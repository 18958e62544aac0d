using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Pages.Review.Imported;
using Referrals.Engine.Chains;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Review.Logs;

namespace Referrals.Api.Ui.Pages.Casework;

/// <summary>The own organisation's referrals as an event log, for its own evaluation: for who sees all of them anyway.</summary>
internal static class OwnHistoryPages
{
    public const string From = "von";
    public const string To = "bis";
    public const string Format = "format";

    public static void Map(RouteGroupBuilder caseworkers)
    {
        caseworkers.MapGet(Links.ReferralsLog, Ask).WithMetadata(new LooksAtNothing("it asks for months; the file is sent by its form"));
        caseworkers.MapPost(Links.ReferralsLog, ExportAsync).WithRequestTimeout(LogDesk.Patience)
            .WithMetadata(new LooksAt(LookCodes.EventLog) { Purpose = LookPurposes.Evaluation });
    }

    private static IResult Ask(TimeProvider time)
    {
        var period = HistoryPeriod.Latest(Today(time));
        return Answer.With<OwnHistoryPage>(
            FormInput.Of((From, HistoryPeriod.Write(period.First)), (To, HistoryPeriod.Write(period.Last)), (Format, ReviewLogStore.Code(LogFormat.Xes))));
    }

    private static async Task<IResult> ExportAsync(FormInput form, Visitor me, OwnHistoryExports history, TimeProvider time, Words words, CancellationToken ct)
    {
        var (from, to) = (TypedDay.Month(form[From]), TypedDay.Month(form[To]));
        if (from is null || to is null || from > to)
        {
            form.Fault(from is null ? From : To, words["OwnHistory.PeriodFault"]);
        }

        if (!Enum.TryParse<LogFormat>(form[Format], ignoreCase: true, out var format) || !Enum.IsDefined(format))
        {
            form.Fault(Format, words["OwnHistory.FormatFault"]);
        }

        if (form.IsValid)
        {
            var told = await history.ExportAsync(new LogKeeper(me.Organisation, me.Login), new HistoryPeriod(from!.Value, to!.Value), format, ct);
            if (told.Log is { } log)
            {
                return new LogFileAnswer(log, format, $"{me.Organisation}-{HistoryPeriod.Write(from.Value)}-{HistoryPeriod.Write(to.Value)}");
            }

            form.Fault(From, words["OwnHistory.Nothing"]);
        }

        return Answer.Invalid<OwnHistoryPage>(form);
    }

    private static DateOnly Today(TimeProvider time) => WorkingCalendar.LocalDay(time.GetUtcNow());
}
