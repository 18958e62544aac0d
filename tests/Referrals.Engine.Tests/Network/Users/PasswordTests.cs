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

    [Theory]
    [InlineData("manchesterunited")]
    [InlineData("iloveyou123456")]
    [InlineData("1q2w3e4r5t6y7u8i")]
    [InlineData("p4ssw0rdp4ssw0rd")]
    [InlineData("trustno1trustno1")]
    [InlineData("dragonmonkey1987")]
    [InlineData("zxcvbnmasdfghjkl")]
    [InlineData("Jennifer Michael")]
    public void What_is_made_of_the_commonest_passwords_of_breaches_is_refused(string password) => Assert.Equal(PasswordFault.Common, Passwords.Check(password, "kim.muster"));

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("drei Rehe vor dem Haus")]
    [InlineData("fünf Füchse im Feld")]
    public void Several_words_are_fine(string password) => Assert.Equal(PasswordFault.None, Passwords.Check(password, "kim.muster"));

    [Fact]
    public void All_of_the_commonest_passwords_that_are_long_enough_are_refused()
    {
        var library = typeof(Zxcvbn.Zxcvbn).Assembly;
        using var list = new StreamReader(library.GetManifestResourceStream(library.GetManifestResourceNames().Single(n => n.EndsWith("passwords.lst", StringComparison.Ordinal)))!);
        var commonest = list.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.True(commonest.Length >= 30_000);
        Assert.All(commonest.Where(p => p.Length >= Passwords.MinLength), p => Assert.NotEqual(PasswordFault.None, Passwords.Check(p, "kim.muster")));

        // Most are shorter than we ask for; twice, or with a year, they are not.
        Assert.All(commonest.Take(3000).Where(p => p.Length >= 4), p => Assert.NotEqual(PasswordFault.None, Passwords.Check($"{p}{p}{p}", "kim.muster")));
    }

    [Fact]
    public void Long_ones_are_looked_at_quickly()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Passwords.Check(string.Concat(Enumerable.Repeat("p@55w0rd", 25)), "kim.muster");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_first_password_has_at_least_128_random_bits_and_may_be_one()
    {
        var made = Enumerable.Range(0, 50).Select(_ => Passwords.New()).ToList();
        Assert.Equal(50, made.Distinct().Count());
        Assert.All(made, p => Assert.Matches("^[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){6}$", p));
        Assert.All(made, p => Assert.Equal(PasswordFault.None, Passwords.Check(p, "kim.muster")));
    }

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
