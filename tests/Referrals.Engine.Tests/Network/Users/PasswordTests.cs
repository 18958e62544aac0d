using Referrals.Engine.Network.Users;

namespace Referrals.Engine.Tests.Network.Users;

public sealed class PasswordTests
{
    [Theory]
    [InlineData("kurz", PasswordFault.TooShort)]
    [InlineData("elfzeichen1", PasswordFault.TooShort)]
    [InlineData("kim.muster-kim.muster", PasswordFault.IsLogin)]
    [InlineData("KimMuster2026", PasswordFault.None)]
    [InlineData("KimMuster.12", PasswordFault.IsLogin)]
    [InlineData("Passwort2026!", PasswordFault.Common)]
    [InlineData("passwordpassword", PasswordFault.Common)]
    [InlineData("aaaaaaaaaaaaaaaa", PasswordFault.Common)]
    [InlineData("123456789012", PasswordFault.Common)]
    [InlineData("2026-11-22-2026", PasswordFault.Common)]
    [InlineData("willkommen26", PasswordFault.Common)]
    [InlineData("Kettenwerk2026!", PasswordFault.Common)]
    [InlineData("Schuldnerberatung1", PasswordFault.Common)]
    [InlineData("partnerpartner", PasswordFault.Common)]
    [InlineData("vier Fische am Kai", PasswordFault.None)]
    [InlineData("demo-demo-demo", PasswordFault.Common)]
    public void A_password_is_long_and_not_among_those_tried_first(string password, PasswordFault fault) =>
        Assert.Equal(fault, Passwords.Check(password, "kim.muster"));

    [Fact]
    public void A_password_has_an_end() => Assert.Equal(PasswordFault.TooLong, Passwords.Check(string.Concat(Enumerable.Range(0, 100).Select(i => $"{i} ")), "kim.muster"));

    [Fact]
    public void A_hash_matches_its_password_only_and_differs_each_time()
    {
        var hash = Passwords.Hash("vier Fische am Kai");
        Assert.True(Passwords.Matches(hash, "vier Fische am Kai"));
        Assert.False(Passwords.Matches(hash, "vier Fische am kai"));
        Assert.False(Passwords.Matches(hash, ""));
        Assert.False(Passwords.Matches(null, "vier Fische am Kai"));
        Assert.NotEqual(hash, Passwords.Hash("vier Fische am Kai"));
    }

    [Theory]
    [InlineData("kim.muster", true)]
    [InlineData("k-m", true)]
    [InlineData("4711", true)]
    [InlineData("km", false)]
    [InlineData(".kim", false)]
    [InlineData("kim muster", false)]
    [InlineData("kim@muster", false)]
    [InlineData("Kim", false)]
    public void A_login_keeps_the_rules(string login, bool fine) => Assert.Equal(fine, Logins.IsLogin(login));
}
