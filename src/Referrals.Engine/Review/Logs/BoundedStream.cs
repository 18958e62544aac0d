using System.Globalization;

namespace Referrals.Engine.Review.Logs;

/// <summary>Reads from another stream, but not more than allowed.</summary>
/// <param name="inner">Where the bytes come from; stays open.</param>
/// <param name="most">The most bytes.</param>
/// <param name="tooMany">What is thrown when there are more.</param>
internal sealed class BoundedStream(Stream inner, Func<long> most, Func<LogFormatException> tooMany) : Stream
{
    private int _members;
    private uint _tail;

    private static ReadOnlySpan<byte> Member => [0x1F, 0x8B, 0x08];

    /// <summary>How many bytes were read.</summary>
    public long Count { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Count;
        set => throw new NotSupportedException();
    }

    /// <summary>
    /// Whether these bytes, all read, can be a whole gzip file that unpacks to so many: it ends with that number (RFC 1952), unless several files were joined.
    /// The unpacking stream takes a file that is cut short for a whole one.
    /// </summary>
    public bool CanUnpackTo(long count) => _tail == (uint)count || (_members > 1 && _tail <= count);

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Count += read;
        _members += buffer[..read].Count(Member);
        foreach (var b in buffer[Math.Max(0, read - sizeof(uint))..read])
        {
            _tail = (_tail >> 8) | ((uint)b << 24);
        }

        return Count > most() ? throw tooMany() : read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>A file as it lies, within the limit.</summary>
    public static BoundedStream File(Stream file, LogLimits limits) =>
        new(file, () => limits.FileBytes, () => TooLarge(limits));

    /// <summary>What a packed file unpacks to, within the limits.</summary>
    public static BoundedStream Unpacked(Stream unpacked, BoundedStream packed, LogLimits limits) => new(
        unpacked,
        () => Math.Min(limits.UnpackedBytes, Math.Max(limits.FreeBytes, packed.Count * limits.Ratio)),
        () => new LogFormatException(string.Create(CultureInfo.InvariantCulture, $"The file unpacks to more than {limits.UnpackedBytes:N0} bytes or {limits.Ratio} times its size.")) { Code = "unpacks-too-far" });

    /// <summary>What is said of a file beyond the limit.</summary>
    public static LogFormatException TooLarge(LogLimits limits) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The file is larger than {limits.FileBytes:N0} bytes.")) { Code = "too-large", Values = [LogFormatException.Number(limits.FileBytes >> 20)] };
}
