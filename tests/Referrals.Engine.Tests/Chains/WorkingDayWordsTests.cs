namespace Referrals.Engine.Tests.Chains;

public sealed class WorkingDayWordsTests
{
    private static readonly string[] Kinds = [".cs", ".razor", ".resx", ".sql", ".json", ".md"];

    // By law a "Werktag" may be a Saturday; the calendar of chains knows none.
    [Fact]
    public void A_working_day_has_one_name_in_German()
    {
        var source = Repository.File("src");
        var files = Directory.EnumerateFiles(source, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(f => Kinds.Contains(Path.GetExtension(f)) && !Path.GetRelativePath(source, f).Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
            .ToList();
        Assert.Contains(files, f => File.ReadAllText(f).Contains("Arbeitstag", StringComparison.Ordinal));
        Assert.DoesNotContain(files, f => File.ReadAllText(f).Contains("werktag", StringComparison.OrdinalIgnoreCase));
    }
}
