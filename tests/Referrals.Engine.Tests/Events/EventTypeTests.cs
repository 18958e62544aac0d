using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck.Xunit;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Contracts;

namespace Referrals.Engine.Tests.Events;

/// <summary>
/// Every event, of whatever stream, is known to the one codec, has an arm in its fold, a recorded snapshot, and a row in
/// <c>docs/events.md</c>. After adding an event, run this class once with <c>RECORD_SNAPSHOTS=1</c>: it records the snapshots that are
/// missing. It never overwrites one: what is in a log stays as it is, so that a new shape needs a new name and an upcast.
/// </summary>
public sealed partial class EventTypeTests
{
    private const string Folder = "tests/Referrals.Engine.Tests/Snapshots";

    private static EventCodec Codec => EngineEvents.Codec;

    // A stream's event is an abstract record with the nested kinds, named …Event.
    private static IReadOnlyList<Type> Unions { get; } =
        [.. typeof(EventCodec).Assembly.GetTypes().Where(t => t is { IsAbstract: true, IsClass: true, IsSealed: false } && t.Name.EndsWith("Event", StringComparison.Ordinal))];

    private static IEnumerable<Type> Kinds => Unions.SelectMany(u => u.GetNestedTypes().Where(n => n.IsSubclassOf(u)));

    [Fact]
    public void The_codec_knows_every_event()
    {
        Assert.True(Unions.Count >= 3, "the unions of events were not found");
        Assert.Equal(Kinds.Select(k => k.FullName).Order(), Codec.Types.Select(t => t.Clr.FullName).Order());
        Assert.All(Codec.Types, t => Assert.Matches("^[a-z]+(_[a-z0-9]+)*$", t.Name));
    }

    // An arm that is missing ends in an UnreachableException; that an event does not fit a state of its own is another matter.
    [Fact]
    public void Every_fold_has_an_arm_for_every_event()
    {
        foreach (var union in Unions)
        {
            var state = union.Assembly.GetType(union.FullName![..^"Event".Length] + "State");
            Assert.NotNull(state);
            var evolve = state.GetMethod("Evolve", BindingFlags.Public | BindingFlags.Static)!;
            var first = union.GetNestedTypes().Where(n => n.IsSubclassOf(union)).Select(k => TryEvolve(evolve, null, Sample(k))).FirstOrDefault(s => s is not null);
            Assert.NotNull(first);
            Assert.All(union.GetNestedTypes().Where(n => n.IsSubclassOf(union)), k => TryEvolve(evolve, first, Sample(k)));
        }
    }

    private static object? TryEvolve(MethodInfo evolve, object? state, object happened)
    {
        try
        {
            return evolve.Invoke(null, [state, happened]);
        }
        catch (TargetInvocationException e) when (e.InnerException is InvalidOperationException or KeyNotFoundException or NullReferenceException)
        {
            return null;
        }
    }

    [Property(MaxTest = 200)]
    public void Every_event_is_read_back_as_it_was_written(int seed)
    {
        foreach (var type in Codec.Types)
        {
            var written = Codec.Write(new EventSamples(seed).Make(type.Clr, full: false));
            var back = Codec.Read(type.Name, written);
            Assert.IsType(type.Clr, back);
            Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(Codec.Write(back)));
        }
    }

    [Fact]
    public void Every_event_has_a_snapshot_and_is_read_from_it_and_written_back_the_same()
    {
        foreach (var type in Codec.Types)
        {
            var path = Repository.File($"{Folder}/{type.Name}.json");
            if (!File.Exists(path) && Environment.GetEnvironmentVariable("RECORD_SNAPSHOTS") == "1")
            {
                File.WriteAllText(path, Indented(Codec.Write(Sample(type.Clr))));
            }

            Assert.True(File.Exists(path), $"{type.Name} has no snapshot; record it with RECORD_SNAPSHOTS=1");
            var recorded = File.ReadAllText(path);
            Assert.Equal(recorded, Indented(Codec.Write(Codec.Read(type.Name, Encoding.UTF8.GetBytes(recorded)))));
        }

        var known = Codec.Types.SelectMany(t => t.Upcasts.Select(u => u.Name).Append(t.Name)).ToHashSet();
        Assert.All(Directory.GetFiles(Repository.File(Folder), "*.json"), f => Assert.Contains(Path.GetFileNameWithoutExtension(f), known));
    }

    [Fact]
    public void The_snapshots_of_older_shapes_can_still_be_read()
    {
        foreach (var (type, upcast) in Codec.Types.SelectMany(t => t.Upcasts.Select(u => (t, u))))
        {
            var recorded = File.ReadAllBytes(Repository.File($"{Folder}/{upcast.Name}.json"));
            Assert.IsType(type.Clr, Codec.Read(upcast.Name, recorded));
        }
    }

    [Fact]
    public void The_document_names_every_event_with_its_fields_and_nothing_else()
    {
        var rows = Row().Matches(File.ReadAllText(Repository.File("docs/events.md"))).ToDictionary(
            m => m.Groups["name"].Value, m => Word().Matches(m.Groups["fields"].Value).Select(w => w.Groups[1].Value).Order().ToList());
        Assert.Equal(Codec.Types.Select(t => t.Name).Order(), rows.Keys.Order());
        Assert.All(Codec.Types, t => Assert.Equal(Fields(t.Clr), rows[t.Name]));
    }

    [Fact]
    public void The_document_names_every_message() =>
        Assert.Equal(
            MessageTypes.All.Select(t => t.Name).Order(),
            Message().Matches(File.ReadAllText(Repository.File("docs/events.md"))).Select(m => m.Groups[1].Value).Order());

    // What a stream's events have in common is told above its table.
    private static List<string> Fields(Type type) =>
        [.. type.GetProperties().Where(p => p.DeclaringType == type && p.Name != "EqualityContract").Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)).Order()];

    private static object Sample(Type type) => new EventSamples(seed: 7).Make(type, full: true);

    private static string Indented(byte[] json) => JsonNode.Parse(json)!.ToJsonString(new JsonSerializerOptions(EventCodec.Json) { WriteIndented = true, NewLine = "\n" }) + "\n";

    [GeneratedRegex(@"^\| `(?<name>[a-z0-9_]+)` \|[^|\n]*\|[^|\n]*\|(?<fields>[^|\n]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| `([A-Za-z]+V\d+)` \|", RegexOptions.Multiline)]
    private static partial Regex Message();

    // A field is named at the beginning of the cell or after a semicolon; other words in backticks are values.
    [GeneratedRegex(@"(?:^|;)\s*`([a-zA-Z]+)`")]
    private static partial Regex Word();
}
