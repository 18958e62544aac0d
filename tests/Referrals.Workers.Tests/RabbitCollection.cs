namespace Referrals.Workers.Tests;

/// <summary>Tests that use the broker run one after the other, because one of them kills it.</summary>
[CollectionDefinition(Name)]
public sealed class RabbitCollection
{
    public const string Name = "rabbit";
}
