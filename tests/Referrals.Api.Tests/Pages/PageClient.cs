using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Referrals.Api.Tests.Pages;

/// <summary>A browser without pictures and script: keeps cookies, reads pages, fills in forms, follows no redirect by itself.</summary>
public sealed class PageClient(HttpClient http)
{
    private static readonly HtmlParser Parser = new();

    public HttpClient Http { get; } = http;

    /// <summary>Opens an address.</summary>
    public async Task<PageAnswer> Open(string url) => await Read(await Http.GetAsync(new Uri(url, UriKind.RelativeOrAbsolute), TestContext.Current.CancellationToken));

    /// <summary>Follows the redirect of an answer.</summary>
    public Task<PageAnswer> Follow(PageAnswer answer) =>
        Open(answer.Location ?? throw new InvalidOperationException($"there is no redirect but {answer.Status}: {answer.Text}"));

    /// <summary>
    /// Sends a form of a page as a browser would: with everything that the form holds and these values in place of its own; a null
    /// value leaves a field out.
    /// </summary>
    /// <param name="page">The page with the form.</param>
    /// <param name="action">Path that the form is sent to, without query.</param>
    /// <param name="values">Fields that the person fills in, or the button that is pressed.</param>
    public Task<PageAnswer> Send(PageAnswer page, string action, params (string Name, string? Value)[] values)
    {
        var form = page.Document.Forms.FirstOrDefault(f => f.GetAttribute("action")?.Split('?')[0] == action)
            ?? throw new InvalidOperationException($"the page has no form for {action}; it has: {string.Join(", ", page.Document.Forms.Select(f => f.GetAttribute("action")))}");
        var fields = Values(form, page.Document).Where(f => values.All(v => v.Name != f.Key)).ToList();
        fields.AddRange(values.Where(v => v.Value is not null).Select(v => KeyValuePair.Create(v.Name, v.Value!)));
        return Post(form.GetAttribute("action")!, fields);
    }

    /// <summary>Sends a form of a page with a file, as <see cref="Send"/> does without one.</summary>
    public async Task<PageAnswer> SendFile(PageAnswer page, string action, string field, string fileName, byte[] content, params (string Name, string? Value)[] values)
    {
        var form = page.Document.Forms.First(f => f.GetAttribute("action") == action && f.Enctype == "multipart/form-data");
        using var parts = new MultipartFormDataContent();
        foreach (var (name, value) in Values(form, page.Document).Where(f => f.Key != field && values.All(v => v.Name != f.Key)).Concat(values.Select(v => KeyValuePair.Create(v.Name, v.Value ?? ""))))
        {
            parts.Add(new StringContent(value), name);
        }

        parts.Add(new ByteArrayContent(content), field, fileName);
        return await Read(await Http.PostAsync(new Uri(action, UriKind.Relative), parts, TestContext.Current.CancellationToken));
    }

    /// <summary>Sends fields without a page.</summary>
    public async Task<PageAnswer> Post(string url, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await Read(await Http.PostAsync(new Uri(url, UriKind.RelativeOrAbsolute), content, TestContext.Current.CancellationToken));
    }

    private static IEnumerable<KeyValuePair<string, string>> Values(IHtmlFormElement form, IHtmlDocument document)
    {
        foreach (var field in document.QuerySelectorAll("input, select, textarea").Where(e => form.Contains(e) || (e.Id is not null && e.GetAttribute("form") == form.Id)))
        {
            var (name, value) = field switch
            {
                IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } => (null, ""),
                IHtmlInputElement input => (input.Name, input.Value),
                IHtmlSelectElement select => (select.Name, select.Value ?? ""),
                IHtmlTextAreaElement area => (area.Name, area.Value),
                _ => (null, ""),
            };
            if (name is not null)
            {
                yield return KeyValuePair.Create(name, value);
            }
        }
    }

    private static async Task<PageAnswer> Read(HttpResponseMessage answer)
    {
        using (answer)
        {
            var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return new PageAnswer(answer.StatusCode, answer.Headers.Location?.OriginalString, Parser.ParseDocument(html), html, answer.Content.Headers.ContentType?.MediaType);
        }
    }
}

/// <summary>A page as it came.</summary>
public sealed record PageAnswer(HttpStatusCode Status, string? Location, IHtmlDocument Document, string Html, string? ContentType)
{
    /// <summary>What a person reads in the page's main part, with single spaces.</summary>
    public string Text => string.Join(' ', (Document.QuerySelector("main") ?? Document.Body)?.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? []);

    /// <summary>The page's only heading of the first level.</summary>
    public string Heading => string.Join(' ', Assert.Single(Document.QuerySelectorAll("h1")).TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public PageAnswer Is(HttpStatusCode status)
    {
        Assert.True(Status == status, $"{Status} instead of {status} (to {Location}): {Text[..Math.Min(600, Text.Length)]}");
        return this;
    }

    /// <summary>The value that a field shows.</summary>
    public string? Value(string field) => Document.QuerySelector($"[name='{field}']") switch
    {
        IHtmlInputElement { Type: "radio" } => Document.QuerySelectorAll<IHtmlInputElement>($"input[name='{field}']").FirstOrDefault(i => i.IsChecked)?.Value,
        IHtmlInputElement input => input.Value,
        IHtmlSelectElement select => select.Value,
        IHtmlTextAreaElement area => area.Value,
        _ => null,
    };

    /// <summary>What the error summary says, and that each of its links leads to a field of the page.</summary>
    public IReadOnlyList<string> Faults
    {
        get
        {
            var links = Document.QuerySelectorAll("#fehler a").ToList();
            Assert.All(links, l => Assert.NotNull(Document.GetElementById(l.GetAttribute("href")![1..])));
            return [.. Document.QuerySelectorAll("#fehler li").Select(l => l.TextContent.Trim())];
        }
    }
}
