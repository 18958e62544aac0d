using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Referrals.Api.Answers;
using Referrals.Api.Ui;

namespace Referrals.Api.Security;

/// <summary>Whose word counts for where a request came from and whether it came over https: the proxies named in the settings, and nobody else.</summary>
/// <param name="Addresses">Single addresses.</param>
/// <param name="Networks">Networks.</param>
/// <param name="HttpsOnly">Whether nothing but the health is answered over http (<c>Referrals:HttpsOnly</c>).</param>
public sealed record Proxies(IReadOnlyList<IPAddress> Addresses, IReadOnlyList<System.Net.IPNetwork> Networks, bool HttpsOnly)
{
    // The framework's own switch: ASPNETCORE_FORWARDEDHEADERS_ENABLED.
    private const string Switch = "ForwardedHeaders_Enabled";

    private bool IsSet => Addresses.Count + Networks.Count > 0;

    /// <summary>Reads <c>Referrals:Proxies</c>: addresses and networks such as <c>10.0.4.0/24</c>, with commas or spaces between them.</summary>
    /// <exception cref="InvalidOperationException">One of them is neither.</exception>
    public static Proxies From(IConfiguration configuration)
    {
        var (addresses, networks) = (new List<IPAddress>(), new List<System.Net.IPNetwork>());
        foreach (var word in (configuration["Referrals:Proxies"] ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPAddress.TryParse(word, out var address))
            {
                addresses.Add(address);
            }
            else if (System.Net.IPNetwork.TryParse(word, out var network))
            {
                networks.Add(network);
            }
            else
            {
                throw new InvalidOperationException($"Referrals:Proxies: '{word}' is neither an address nor a network such as 10.0.4.0/24");
            }
        }

        return new Proxies(addresses, networks, configuration.GetValue("Referrals:HttpsOnly", false));
    }

    internal static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var proxies = From(configuration);
        services.AddSingleton(proxies);
        if (proxies.IsSet)
        {
            // After the framework's own switch, which believes everybody.
            services.PostConfigure<ForwardedHeadersOptions>(proxies.Apply);
        }
    }

    /// <summary>Reads the proxies' headers, and sends people to https where that is asked for.</summary>
    /// <exception cref="InvalidOperationException">Forwarded headers are switched on, but nothing says whose count.</exception>
    internal static void Use(WebApplication app)
    {
        var (proxies, isOn) = (app.Services.GetRequiredService<Proxies>(), app.Configuration.GetValue(Switch, false));
        if (isOn && !proxies.IsSet && !app.Environment.IsDevelopment())
        {
            throw new InvalidOperationException(
                "ASPNETCORE_FORWARDEDHEADERS_ENABLED is on, but nothing says whose headers count: set Referrals__Proxies to the addresses or networks of the proxies (127.0.0.1 for one on this machine).");
        }

        if (proxies.IsSet && !isOn)
        {
            app.UseForwardedHeaders();
        }

        if (proxies.HttpsOnly)
        {
            app.Use(RequireHttpsAsync);
        }
    }

    private void Apply(ForwardedHeadersOptions options)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.ForwardLimit = null;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var address in Addresses)
        {
            options.KnownProxies.Add(address);
        }

        foreach (var network in Networks)
        {
            options.KnownIPNetworks.Add(network);
        }
    }

    // A person is led to https. A program is not: it would send its secrets in the clear again and again without anybody noticing.
    private static Task RequireHttpsAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.IsHttps || context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            return next(context);
        }

        if (!PageRequests.IsPage(context) || !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)))
        {
            return new ProblemResult(Problem.Of(HttpErrors.HttpsNeeded)).ExecuteAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = $"https://{context.Request.Host.Host}{context.Request.PathBase}{context.Request.Path}{context.Request.QueryString}";
        return Task.CompletedTask;
    }
}
