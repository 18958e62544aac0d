using System.Net;

namespace Referrals.Local;

/// <summary>The demo network's secrets are known to everybody, so it is for this machine only.</summary>
internal static class Loopback
{
    /// <summary>Throws when the product would listen on another address.</summary>
    public static void Require(IConfiguration configuration)
    {
        foreach (var url in (configuration[WebHostDefaults.ServerUrlsKey] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var host = BindingAddress.Parse(url).Host;
            if (host != "localhost" && !(IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)))
            {
                throw new InvalidOperationException($"The demo network listens on the loopback address only, not on {url}; start without it (./run --no-demo) or on 127.0.0.1.");
            }
        }
    }
}
