using System.ComponentModel.DataAnnotations;

namespace Referrals.Workers.Hosting;

/// <summary>Settings of the workers: section <c>Referrals:Workers</c>, but for the broker, which is <c>Referrals:Broker</c>.</summary>
public sealed class WorkersOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Referrals:Workers";

    /// <summary>Address of RabbitMQ, <c>amqp://user:password@host:port/vhost</c>; null: messages stay within the process.</summary>
    public Uri? Broker { get; set; }

    /// <summary>Whether this process relays events to partners, sends unconfirmed messages again, and passes time.</summary>
    public bool Relay { get; set; } = true;

    /// <summary>Whether this process consumes the organisations' queues. Always so where messages stay within the process.</summary>
    public bool Consume { get; set; } = true;

    /// <summary>How many events the relay takes at once.</summary>
    [Range(1, 10_000)]
    public int RelayBatch { get; set; } = 256;

    /// <summary>How many messages are on their way to the broker at once.</summary>
    [Range(1, 1_000)]
    public int SendConcurrency { get; set; } = 64;

    /// <summary>How long one send may take until the broker confirms it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a message waits for its receipt before it is sent again; doubles with each try up to an hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan ReceiptWithin { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a message is sent again before it is given up. The default is five days.</summary>
    [Range(1, 10_000)]
    public int MaxResends { get; set; } = 128;

    /// <summary>How often is looked for unconfirmed messages and for due dates.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")]
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often words are erased by the chains' rules for how long they are kept.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "1.00:00:00")]
    public TimeSpan RetentionEvery { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often is looked for new organisations.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")]
    public TimeSpan DirectoryPoll { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many messages of one organisation are handled at once in this process.</summary>
    [Range(1, 1_000)]
    public int ConsumeConcurrency { get; set; } = 16;

    /// <summary>How long an event may wait at the relay before the process counts as not ready.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxLag { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether messages stay within this process.</summary>
    public bool InMemory => Broker is null;

    /// <summary>Whether this process consumes the organisations' queues.</summary>
    public bool Consumes => Consume || InMemory;
}
