using Mono.Cecil;

namespace Referrals.Engine.Tests.Layout;

public sealed class LayeringTests
{
    private static readonly string[] ForbiddenNames = ["common", "core", "shared", "utils", "utilities", "helpers"];

    private static readonly string[] Unwatched = ["bin", "obj", "node_modules", "TestResults", "artifacts"];

    // "" is Ids.cs, which everything may use and which uses nothing.
    private static readonly LayerRules Engine = new("Referrals.Engine", new Dictionary<string, string[]>
    {
        [""] = [],
        ["History"] = [""],
        ["Privacy"] = [""],
        ["Chains"] = ["", "Privacy", "History"],
        ["Referrals"] = ["", "Chains", "Privacy", "History"],
        ["Assignments"] = ["", "Chains", "Privacy", "History"],
        ["Network"] = ["", "Chains", "Privacy", "History", "Referrals", "Assignments"],
        ["Review"] = ["", "Chains", "Privacy", "History", "Referrals", "Assignments", "Network"],
    });

    [Fact]
    public void The_engine_keeps_the_rules_between_its_namespaces()
    {
        using var module = Module("Referrals.Engine");

        Assert.Empty(Engine.Breaches(module));
    }

    [Theory]
    [InlineData("Referrals.Engine")]
    [InlineData("Referrals.Api")]
    public void Types_of_MassTransit_stay_in_the_workers(string assembly)
    {
        using var module = Module(assembly);

        Assert.DoesNotContain(module.AssemblyReferences, a => a.Name.StartsWith("MassTransit", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Referrals.Engine", "Referrals.Api")]
    [InlineData("Referrals.Engine", "Referrals.Workers")]
    [InlineData("Referrals.Api", "Referrals.Workers")]
    [InlineData("Referrals.Workers", "Referrals.Api")]
    public void The_parts_do_not_know_each_other(string assembly, string other)
    {
        using var module = Module(assembly);

        Assert.DoesNotContain(module.AssemblyReferences, a => a.Name == other);
        Assert.DoesNotContain($"{other}.csproj", File.ReadAllText(Path.Combine(Root, "src", assembly, $"{assembly}.csproj")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_single_process_host_leaves_messaging_to_the_workers()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Root, "deploy", "local", "Referrals.Local")).ToList();

        Assert.NotEmpty(sources);
        Assert.All(sources.Where(s => !s.EndsWith("packages.lock.json", StringComparison.Ordinal)), s => Assert.DoesNotContain("MassTransit", File.ReadAllText(s), StringComparison.Ordinal));
    }

    [Fact]
    public void No_folder_or_project_is_a_drawer_for_everything()
    {
        var folders = Folders(new DirectoryInfo(Root)).ToList();

        Assert.Contains(folders, f => f.Name == "Referrals.Engine");
        Assert.DoesNotContain(folders, f => f.Name.Split('.').Any(part => ForbiddenNames.Contains(part.ToLowerInvariant())));
    }

    private static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    private static string FindRoot(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Referrals.sln"))
            ? folder.FullName
            : FindRoot(folder.Parent ?? throw new DirectoryNotFoundException("no folder above the tests holds Referrals.sln"));

    private static IEnumerable<DirectoryInfo> Folders(DirectoryInfo above) =>
        above.EnumerateDirectories()
            .Where(f => !Unwatched.Contains(f.Name) && !f.Name.StartsWith('.') && f.LinkTarget is null)
            .SelectMany(f => Folders(f).Prepend(f));

    private static ModuleDefinition Module(string assembly) =>
        ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"));
}
