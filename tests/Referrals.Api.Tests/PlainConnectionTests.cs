namespace Referrals.Api.Tests;

public sealed class PlainConnectionTests(ApiHost api)
{
    [Fact]
    public void It_does_not_start_with_a_database_elsewhere_in_the_clear()
    {
        using var app = api.Start("Host=db.example.org;Database=referrals;Username=referrals;Password=secret");
        var refused = Assert.Throws<InvalidOperationException>(() => app.Services).Message;
        Assert.Contains("SSL Mode=VerifyFull", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused, StringComparison.Ordinal);
    }
}
