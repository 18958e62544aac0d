using System.Text.Json;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;

namespace Referrals.Engine.Tests.History;

public sealed class EventCodecJsonTests
{
    [Fact]
    public void What_is_written_without_its_nulls_is_read()
    {
        var item = new AssignmentListItem(
            new AssignmentId(Guid.NewGuid()), new OrganisationId("a"), new ChainId("c"), 1, new NodeId("n"), "s", AssignmentStatus.Received,
            false, DueAt: null, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        var json = JsonSerializer.Serialize(item, EventCodec.Json);
        Assert.DoesNotContain("dueAt", json, StringComparison.Ordinal);
        Assert.Equal(item, JsonSerializer.Deserialize<AssignmentListItem>(json, EventCodec.Json));
    }

    [Theory]
    [InlineData("""{ "code": "x" }""")]
    [InlineData("""{ "code": "x", "title": null }""")]
    public void What_cannot_be_null_must_be_there(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<CodeTitle>(json, EventCodec.Json));
}
