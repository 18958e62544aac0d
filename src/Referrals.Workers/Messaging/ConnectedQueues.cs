using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Referrals.Engine;
using Referrals.Workers.Hosting;

namespace Referrals.Workers.Messaging;

/// <summary>The organisations whose queues this process consumes.</summary>
public sealed class ConnectedQueues(IOptions<WorkersOptions> options)
{
    private readonly ConcurrentDictionary<OrganisationId, bool> _connected = new();

    /// <summary>Looks for organisations that are new and connects them.</summary>
    internal Func<CancellationToken, Task> Look { get; set; } = _ => Task.CompletedTask;

    /// <summary>How many there are.</summary>
    public int Count => _connected.Count;

    /// <summary>The queue of an organisation.</summary>
    public static string NameOf(OrganisationId organisation) => $"org-{organisation.Value}";

    /// <summary>Whether this process consumes the queue of that organisation.</summary>
    public bool Contains(OrganisationId organisation) => _connected.ContainsKey(organisation);

    /// <summary>
    /// Whether an organisation's queue can be there, as far as this process can know; looks for it if it is new. A process that consumes
    /// no queues can't know, and the broker tells.
    /// </summary>
    public async Task<bool> CanBeThereAsync(OrganisationId organisation, CancellationToken ct)
    {
        if (!options.Value.Consumes || Contains(organisation))
        {
            return true;
        }

        await Look(ct);
        return Contains(organisation);
    }

    internal void Add(OrganisationId organisation) => _connected[organisation] = true;
}
