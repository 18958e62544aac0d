using System.Globalization;
using System.Resources;
using Referrals.Engine.Network.Notifications;

namespace Referrals.Workers.Notifications;

/// <summary>The words of mails in a person's language, from <c>MailTexts.resx</c> (German) and <c>MailTexts.en.resx</c>.</summary>
internal sealed class MailTexts(string language)
{
    private static readonly ResourceManager Words = new(typeof(MailTexts).FullName!, typeof(MailTexts).Assembly);

    private readonly CultureInfo _culture = CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : "de-DE");

    /// <summary>A text with values in it.</summary>
    public string this[string key, params object[] values] => string.Format(
        _culture, Words.GetString(key, _culture) ?? throw new KeyNotFoundException($"there are no words for '{key}'"), values);

    /// <summary>What happened, with number and step, or the chain that it is about, and nothing else.</summary>
    public string Line(Notification notification)
    {
        var step = notification.Step is { } title ? (language == "en" && title.En is { Length: > 0 } english ? english : title.De) : null;
        var about = string.Join(", ", new[] { Number(notification), step }.OfType<string>());
        var what = this[$"Kind.{notification.Kind}"];
        return about.Length == 0 ? what : $"{what}: {about}";
    }

    private string? Number(Notification notification) =>
        notification.Number is { } number ? this[notification.Area == NotificationArea.Referral ? "Referral" : "Assignment", number] : null;
}
