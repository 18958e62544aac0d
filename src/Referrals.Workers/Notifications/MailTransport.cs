using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Referrals.Workers.Notifications;

/// <summary>
/// Hands messages to the mail server. Connecting is tried several times; the message is handed over once, because a server that did not
/// answer may have taken it.
/// </summary>
public sealed class MailTransport(MailSettings settings)
{
    private readonly ResiliencePipeline _connecting = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(300),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = new PredicateBuilder().Handle<SocketException>().Handle<IOException>().Handle<ProtocolException>().Handle<TimeoutRejectedException>(),
        })
        .AddTimeout(TimeSpan.FromSeconds(10))
        .Build();

    private readonly ResiliencePipeline _sending = new ResiliencePipelineBuilder().AddTimeout(TimeSpan.FromSeconds(30)).Build();

    /// <summary>Sends a message. Throws what <see cref="SmtpClient"/> throws, or <see cref="TimeoutRejectedException"/>.</summary>
    public async Task SendAsync(MimeMessage message, CancellationToken ct)
    {
        using var client = await _connecting.ExecuteAsync(async token => await ConnectAsync(token), ct);
        await _sending.ExecuteAsync(async token => await client.SendAsync(message, token), ct);
        await LeaveAsync(client, ct);
    }

    private async Task<SmtpClient> ConnectAsync(CancellationToken ct)
    {
        var client = new SmtpClient();
        try
        {
            await client.ConnectAsync(settings.Host!, settings.Port, Security(settings.Tls), ct);
            if (settings.User is { } user)
            {
                await client.AuthenticateAsync(user, settings.Password ?? "", ct);
            }

            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    // The message was taken; whether the server hears the good-bye is of no matter.
    private static async Task LeaveAsync(SmtpClient client, CancellationToken ct)
    {
        try
        {
            await client.DisconnectAsync(true, ct);
        }
        catch (Exception e) when (e is SocketException or IOException or ProtocolException or OperationCanceledException)
        {
            return;
        }
    }

    private static SecureSocketOptions Security(string tls) => tls switch
    {
        "tls" => SecureSocketOptions.SslOnConnect,
        "starttls" => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };
}
