using System.Buffers;
using System.Text;

namespace Referrals.Engine.Review.Reading;

/// <summary>Writes variable-length integers (LEB128, signed ones in zigzag) and what is made of them.</summary>
internal ref struct VarintWriter(IBufferWriter<byte> to)
{
    private const int Room = 512;
    private const int LongestVarint = 10;

    private Span<byte> _free = to.GetSpan(Room);
    private int _used;

    public void Byte(byte value)
    {
        Ensure(1);
        _free[_used++] = value;
    }

    public void Unsigned(ulong value)
    {
        Ensure(LongestVarint);
        for (; value >= 0x80; value >>= 7)
        {
            _free[_used++] = (byte)(value | 0x80);
        }

        _free[_used++] = (byte)value;
    }

    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    public void Moment(uint moment, uint since, bool there)
    {
        if (there)
        {
            Signed((long)moment - since);
        }
    }

    public void Guid(Guid value)
    {
        Ensure(16);
        value.TryWriteBytes(_free[_used..]);
        _used += 16;
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Unsigned((ulong)length);
        Ensure(length);
        _used += Encoding.UTF8.GetBytes(value, _free[_used..]);
    }

    public void Flush()
    {
        to.Advance(_used);
        _free = [];
        _used = 0;
    }

    private void Ensure(int bytes)
    {
        if (_free.Length - _used < bytes)
        {
            to.Advance(_used);
            _free = to.GetSpan(Math.Max(bytes, Room));
            _used = 0;
        }
    }
}

/// <summary>Reads what <see cref="VarintWriter"/> wrote; anything else is an <see cref="InvalidDataException"/>.</summary>
internal ref struct VarintReader(ReadOnlySpan<byte> from)
{
    private const int MaxCount = 1_000_000;

    private ReadOnlySpan<byte> _rest = from;

    public static InvalidDataException Broken() => new("the body of a case is broken");

    public byte Byte() => Take(1)[0];

    public ulong Unsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Broken();
    }

    public long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public uint Moment(uint since, bool there) => there ? (uint)(Signed() + since) : 0;

    public int Count() => Unsigned() is <= MaxCount and var count ? (int)count : throw Broken();

    public int Index(string[] of) => Count() is var index && index < of.Length ? index : throw Broken();

    public Guid Guid() => new(Take(16));

    public ReadOnlySpan<byte> Text() => Take(Count());

    private ReadOnlySpan<byte> Take(int bytes)
    {
        if (_rest.Length < bytes)
        {
            throw Broken();
        }

        var taken = _rest[..bytes];
        _rest = _rest[bytes..];
        return taken;
    }
}
