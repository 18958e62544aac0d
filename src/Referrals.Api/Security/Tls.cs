using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Referrals.Api.Security;

/// <summary>TLS where the host itself ends it (<c>Kestrel:Endpoints:…</c> with a certificate), without a proxy: versions 1.3 and 1.2, with forward secrecy and authenticated ciphers only.</summary>
public static class Tls
{
    private static readonly TlsCipherSuite[] Suites =
    [
        TlsCipherSuite.TLS_AES_256_GCM_SHA384, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256, TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    ];

    /// <summary>Makes it the rule of all endpoints with https.</summary>
    public static void Configure(KestrelServerOptions options) => options.ConfigureHttpsDefaults(https =>
    {
        https.SslProtocols = SslProtocols.Tls13 | SslProtocols.Tls12;
        https.OnAuthenticate = (_, tls) =>
        {
            if (OperatingSystem.IsLinux())
            {
                tls.CipherSuitesPolicy = new CipherSuitesPolicy(Suites);
            }
        };
    });
}
