using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace Referrals.Api.Ui;

/// <summary>
/// Styles, script and fonts of the pages. They lie in the assembly, so that no host has to know where they are; addresses carry a hash
/// of the content, so that browsers keep them for a year and still get a new one at once.
/// </summary>
public static class PageAssets
{
    private const string Folder = "pages/";
    private static readonly FrozenDictionary<string, Asset> All = Load();

    /// <summary>The address of a file, such as <c>app.css</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such file.</exception>
    public static string Url(string name) => $"{Links.Assets}/{name}?v={All[name].Hash}";

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Links.Assets + "/{name}", Serve).WithMetadata(new PageRoute()).AllowAnonymous().DisableRateLimiting().ExcludeFromDescription();

    private static IResult Serve(string name, HttpContext context)
    {
        if (!All.TryGetValue(name, out var asset))
        {
            return Results.NotFound();
        }

        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.XContentTypeOptions = "nosniff";
        headers.Vary = "Accept-Encoding";
        if (asset.Compressed is { } compressed && context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
        {
            headers.ContentEncoding = "br";
            return Results.Bytes(compressed, asset.ContentType);
        }

        return Results.Bytes(asset.Content, asset.ContentType);
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        var assembly = typeof(PageAssets).Assembly;
        var types = new FileExtensionContentTypeProvider();
        var names = assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal) && !n.EndsWith(".br", StringComparison.Ordinal));
        return names.ToFrozenDictionary(n => n[Folder.Length..], n =>
        {
            var content = Read(assembly, n)!;
            var type = types.TryGetContentType(n, out var known) ? known : "application/octet-stream";
            var text = type.StartsWith("text/", StringComparison.Ordinal) ? "; charset=utf-8" : "";
            return new Asset(content, Read(assembly, n + ".br"), type + text, Convert.ToHexStringLower(SHA256.HashData(content))[..12]);
        });
    }

    private static byte[]? Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }

        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private sealed record Asset(byte[] Content, byte[]? Compressed, string ContentType, string Hash);
}
