using Referrals.Engine.History;

namespace Referrals.History.Tests;

public sealed class MemoryEventLogTests : EventLogContract
{
    protected override IEventLog Log { get; } = new MemoryEventLog(Given.Codec);
}
