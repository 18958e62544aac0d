namespace Referrals.Engine.Tests;

public sealed class CaseNumberTests
{
    [Theory]
    [InlineData("2026-0001", "2026", 1)]
    [InlineData("2026-0408", "2026", 408)]
    [InlineData("2026-10408", "2026", 10408)]
    [InlineData("2026-2147483647", "2026", int.MaxValue)]
    public void A_number_is_read_as_it_is_written(string text, string series, int number)
    {
        Assert.True(CaseNumber.TryParse(text, out var read));
        Assert.Equal(new CaseNumber(series, number), read);
        Assert.Equal(text, read.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-408")]
    [InlineData("2026-00408")]
    [InlineData("2026-0000")]
    [InlineData("2026-2147483648")]
    [InlineData("26-0408")]
    [InlineData("2026 0408")]
    [InlineData("2026-0408\n")]
    [InlineData(" 2026-0408")]
    [InlineData("Ü-2026-0408")]
    [InlineData("2026-٠٤٠٨")]
    public void Anything_else_is_not_read(string? text) => Assert.False(CaseNumber.TryParse(text, out _));
}
