using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Api.Security;

namespace Referrals.Api.Tests;

/// <summary>TLS as the host itself speaks it.</summary>
public sealed class TlsTests
{
    private static readonly X509Certificate2 Certificate = Make();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Versions_1_2_and_1_3_are_spoken(SslProtocols version)
    {
        await using var app = await StartAsync();
        Assert.Equal(version, await TryAsync(app, version, null));
    }

    [Fact]
    public async Task Older_versions_are_refused()
    {
        await using var app = await StartAsync();
#pragma warning disable SYSLIB0039, CA5397 // They are tried because they must not work.
        Assert.Null(await TryAsync(app, SslProtocols.Tls11, null));
        Assert.Null(await TryAsync(app, SslProtocols.Tls, null));
#pragma warning restore SYSLIB0039, CA5397
    }

    [Theory]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, true)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, true)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, false)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384, false)]
    public async Task Ciphers_without_authentication_of_the_text_are_refused(TlsCipherSuite suite, bool spoken)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "suites are chosen on Linux only");
        await using var app = await StartAsync();
        Assert.Equal(spoken ? SslProtocols.Tls12 : null, await TryAsync(app, SslProtocols.Tls12, suite));
    }

    private static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddHours(1));
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(o =>
        {
            Tls.Configure(o);
            o.Listen(IPAddress.Loopback, 0, l => l.UseHttps(Certificate));
        });
        var app = builder.Build();
        await app.StartAsync(Ct);
        return app;
    }

    // The version that came of it, or null: refused.
    private static async Task<SslProtocols?> TryAsync(WebApplication app, SslProtocols version, TlsCipherSuite? suite)
    {
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, address.Port, Ct);
        using var tls = new SslStream(tcp.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "localhost",
                    EnabledSslProtocols = version,
                    CipherSuitesPolicy = suite is { } only && OperatingSystem.IsLinux() ? new CipherSuitesPolicy([only]) : null,
                    RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == Certificate.GetCertHashString(),
                },
                Ct);
            return tls.SslProtocol;
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return null;
        }
    }
}
