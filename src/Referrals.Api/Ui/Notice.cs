using System.Text.Json;
using Referrals.Api.Security.SignIn;

namespace Referrals.Api.Ui;

/// <summary>
/// A sentence that says on the next page what was done. Waits in a cookie of the visitor's own, so that it also comes when the next
/// page is served by another process; holds the key of a text and numbers or codes, nothing else.
/// </summary>
/// <param name="Key">Key of the sentence.</param>
/// <param name="Values">What stands in it.</param>
public sealed record Notice(string Key, IReadOnlyList<string> Values)
{
    private const string Cookie = "hinweis";

    internal static void Leave(HttpContext context, string key, IReadOnlyList<string> values) =>
        HostCookies.Keep(context, Cookie, Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new Notice(key, values))), TimeSpan.FromMinutes(1));

    /// <summary>The notice that waits, once.</summary>
    public static Notice? Take(HttpContext context, Words words)
    {
        if (HostCookies.Read(context, Cookie) is not { Length: < 2000 } waiting || context.Response.HasStarted)
        {
            return null;
        }

        HostCookies.Drop(context, Cookie);
        try
        {
            var notice = JsonSerializer.Deserialize<Notice>(Convert.FromBase64String(waiting));
            return notice is { Key: not null, Values: not null } && words.Find(notice.Key) is not null ? notice : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}
