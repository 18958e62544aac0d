using System.Net;
using Npgsql;

namespace Referrals.Engine.History;

/// <summary>Connections to other machines are encrypted, and whom they lead to is checked, unless a setting says that the network between is one's own.</summary>
public static class Encryption
{
    private const string Else = "If the network between is your own and nobody else's, as between containers of one machine, set Referrals__PlainConnections=true.";

    /// <summary>Refuses a connection string that would send in the clear, or to anybody with a certificate, over a network.</summary>
    /// <param name="connectionString">Of PostgreSQL.</param>
    /// <param name="name">What it is for, in messages.</param>
    /// <exception cref="InvalidOperationException">It leads to another machine without <c>SSL Mode=VerifyFull</c>.</exception>
    public static void RequireOf(string connectionString, string name)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        var away = (builder.Host ?? "").Split(',').FirstOrDefault(h => !IsHere(h));
        if (away is not null && builder.SslMode != SslMode.VerifyFull)
        {
            throw new InvalidOperationException(
                $"The database connection of the {name} leads to another machine ({away}) and needs SSL Mode=VerifyFull, and Root Certificate=FILE unless a public authority signed its certificate. {Else}");
        }
    }

    /// <summary>Refuses a broker's address that would send in the clear over a network.</summary>
    /// <param name="broker">Of RabbitMQ.</param>
    /// <exception cref="InvalidOperationException">It leads to another machine without TLS.</exception>
    public static void RequireOf(Uri broker)
    {
        if (!IsHere(broker.Host) && !IsEncrypted(broker))
        {
            throw new InvalidOperationException($"The broker is on another machine ({broker.Host}) and needs an address that begins with amqps://. {Else}");
        }
    }

    /// <summary>Refuses a collector of traces and metrics that would get them in the clear over a network.</summary>
    /// <param name="collector">Its address, as OTLP has it.</param>
    /// <exception cref="InvalidOperationException">It is on another machine without https.</exception>
    public static void RequireOfCollector(string collector)
    {
        if (Uri.TryCreate(collector, UriKind.Absolute, out var address) && !IsHere(address.Host) && address.Scheme != Uri.UriSchemeHttps)
        {
            throw new InvalidOperationException($"OTEL_EXPORTER_OTLP_ENDPOINT leads to another machine ({address.Host}) and needs https://. {Else}");
        }
    }

    /// <summary>Whether messages to a broker go over TLS.</summary>
    public static bool IsEncrypted(Uri broker) => broker.Scheme is "amqps" or "rabbitmqs";

    // Sockets of the file system, the loopback address, and no name at all, which is the same.
    private static bool IsHere(string host)
    {
        var name = host.Trim().Trim('[', ']');
        return name.Length == 0 || name[0] is '/' or '@' || string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name.Split(':') is [var address, _] ? address : name, out var ip) && IPAddress.IsLoopback(ip));
    }
}
