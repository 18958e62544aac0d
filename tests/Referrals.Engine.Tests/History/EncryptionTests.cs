using Referrals.Engine.History;

namespace Referrals.Engine.Tests.History;

/// <summary>Nothing goes to another machine in the clear.</summary>
public sealed class EncryptionTests
{
    [Theory]
    [InlineData("Host=/var/run/postgresql;Database=d", true)]
    [InlineData("Host=localhost;Database=d", true)]
    [InlineData("Host=127.0.0.1;Database=d", true)]
    [InlineData("Host=127.0.0.1:5433;Database=d", true)]
    [InlineData("Host=::1;Database=d", true)]
    [InlineData("Host=db.example.org;Database=d", false)]
    [InlineData("Host=10.0.0.5;Database=d", false)]
    [InlineData("Host=db.example.org;Database=d;SSL Mode=Prefer", false)]
    [InlineData("Host=db.example.org;Database=d;SSL Mode=Require", false)]
    [InlineData("Host=db.example.org;Database=d;SSL Mode=VerifyCA", false)]
    [InlineData("Host=localhost,db.example.org;Database=d", false)]
    [InlineData("Host=db.example.org;Database=d;SSL Mode=VerifyFull", true)]
    public void A_database_elsewhere_is_reached_with_a_checked_certificate_only(string connection, bool fine)
    {
        var options = new PostgresOptions { App = connection };
        if (fine)
        {
            options.Validate();
            return;
        }

        var refused = Assert.Throws<InvalidOperationException>(options.Validate).Message;
        Assert.Contains("SSL Mode=VerifyFull", refused, StringComparison.Ordinal);
        Assert.Contains("Referrals__PlainConnections", refused, StringComparison.Ordinal);
        (options with { PlainConnections = true }).Validate();
    }

    [Fact]
    public void Each_of_the_connections_counts()
    {
        const string here = "Host=localhost;Database=d", away = "Host=db.example.org;Database=d;Password=secret";
        Assert.Throws<InvalidOperationException>((new PostgresOptions { App = here, Worker = away }).Validate);
        Assert.DoesNotContain("secret", Assert.Throws<InvalidOperationException>((new PostgresOptions { App = here, Owner = away }).Validate).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:4317", true)]
    [InlineData("https://collector.example.org:4317", true)]
    [InlineData("http://collector.example.org:4317", false)]
    public void A_collector_elsewhere_is_reached_by_https_only(string address, bool fine)
    {
        var refused = Record.Exception(() => Encryption.RequireOfCollector(address));
        Assert.Equal(fine, refused is null);
        Assert.True(fine || refused is InvalidOperationException);
    }

    [Theory]
    [InlineData("amqp://u:p@localhost:5672/", true)]
    [InlineData("amqp://u:p@127.0.0.1/", true)]
    [InlineData("amqp://u:p@[::1]/", true)]
    [InlineData("amqp://u:secret@broker.example.org/", false)]
    [InlineData("rabbitmq://u:secret@broker.example.org/", false)]
    [InlineData("amqps://u:p@broker.example.org/", true)]
    public void A_broker_elsewhere_is_reached_by_tls_only(string address, bool fine)
    {
        if (fine)
        {
            Encryption.RequireOf(new Uri(address));
            return;
        }

        var refused = Assert.Throws<InvalidOperationException>(() => Encryption.RequireOf(new Uri(address))).Message;
        Assert.Contains("amqps://", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused, StringComparison.Ordinal);
    }
}
