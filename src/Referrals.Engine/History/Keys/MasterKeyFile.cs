using System.Text;

namespace Referrals.Engine.History.Keys;

/// <summary>
/// Changes a file of master keys, for operators. It is replaced as a whole, so that a reader sees the old one or the new one, and is readable by its
/// owner only.
/// </summary>
/// <param name="path">The file.</param>
public sealed class MasterKeyFile(string path)
{
    /// <summary>The ids in it, the active one first; empty when there is no file.</summary>
    /// <exception cref="MasterKeyException">It can't be read.</exception>
    public IReadOnlyList<string> Ids => File.Exists(path) ? MasterKeys.FromFile(path).Ids : [];

    /// <summary>Adds a new key at the end, so that it is active only where it is the first; makes the file where there is none.</summary>
    /// <exception cref="MasterKeyException">The file can't be read, or has a key of this id.</exception>
    public void Add(string id) => Write([.. Lines(), MasterKeys.NewLine(id)]);

    /// <summary>Makes a key the active one.</summary>
    /// <exception cref="MasterKeyException">There is no such key.</exception>
    public void Activate(string id)
    {
        var lines = Lines();
        var at = lines.FindIndex(l => l.StartsWith(id + " ", StringComparison.Ordinal));
        if (at < 0)
        {
            throw new MasterKeyException($"{path} has no master key '{id}'");
        }

        Write([lines[at], .. lines.Where((_, i) => i != at)]);
    }

    private List<string> Lines() => File.Exists(path) ? [.. File.ReadAllLines(path).Select(l => l.Trim()).Where(l => l.Length > 0)] : [];

    private void Write(IReadOnlyList<string> lines)
    {
        _ = MasterKeys.FromText(string.Join('\n', lines));
        var next = path + ".new";
        File.Delete(next);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(next, options))
        {
            file.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}
