using Microsoft.AspNetCore.DataProtection;
using OtpNet;
using Referrals.Api.Security.SignIn;

namespace Referrals.Api.Tests;

public sealed class SecondFactorTests
{
    private static readonly DateTimeOffset Step = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, -1, false)]
    [InlineData(0, 0, true)]
    [InlineData(0, 29, true)]
    [InlineData(0, 30, false)]
    [InlineData(1, -1, true)]
    [InlineData(1, 30, true)]
    [InlineData(1, 60, false)]
    public void A_code_counts_in_its_own_thirty_seconds_unless_set_otherwise(int steps, int secondsAfter, bool counts)
    {
        var secret = SecondFactor.NewSecret();
        var code = new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(Step.UtcDateTime);
        var factor = new SecondFactor(new EphemeralDataProtectionProvider(), new SignInSettings { CodeSteps = steps }, new FixedClock(Step.AddSeconds(secondsAfter)));
        Assert.Equal(counts, factor.StepOf(secret, code) is not null);
    }

    [Fact]
    public void Recovery_codes_have_at_least_128_random_bits()
    {
        var codes = SecondFactor.NewRecoveryCodes();
        Assert.Equal(SecondFactor.RecoveryCodes, codes.Distinct().Count());

        // 32 signs of five bits each.
        Assert.All(codes, c => Assert.Matches("^[A-Z2-7]{4}(-[A-Z2-7]{4}){7}$", c));
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
