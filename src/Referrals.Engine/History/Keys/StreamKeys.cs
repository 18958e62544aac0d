using System.Security.Cryptography;

namespace Referrals.Engine.History.Keys;

/// <summary>The key of a stream as an append needs it.</summary>
/// <param name="Key">256 bits; null: it was destroyed.</param>
/// <param name="New">The key wrapped, when it is new and has to be stored with the append.</param>
internal sealed record StreamKey(byte[]? Key, WrappedKey? New)
{
    public static StreamKey Destroyed { get; } = new(null, null);

    /// <summary>A new key, not wrapped.</summary>
    public static byte[] Random() => RandomNumberGenerator.GetBytes(AuthenticatedCipher.KeySize);

    /// <summary>What a stream's key is for, as its associated data.</summary>
    public static string For(string tenant, Guid stream) => $"stream {tenant} {stream:D}";
}

/// <summary>A stream's key as a row tells it: wrapped, destroyed, or none.</summary>
/// <param name="Wrapped">The wrapped key; null: there is none any more, or there never was one.</param>
/// <param name="Destroyed">Whether there was one.</param>
internal readonly record struct StoredKey(WrappedKey? Wrapped, bool Destroyed)
{
    /// <summary>The text of a lookup for the stream of <c>e</c>: the master key's id, a space and the wrapped key; empty when it was destroyed.</summary>
    public const string Column =
        "(select coalesce(k.master_key || ' ' || k.wrapped, '') from @schema.stream_keys k where k.tenant_id = e.tenant_id and k.stream_id = e.stream_id)";

    /// <summary>Reads what the lookup gave; null: no row.</summary>
    public static StoredKey Read(string? text, string tenant, Guid stream) => text switch
    {
        null => default,
        "" => new(null, true),
        _ when text.IndexOf(' ', StringComparison.Ordinal) is var at and > 0 => new(new(text[..at], text[(at + 1)..], StreamKey.For(tenant, stream)), false),
        _ => throw new MasterKeyException($"the key of stream {stream} can't be read"),
    };
}

/// <summary>Where the append's keys come from: those that streams have, and new ones for streams that have none.</summary>
internal sealed class StreamKeySource(IMasterKeys? masters, Func<StreamName, CancellationToken, Task<StoredKey>> lookUp)
{
    private static readonly IReadOnlyDictionary<StreamName, StreamKey> None = new Dictionary<StreamName, StreamKey>();

    /// <summary>The keys of those streams of the append that get sealed texts, and of those that rows with references belong to.</summary>
    /// <exception cref="MasterKeyException">There are no master keys.</exception>
    public async ValueTask<IReadOnlyDictionary<StreamName, StreamKey>> ForAsync(Append append, EventCodec codec, CancellationToken ct)
    {
        Dictionary<StreamName, StreamKey>? keys = null;
        foreach (var stream in append.Streams)
        {
            if (stream.Events.Any(codec.HasSealedText))
            {
                keys ??= [];
                keys[stream.Stream] = await FindAsync(stream.Stream, stream.ExpectedVersion == 0, ct);
            }
        }

        foreach (var row in append.Rows.OfType<RowChange.PutListRow>().Select(r => r.Row).Where(r => r.Reference is not null))
        {
            keys ??= [];
            if (!keys.Keys.Any(s => (s.Tenant, s.Id) == (row.Tenant, row.Id)))
            {
                var stream = new StreamName(row.Tenant, row.List, row.Id);
                keys[stream] = await FindAsync(stream, isNew: false, ct);
            }
        }

        return keys ?? None;
    }

    private async Task<StreamKey> FindAsync(StreamName stream, bool isNew, CancellationToken ct)
    {
        var keys = masters ?? throw new MasterKeyException("there is no master key, so texts can't be stored");
        var stored = isNew ? default : await lookUp(stream, ct);
        if (stored.Destroyed)
        {
            return StreamKey.Destroyed;
        }

        if (stored.Wrapped is { } wrapped)
        {
            return new((await keys.UnwrapAsync([wrapped], ct))[0].Bytes.ToArray(), null);
        }

        var key = StreamKey.Random();
        return new(key, (await keys.WrapAsync([new(key, StreamKey.For(stream.Tenant, stream.Id))], ct))[0]);
    }
}
