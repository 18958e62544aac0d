using System.Text;
using FsCheck.Xunit;
using Referrals.Engine.History;

namespace Referrals.History.Tests;

public sealed class CodecTests
{
    [Fact]
    public void A_name_or_type_stands_for_one_event_only()
    {
        Assert.ThrowsAny<ArgumentException>(() => new EventCodec(new EventType("a", typeof(Opened)), new EventType("a", typeof(Counted))));
        Assert.ThrowsAny<ArgumentException>(() => new EventCodec(new EventType("a", typeof(Opened)), new EventType("b", typeof(Opened))));
        Assert.ThrowsAny<ArgumentException>(
            () => new EventCodec(new EventType("a", typeof(Opened)), new EventType("b", typeof(Counted), new Upcast("a", o => o))));
    }

    [Fact]
    public void An_older_shape_is_read_as_todays() =>
        Assert.Equal(new Counted(7), Given.Codec.Read("counted", """{"count":7}"""u8));

    [Fact]
    public void The_written_form_is_fixed() =>
        Assert.Equal(
            """{"to":{"$type":"circle","r":1.50}}""",
            Encoding.UTF8.GetString(Given.Codec.Write(new Moved(new Shape.Circle(1.50m)))));

    [Fact]
    public void Properties_are_read_in_any_order() =>
        Assert.Equal(new Moved(new Shape.Square(2)), Given.Codec.Read("moved", """{"to":{"a":2,"$type":"square"}}"""u8));

    [Fact]
    public void Unknown_names_and_missing_values_are_errors()
    {
        Assert.Throws<UnknownEventException>(() => Given.Codec.Read("no_such_event", "{}"u8));
        Assert.Throws<System.Text.Json.JsonException>(() => Given.Codec.Read("opened", "{}"u8));
        Assert.Throws<System.Text.Json.JsonException>(() => Given.Codec.Read("opened", """{"title":null}"""u8));
    }

    [Fact]
    public void A_nul_character_is_refused_but_not_the_text_of_its_escape()
    {
        Assert.Throws<ArgumentException>(() => Given.Codec.Write(new Opened("a\0b")));
        Assert.Equal(new Opened("\\u0000"), Given.Codec.Read("opened", Given.Codec.Write(new Opened("\\u0000"))));
    }

    [Property]
    public bool What_is_written_is_read_again(int number, string? note)
    {
        // A lone half of a surrogate pair is no text and can't be kept as UTF-8; PostgreSQL has no NUL.
        var text = note is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(note)).Replace("\0", "", StringComparison.Ordinal);
        var written = new Counted(number, text);
        return written.Equals(Given.Codec.Read("counted_v2", Given.Codec.Write(written)));
    }
}
