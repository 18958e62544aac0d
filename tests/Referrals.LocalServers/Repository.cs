namespace Referrals.LocalServers;

/// <summary>Where the sources lie.</summary>
public static class Repository
{
    /// <summary>The folder of <c>Referrals.sln</c>, above the folder that the running program lies in.</summary>
    /// <exception cref="DirectoryNotFoundException">The program doesn't lie below the repository.</exception>
    public static string Root { get; } = Find();

    /// <summary>A file or folder of the repository.</summary>
    public static string Path(params IEnumerable<string> parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Referrals.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds Referrals.sln");
    }
}
