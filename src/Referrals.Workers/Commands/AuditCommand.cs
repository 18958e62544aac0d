using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Referrals.Engine;
using Referrals.Engine.Network.Audit;
using Spectre.Console;

namespace Referrals.Workers.Commands;

/// <summary><c>referrals audit</c>: whether the log of looks and of administration is as it was written.</summary>
internal static class AuditCommand
{
    private static readonly Option<string?> Organisation = new("--organisation") { Description = "Only this organisation's chain; else all" };
    private static readonly Option<FileInfo?> Against = new("--against") { Description = "What this command printed earlier, kept outside of the database" };
    private static readonly Option<string[]> Expect = new("--expect") { Description = "One line of that: ORGANISATION:COUNT:HASH; repeatable" };

    /// <summary>The commands.</summary>
    public static Command Create(IAnsiConsole console, IConfiguration configuration)
    {
        var verify = new Command(
            "verify",
            """
            Check that nobody changed the log: who looked at which referral or assignment, and who administered what.

            Each organisation's entries form a chain of SHA-256 hashes, which is computed anew. One line for each organisation: how many entries and the
            hash of the last one, as ORGANISATION:COUNT:HASH, and ok; or the first entry that doesn't fit. Entries that were cut off at the end together with
            the database's own note of it, and a chain that was written anew, are found only against lines that were kept elsewhere.

            Ends with status 0 if all chains are whole, 1 if one is broken, 2 if the file to compare with can't be read.

            Examples:
              ./referrals audit verify > /safe/place/2026-09-14.txt
              ./referrals audit verify --against /safe/place/2026-09-14.txt
              ./referrals audit verify --organisation jobcenter-elbtal
            """)
        {
            Organisation, Against, Expect,
        };
        verify.SetAction(async (parsed, ct) =>
        {
            if (await AnchorsAsync(parsed.GetValue(Against), parsed.GetValue(Expect) ?? [], console, ct) is not { } anchors)
            {
                return ExitCodes.Trouble;
            }

            await using var session = new EngineSession(configuration, TimeProvider.System);
            var organisation = parsed.GetValue(Organisation) is { } code ? new OrganisationId(code) : (OrganisationId?)null;
            return await VerifyAsync(console, session, organisation, anchors, ct);
        });
        return new Command("audit", "The log of looks and of administration") { verify };
    }

    private static async Task<int> VerifyAsync(
        IAnsiConsole console, EngineSession session, OrganisationId? organisation, IReadOnlyCollection<AuditAnchor> anchors, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var (chains, entries, broken) = (0, 0L, 0);
        await foreach (var verdict in session.AuditVerifier.VerifyAsync(organisation, anchors, ct))
        {
            (chains, entries, broken) = (chains + 1, entries + verdict.Count, broken + (verdict.Fault is null ? 0 : 1));
            Say(console, verdict.Fault is { } fault ? $"{verdict.Organisation} BROKEN at entry {fault.Entry} of {verdict.Count}: {Words(fault)}" : $"{verdict.Anchor} ok");
        }

        if (organisation is not null && chains == 0)
        {
            Say(console, $"{organisation} has no entries.");
            return ExitCodes.Failed;
        }

        Say(console, string.Create(
            CultureInfo.InvariantCulture,
            $"chains={chains} broken={broken} entries={entries} seconds={watch.Elapsed.TotalSeconds:F1} entriesPerSecond={entries / watch.Elapsed.TotalSeconds:F0}"));
        return broken > 0 ? ExitCodes.Failed : ExitCodes.Fine;
    }

    private static string Words(AuditFault fault) => fault.Code switch
    {
        AuditFault.Changed => "it is not as it was written",
        AuditFault.Missing => "it is missing, and later ones are there",
        AuditFault.EndMissing => "it and what came after is missing at the end",
        AuditFault.OtherChain => "it is not the one that was there when the anchor was taken: the chain was written anew",
        _ => throw new UnreachableException(),
    };

    // Null when something can't be read: then nothing can be said.
    private static async Task<IReadOnlyList<AuditAnchor>?> AnchorsAsync(FileInfo? file, IReadOnlyList<string> given, IAnsiConsole console, CancellationToken ct)
    {
        var anchors = new List<AuditAnchor>();
        foreach (var text in given)
        {
            if (AuditAnchor.Read(text) is not { } anchor)
            {
                Say(console, $"'{text}' is not ORGANISATION:COUNT:HASH.");
                return null;
            }

            anchors.Add(anchor);
        }

        if (file is null)
        {
            return anchors;
        }

        if (!file.Exists)
        {
            Say(console, $"{file}: there is no such file.");
            return null;
        }

        var read = (await File.ReadAllLinesAsync(file.FullName, ct)).Select(l => AuditAnchor.Read(l.Split(' ')[0])).OfType<AuditAnchor>().ToList();
        if (read.Count == 0)
        {
            Say(console, $"{file}: no line has ORGANISATION:COUNT:HASH.");
            return null;
        }

        return [.. anchors, .. read];
    }

    private static void Say(IAnsiConsole console, string line) => console.Profile.Out.Writer.WriteLine(line);
}
