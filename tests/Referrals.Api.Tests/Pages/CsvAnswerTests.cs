using Referrals.Api.Ui.Parts;

namespace Referrals.Api.Tests.Pages;

public sealed class CsvAnswerTests
{
    [Theory]
    [InlineData("Kita Sonnenhof", "Kita Sonnenhof")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49", "'+49")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("-2,5,5", "'-2,5,5")]
    [InlineData("-2", "-2")]
    [InlineData("-0,25", "-0,25")]
    [InlineData("@sum", "'@sum")]
    [InlineData("\tx", "'\tx")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("say \"so\"", "\"say \"\"so\"\"\"")]
    [InlineData("=a;b", "\"'=a;b\"")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Values_are_quoted_where_needed_and_never_a_formula(string? value, string cell) => Assert.Equal(cell, CsvAnswer.Cell(value));
}
