using System.IO.Compression;
using Referrals.Engine.History;

namespace Referrals.Engine.Review.Logs;

/// <summary>A table that was uploaded and waits until somebody has said which column means what.</summary>
/// <param name="Id">Stands for it.</param>
/// <param name="FileName">Name of the file.</param>
/// <param name="Title">What people are to call the log.</param>
/// <param name="Packed">The file as it came, packed with gzip once more.</param>
public sealed record ReviewUpload(Guid Id, string FileName, string Title, byte[] Packed)
{
    /// <summary>The file as it came.</summary>
    public Stream Open() => new GZipStream(new MemoryStream(Packed, writable: false), CompressionMode.Decompress);
}

/// <summary>Keeps uploads between two pages, in the database, so that any process can go on and a restart loses none. Each is only for who uploaded it.</summary>
public sealed class ReviewUploadStore(TenantDatabase database, TimeProvider time)
{
    /// <summary>How long one is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(2);

    /// <summary>How many a person has at most; the oldest goes.</summary>
    public const int MostOfOne = 3;

    private static readonly OrganisationId Network = new(StreamName.Network);

    /// <summary>Keeps one, and drops what is too old.</summary>
    /// <param name="id">Stands for it.</param>
    /// <param name="file">The file, packed or not; within <paramref name="limits"/>.</param>
    /// <param name="fileName">Its name.</param>
    /// <param name="title">What people are to call the log.</param>
    /// <param name="by">Who uploads it.</param>
    /// <param name="limits">How much is taken.</param>
    /// <param name="ct">Cancels it.</param>
    /// <exception cref="LogFormatException">It is too large.</exception>
    public async Task AddAsync(Guid id, Stream file, string fileName, string title, LogKeeper by, LogLimits limits, CancellationToken ct)
    {
        var packed = Pack(file, limits);
        await DropOldAsync(ct);
        await database.RunAsync(
            Network,
            """
            with crowded as (
              delete from @schema.review_uploads where tenant_id = $1 and id in (
                select id from @schema.review_uploads where tenant_id = $1 and organisation = $4 and uploaded_by = $5 order by uploaded_at desc offset $9))
            insert into @schema.review_uploads (tenant_id, id, uploaded_at, organisation, uploaded_by, file_name, title, content)
            values ($1, $2, $3, $4, $5, $6, $7, $8) returning 1
            """,
            r => r.GetInt32(0), ct, StreamName.Network, id, time.GetUtcNow(), by.Organisation.Value, by.Who, fileName, title, packed, MostOfOne - 1);
    }

    /// <summary>One of this person, or null: there is none, or not any more.</summary>
    public async Task<ReviewUpload?> FindAsync(Guid id, LogKeeper by, CancellationToken ct) => (await database.RunAsync(
        Network,
        """
        select id, file_name, title, content from @schema.review_uploads
        where tenant_id = $1 and id = $2 and organisation = $3 and uploaded_by = $4 and uploaded_at > $5
        """,
        r => new ReviewUpload(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetFieldValue<byte[]>(3)),
        ct, StreamName.Network, id, by.Organisation.Value, by.Who, time.GetUtcNow() - KeptFor)) is [var waiting] ? waiting : null;

    /// <summary>Deletes one of this person. False when there is none.</summary>
    public async Task<bool> DeleteAsync(Guid id, LogKeeper by, CancellationToken ct) => (await database.RunAsync(
        Network, "delete from @schema.review_uploads where tenant_id = $1 and id = $2 and organisation = $3 and uploaded_by = $4 returning 1",
        r => r.GetInt32(0), ct, StreamName.Network, id, by.Organisation.Value, by.Who)).Count > 0;

    /// <summary>Deletes what nobody went on with in time.</summary>
    public Task DropOldAsync(CancellationToken ct) => database.RunAsync(
        Network, "delete from @schema.review_uploads where tenant_id = $1 and uploaded_at <= $2 returning 1",
        r => r.GetInt32(0), ct, StreamName.Network, time.GetUtcNow() - KeptFor);

    private static byte[] Pack(Stream file, LogLimits limits)
    {
        using var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            BoundedStream.File(file, limits).CopyTo(packing);
        }

        return packed.ToArray();
    }
}
