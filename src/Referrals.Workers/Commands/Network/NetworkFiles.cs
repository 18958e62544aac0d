using System.Text.Json;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Workers.Commands.Network;

/// <summary>An organisation as a network's file describes it.</summary>
internal sealed record OrganisationEntry(
    OrganisationId Id, string Name, string Kind, string Municipality, IReadOnlyList<string> PolicyFields, IReadOnlyList<string> Roles,
    string? Coordinates = null, IReadOnlyList<ServiceEntry>? Services = null, InitialAnalysis? Analysis = null)
{
    /// <summary>Its profile.</summary>
    public OrganisationProfile Profile() => new()
    {
        Name = Name,
        Kind = Kind,
        Municipality = Municipality,
        PolicyFields = PolicyFields,
        Roles = Roles,
        Coordinates = Coordinates,
    };
}

/// <summary>A service that an organisation offers, and how much of it is free.</summary>
internal sealed record ServiceEntry(string Code, CapacityEntry? Capacity = null);

/// <summary>Open places on a day.</summary>
internal sealed record CapacityEntry(int Places, DateOnly AsOf, int? PerMonth = null);

/// <summary>A network as files: <c>organisations.json</c> and the chains in <c>chains/</c>.</summary>
/// <param name="Organisations">The organisations.</param>
/// <param name="Chains">The chains.</param>
/// <param name="Faults">Everything that is wrong with the files, as lines; empty: it can be loaded.</param>
internal sealed record NetworkFiles(IReadOnlyList<OrganisationEntry> Organisations, IReadOnlyList<ChainVersion> Chains, IReadOnlyList<string> Faults)
{
    private const string OrganisationsFile = "organisations.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>Reads and checks them all.</summary>
    public static async Task<NetworkFiles> ReadAsync(string folder, bool german, CancellationToken ct)
    {
        var faults = new List<string>();
        var organisations = await OrganisationsAsync(Path.Combine(folder, OrganisationsFile), faults, ct);
        var chains = new List<ChainVersion>();
        var chainFolder = Path.Combine(folder, "chains");
        string[] chainFiles = Directory.Exists(chainFolder) ? Directory.GetFiles(chainFolder, "*.json") : [];
        foreach (var file in chainFiles.Order(StringComparer.Ordinal))
        {
            var reading = ChainJson.Read(await File.ReadAllBytesAsync(file, ct));
            faults.AddRange(reading.Faults.Select(f => $"{file}: {ChainCommand.Line(f, german)}"));
            if (reading.Chain is { } chain)
            {
                chains.Add(chain);
                faults.AddRange(Strangers(chain, organisations).Select(o => $"{file}: {o} is not in {OrganisationsFile}"));
            }
        }

        return new NetworkFiles(organisations, chains, faults);
    }

    private static IEnumerable<OrganisationId> Strangers(ChainVersion chain, IReadOnlyList<OrganisationEntry> organisations) =>
        chain.Partners().Append(chain.Coordinator).Distinct().Where(o => organisations.All(known => known.Id != o));

    private static async Task<IReadOnlyList<OrganisationEntry>> OrganisationsAsync(string file, List<string> faults, CancellationToken ct)
    {
        if (!File.Exists(file))
        {
            faults.Add($"{file}: there is no such file");
            return [];
        }

        try
        {
            await using var stream = File.OpenRead(file);
            var entries = (await JsonSerializer.DeserializeAsync<OrganisationsEntry>(stream, Json, ct))?.Organisations ?? [];
            faults.AddRange(entries.SelectMany(Check).Select(f => $"{file}: {f}"));
            faults.AddRange(entries.GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => $"{file}: {g.Key} is there twice"));
            return entries;
        }
        catch (JsonException e)
        {
            faults.Add($"{file}: {e.Path ?? "."}: not as it has to be (line {e.LineNumber + 1})");
            return [];
        }
    }

    // Decides without recording, so that nothing is loaded when one of them can't be.
    private static IEnumerable<string> Check(OrganisationEntry entry) => CommandsOf(entry)
        .SelectMany(command => OrganisationDecider.Decide(command, entry.Id, null, DateTimeOffset.UnixEpoch) is OrganisationDecision.Refused { Refusal.Faults: { Count: > 0 } found } ? found : [])
        .Select(f => $"{entry.Id}: {f.Field}: {f.Message}");

    /// <summary>What is asked for an organisation, in order.</summary>
    public static IEnumerable<OrganisationCommand> CommandsOf(OrganisationEntry entry)
    {
        yield return new OrganisationCommand.Register(entry.Profile());
        if (entry.Analysis is { } analysis)
        {
            yield return new OrganisationCommand.RecordAnalysis(analysis);
        }

        if (entry.Services is { } services)
        {
            yield return new OrganisationCommand.OfferServices([.. services.Select(s => s.Code)]);
            foreach (var service in services.Where(s => s.Capacity is not null))
            {
                yield return new OrganisationCommand.ReportCapacity(service.Code, new Capacity(service.Capacity!.Places, "places", service.Capacity.AsOf));
            }
        }
    }

    private sealed record OrganisationsEntry(IReadOnlyList<OrganisationEntry> Organisations);
}
