using System.Net;
using System.Text;
using MimeKit;
using MimeKit.Text;
using Referrals.Engine.Network.Notifications;
using Referrals.Engine.Network.Users;

namespace Referrals.Workers.Notifications;

/// <summary>
/// Writes mails. They leave the network's protection, so they name number and step, or a chain that is itself what it is about, and carry a link; who is
/// on the other side, which chain a case runs on and what was written stays in the pages.
/// </summary>
public sealed class MailComposer(MailSettings settings, TimeProvider time)
{
    /// <summary>The message to a person about these notifications, of which there is at least one.</summary>
    public MimeMessage Compose(DueMail mail, Person person, IReadOnlyList<Notification> notifications)
    {
        var texts = new MailTexts(person.Preferences.Locale);
        var from = MailboxAddress.Parse(settings.From);
        var lines = notifications.Select(n => (Text: texts.Line(n), Link: Link($"/benachrichtigungen/{n.Id}"))).ToList();
        var message = new MimeMessage
        {
            Subject = lines is [var only] ? only.Text : texts["Subject", lines.Count],
            Date = time.GetUtcNow(),
            MessageId = $"{mail.Id:n}@{from.Domain}",
            Body = new MultipartAlternative(
                new TextPart(TextFormat.Plain) { Text = Plain(texts, lines) }, new TextPart(TextFormat.Html) { Text = Html(texts, lines, person.Preferences.Locale) }),
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress("", person.Email!));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        return message;
    }

    private string Link(string path) => new Uri(settings.BaseUrl!, path).AbsoluteUri;

    private string Plain(MailTexts texts, IReadOnlyList<(string Text, string Link)> lines)
    {
        var text = new StringBuilder().Append(texts["Greeting"]).Append("\r\n\r\n");
        foreach (var (what, link) in lines)
        {
            text.Append("- ").Append(what).Append("\r\n  ").Append(link).Append("\r\n");
        }

        return text.Append("\r\n").Append(texts["Why"]).Append("\r\n").Append(texts["Settings"]).Append(' ').Append(Link("/konto")).Append("\r\n").ToString();
    }

    private string Html(MailTexts texts, IReadOnlyList<(string Text, string Link)> lines, string language)
    {
        var items = string.Concat(lines.Select(l => $"<li><a href=\"{WebUtility.HtmlEncode(l.Link)}\">{WebUtility.HtmlEncode(l.Text)}</a></li>"));
        var settingsLink = WebUtility.HtmlEncode(Link("/konto"));
        return $"<!DOCTYPE html><html lang=\"{language}\"><body><p>{texts["Greeting"]}</p><ul>{items}</ul>"
            + $"<p>{texts["Why"]}<br>{texts["Settings"]} <a href=\"{settingsLink}\">{settingsLink}</a></p></body></html>";
    }
}
