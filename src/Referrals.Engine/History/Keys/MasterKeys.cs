using System.Security.Cryptography;
using System.Text;

namespace Referrals.Engine.History.Keys;

/// <summary>
/// Master keys that this process holds itself, from a file or from a setting. One key a line (or between commas): its id, a space and 32 random bytes as
/// base64. The first one is active; the others still unwrap. A file is read again when it changed.
/// </summary>
public sealed class MasterKeys : IMasterKeys
{
    private readonly Func<MasterKeyRing> _ring;

    private MasterKeys(Func<MasterKeyRing> ring) => _ring = ring;

    /// <inheritdoc/>
    public string Active => _ring().Active;

    /// <summary>The ids of all keys, the active one first.</summary>
    public IReadOnlyList<string> Ids => _ring().Ids;

    /// <summary>Keys from a text, such as an environment variable.</summary>
    /// <exception cref="MasterKeyException">The text can't be read.</exception>
    public static MasterKeys FromText(string text)
    {
        var ring = MasterKeyRing.Read(text, "the setting");
        return new(() => ring);
    }

    /// <summary>Keys from a file.</summary>
    /// <exception cref="MasterKeyException">There is no such file, or it can't be read.</exception>
    public static MasterKeys FromFile(string path)
    {
        var file = new WatchedKeyFile(path);
        _ = file.Ring();
        return new(file.Ring);
    }

    /// <summary>From settings: a file, or else the keys themselves; null when neither is set.</summary>
    /// <param name="file">Path of a file, or null or empty.</param>
    /// <param name="text">The keys themselves, or null or empty.</param>
    /// <exception cref="MasterKeyException">Both are set, or what is set can't be read.</exception>
    public static MasterKeys? From(string? file, string? text) => (file, text) switch
    {
        ({ Length: > 0 }, { Length: > 0 }) => throw new MasterKeyException("set either a file of master keys or the keys themselves, not both"),
        ({ Length: > 0 }, _) => FromFile(file),
        (_, { Length: > 0 }) => FromText(text),
        _ => null,
    };

    /// <summary>A line with a new random key.</summary>
    /// <param name="id">Its id, see <see cref="IMasterKeys.Active"/>.</param>
    public static string NewLine(string id) => MasterKeyRing.IsId(id)
        ? $"{id} {Convert.ToBase64String(RandomNumberGenerator.GetBytes(AuthenticatedCipher.KeySize))}"
        : throw new MasterKeyException($"'{id}' can't be the id of a key: up to 60 letters, digits and - _ .");

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WrappedKey>> WrapAsync(IReadOnlyList<ClearKey> keys, CancellationToken ct)
    {
        var ring = _ring();
        var key = ring.Find(ring.Active);
        return new([.. keys.Select(k => new WrappedKey(
            ring.Active, Convert.ToBase64String(AuthenticatedCipher.Encrypt(key, k.Bytes.Span, Encoding.UTF8.GetBytes(k.For))), k.For))]);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ClearKey>> UnwrapAsync(IReadOnlyList<WrappedKey> keys, CancellationToken ct)
    {
        var ring = _ring();
        return new([.. keys.Select(k => Unwrap(ring, k))]);
    }

    private static ClearKey Unwrap(MasterKeyRing ring, WrappedKey key)
    {
        try
        {
            return new(AuthenticatedCipher.Decrypt(ring.Find(key.MasterKey), Convert.FromBase64String(key.Text), Encoding.UTF8.GetBytes(key.For)), key.For);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw new MasterKeyException($"a key of {key.For} does not open with master key '{key.MasterKey}': it was changed, or that is another key of the same name", e);
        }
    }
}

/// <summary>The keys of a file or a setting at one moment.</summary>
internal sealed class MasterKeyRing
{
    private readonly IReadOnlyList<(string Id, byte[] Key)> _keys;
    private readonly string _source;

    private MasterKeyRing(IReadOnlyList<(string Id, byte[] Key)> keys, string source) => (_keys, _source) = (keys, source);

    public string Active => _keys[0].Id;

    public IReadOnlyList<string> Ids => [.. _keys.Select(k => k.Id)];

    public static bool IsId(string id) => id.Length is > 0 and <= 60 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    public static MasterKeyRing Read(string text, string source)
    {
        var keys = text.Split('\n', ',').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#').Select((line, no) => ReadLine(line, no + 1, source)).ToList();
        return keys.Count == 0 ? throw new MasterKeyException($"{source} has no master key")
            : keys.DistinctBy(k => k.Id).Count() < keys.Count ? throw new MasterKeyException($"{source} has two master keys of one name")
            : new(keys, source);
    }

    public byte[] Find(string id) => _keys.FirstOrDefault(k => k.Id == id).Key
        ?? throw new MasterKeyException($"{_source} has no master key '{id}', with which keys in the database are wrapped");

    // Never says what stands there: it may be a key.
    private static (string Id, byte[] Key) ReadLine(string line, int number, string source)
    {
        var key = new byte[AuthenticatedCipher.KeySize];
        return line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var id, var base64] && IsId(id)
            && Convert.TryFromBase64String(base64, key, out var length) && length == key.Length
            ? (id, key)
            : throw new MasterKeyException($"master key {number} of {source} is not an id, a space and 32 bytes as base64");
    }
}

/// <summary>A file of master keys, read again when it changed.</summary>
internal sealed class WatchedKeyFile(string path)
{
    private readonly Lock _lock = new();
    private (DateTime Written, long Length, MasterKeyRing Ring)? _read;

    public MasterKeyRing Ring()
    {
        var file = new FileInfo(path);
        try
        {
            lock (_lock)
            {
                if (!file.Exists)
                {
                    throw new MasterKeyException($"there is no file of master keys {path}; make one with ./referrals keys create --file {path}");
                }

                if (_read is not { } read || read.Written != file.LastWriteTimeUtc || read.Length != file.Length)
                {
                    _read = read = (file.LastWriteTimeUtc, file.Length, MasterKeyRing.Read(File.ReadAllText(path), path));
                }

                return read.Ring;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MasterKeyException($"the file of master keys {path} can't be read: {e.Message}", e);
        }
    }
}
