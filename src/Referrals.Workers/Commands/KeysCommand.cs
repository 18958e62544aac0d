using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Referrals.Engine.History.Keys;
using Referrals.Workers.Hosting;
using Spectre.Console;

namespace Referrals.Workers.Commands;

/// <summary><c>referrals keys</c>: the master keys, with which the keys of sealed texts are wrapped.</summary>
internal static class KeysCommand
{
    private const string FileSetting = "Referrals:MasterKeys:File";

    private static readonly Option<string?> KeyFile = new("--file") { Description = "The file; else that of Referrals__MasterKeys__File" };
    private static readonly Option<string?> Id = new("--id") { Description = "The new key's id; else one is made of the day and chance" };
    private static readonly Option<string?> To = new("--to") { Description = "Go over to this key of the file, instead of a new one" };
    private static readonly Option<int> Batch = new("--batch") { Description = "Streams' keys in one transaction", DefaultValueFactory = _ => 500 };

    /// <summary>The commands.</summary>
    public static Command Create(IAnsiConsole console, IConfiguration configuration) => new("keys", "Master keys of sealed texts")
    {
        Create(configuration, console), List(console, configuration), Rotate(console, configuration),
    };

    private static Command Create(IConfiguration configuration, IAnsiConsole console)
    {
        var command = new Command(
            "create",
            """
            Make a master key: 32 random bytes.

            With a file it is added at its end: the first key of a file is the active one, the others only open what was wrapped with them. A new file
            is readable by its owner only. Without a file the line is printed, for Referrals__MasterKeys__Text. Keep a copy apart from the database's backups: without its
            master key no text can be read any more.

            Examples:
              ./referrals keys create --file /etc/referrals/master.keys
              ./referrals keys create
            """)
        {
            KeyFile, Id,
        };
        command.SetAction(parsed =>
        {
            var id = parsed.GetValue(Id) ?? NewId();
            if ((parsed.GetValue(KeyFile) ?? configuration[FileSetting]) is not { Length: > 0 } path)
            {
                Say(console, MasterKeys.NewLine(id));
                return ExitCodes.Fine;
            }

            var file = new MasterKeyFile(path);
            file.Add(id);
            Say(console, $"{id} is in {path}{(file.Ids[0] == id ? " and active" : ", not active; go over to it with ./referrals keys rotate --to " + id)}");
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command List(IAnsiConsole console, IConfiguration configuration)
    {
        var command = new Command("list", "List the master keys, the active one first, and how many streams' keys each wraps");
        command.SetAction(async (_, ct) =>
        {
            var database = HistoryRegistration.Database(configuration);
            await using var rotation = new KeyRotation(database);
            var (counts, ids) = (await rotation.CountAsync(ct), (database.MasterKeys as MasterKeys)?.Ids ?? [database.MasterKeys!.Active]);
            foreach (var id in ids)
            {
                Say(console, $"{id} {counts.GetValueOrDefault(id)}{(id == database.MasterKeys!.Active ? " active" : "")}");
            }

            var missing = counts.Keys.Except(ids, StringComparer.Ordinal).ToList();
            missing.ForEach(id => Say(console, $"{id} {counts[id]} MISSING: what these keys seal can't be read"));
            return missing.Count == 0 ? ExitCodes.Fine : ExitCodes.Failed;
        });
        return command;
    }

    private static Command Rotate(IAnsiConsole console, IConfiguration configuration)
    {
        var command = new Command(
            "rotate",
            """
            Go over to another master key: make it (in the file), and wrap the keys of all streams anew. Texts are not touched.

            Everything goes on meanwhile; both keys are valid. Ended in between, the same command goes on with what is left, and makes no further key.
            A key of the file that wraps nothing any more can be taken out of it once the backups wrapped with it are gone.

            With several hosts: ./referrals keys create, bring the file to all of them, then ./referrals keys rotate --to KEY.
            """)
        {
            KeyFile, To, Batch,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetValue(KeyFile) ?? configuration[FileSetting];
            var database = HistoryRegistration.Database(configuration);
            database = path is { Length: > 0 } ? database with { MasterKeys = MasterKeys.FromFile(path) } : database;
            await using var rotation = new KeyRotation(database);
            var before = await rotation.CountAsync(ct);
            if (path is { Length: > 0 })
            {
                Activate(console, new MasterKeyFile(path), parsed.GetValue(To), unfinished: before.Keys.Any(k => k != database.MasterKeys!.Active));
            }

            var (done, took) = (0L, 0);
            while ((took = await rotation.WrapNextAsync(parsed.GetValue(Batch), ct)) > 0)
            {
                done += took;
            }

            var after = await rotation.CountAsync(ct);
            Say(console, string.Create(CultureInfo.InvariantCulture, $"active={database.MasterKeys!.Active} wrapped={done} total={after.Values.Sum()} left={after.Where(a => a.Key != database.MasterKeys.Active).Sum(a => a.Value)}"));
            return ExitCodes.Fine;
        });
        return command;
    }

    private static void Activate(IAnsiConsole console, MasterKeyFile file, string? to, bool unfinished)
    {
        if (to is null && unfinished)
        {
            Say(console, $"An earlier change to {file.Ids[0]} was not finished; going on with it.");
            return;
        }

        var id = to ?? NewId();
        if (to is null)
        {
            file.Add(id);
        }

        file.Activate(id);
    }

    private static string NewId() => string.Create(
        CultureInfo.InvariantCulture, $"mk-{TimeProvider.System.GetUtcNow():yyyyMMdd}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}");

    private static void Say(IAnsiConsole console, string line) => console.Profile.Out.Writer.WriteLine(line);
}
