namespace Referrals.Engine.Tests;

/// <summary>Files of the repository that tests read: documents, the demo network.</summary>
public static class Repository
{
    private static readonly string Root = Find();

    /// <summary>The path of a file or folder, given from the root of the repository.</summary>
    public static string File(string path) => Path.Combine(Root, path);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Referrals.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("the tests run outside the repository");
    }
}
