using MailKit.Net.Smtp;
using Microsoft.Extensions.Options;
using Npgsql;
using Referrals.Engine.Network.Notifications;
using Referrals.Engine.Network.Users;
using Referrals.Workers.Hosting;

namespace Referrals.Workers.Notifications;

/// <summary>
/// Sends mails that are due. Any number of processes may: the database hands each mail to one of them. When a process ends between the server's
/// yes and noting it, the mail is sent again under the same message id: rather twice than never.
/// </summary>
public sealed class MailWorker(
    MailQueue queue, NotificationStore store, UserStore users, MailComposer composer, MailTransport transport, MailSettings settings, TimeProvider time,
    IOptions<WorkersOptions> options, IHostApplicationLifetime lifetime, ILogger<MailWorker> logger) : SupervisedWorker(lifetime, logger)
{
    private const int Batch = 20;

    // Longer than all tries to connect and the sending of a batch take.
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        if (!options.Value.Relay)
        {
            return;
        }

        if (!settings.IsOn)
        {
            Logger.LogInformation("No mail server is set (Mail:Host): people see notifications in the pages only");
            return;
        }

        while (true)
        {
            var taken = await queue.TakeAsync(time.GetUtcNow(), Hold, Batch, ct);
            foreach (var mail in taken)
            {
                await TrySendAsync(mail, ct);
            }

            GoesWell();
            if (taken.Count < Batch)
            {
                await Task.Delay(options.Value.Poll, ct);
            }
        }
    }

    private async Task TrySendAsync(DueMail mail, CancellationToken ct)
    {
        try
        {
            var dropped = await SendAsync(mail, ct);
            await queue.EndAsync(mail, dropped is null ? "sent" : "dropped", dropped, time.GetUtcNow(), ct);
        }
        catch (Exception e) when (e is not NpgsqlException && !ct.IsCancellationRequested)
        {
            await FailedAsync(mail, e, ct);
        }
    }

    // Null, or why there is nothing to send.
    private async Task<string?> SendAsync(DueMail mail, CancellationToken ct)
    {
        if (await users.FindAsync(mail.Organisation, mail.Person, ct) is not { Roles.Count: > 0, Person: { DisabledAt: null, Email: not null } person }
            || person.Preferences.MailMode == Preferences.None)
        {
            return "no-address";
        }

        var notifications = await store.OfMailAsync(mail.Organisation, mail.Id, ct);
        if (notifications.Count == 0)
        {
            return "read";
        }

        await transport.SendAsync(composer.Compose(mail, person, notifications), ct);
        WorkersMetrics.Mails.Add(1, new KeyValuePair<string, object?>("result", "sent"));
        return null;
    }

    // The exception's own words may name an address, so only its kind is noted.
    private async Task FailedAsync(DueMail mail, Exception e, CancellationToken ct)
    {
        var reason = e is SmtpCommandException refused ? $"smtp-{(int)refused.StatusCode}" : e.GetType().Name;
        var isFinal = e is SmtpCommandException { StatusCode: >= (SmtpStatusCode)500, ErrorCode: not SmtpErrorCode.UnexpectedStatusCode };
        if (isFinal || mail.Tries >= settings.Tries)
        {
            WorkersMetrics.Mails.Add(1, new KeyValuePair<string, object?>("result", "failed"));
            Logger.LogError("Mail {Mail} is given up after {Tries} tries: {Reason}", mail.Id, mail.Tries, reason);
            await queue.EndAsync(mail, "failed", reason, time.GetUtcNow(), ct);
            return;
        }

        WorkersMetrics.Mails.Add(1, new KeyValuePair<string, object?>("result", "again"));
        Logger.LogWarning("Mail {Mail} could not be sent and is tried again: {Reason}", mail.Id, reason);
        var pause = settings.Retry * Math.Pow(2, Math.Min(mail.Tries - 1, 20));
        await queue.AgainAsync(mail, time.GetUtcNow() + (pause < LongestRetry ? pause : LongestRetry), reason, ct);
    }
}
