using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Referrals.Api.Ui;

namespace Referrals.Api.Tests.Ui;

/// <summary>A component as it comes to the browser.</summary>
internal static class Rendered
{
    public static async Task<string> HtmlAsync<T>(Dictionary<string, object?> parameters)
        where T : IComponent
    {
        await using var services = new ServiceCollection().AddSingleton<Words>().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    public static async Task<IDocument> PageAsync<T>(Dictionary<string, object?> parameters)
        where T : IComponent =>
        await new HtmlParser().ParseDocumentAsync(await HtmlAsync<T>(parameters), TestContext.Current.CancellationToken);
}
