using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Referrals.Engine.History;
using Referrals.Engine.Network.Contracts;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Tests.Network;

/// <summary>Privacy as a property of the types: what a message can hold at all.</summary>
public sealed class ContractShapeTests
{
    private static readonly Type[] Allowed =
        [typeof(Guid), typeof(Code), typeof(int), typeof(bool), typeof(DateTimeOffset), typeof(DateOnly), typeof(Note)];

    private static readonly string[] Telling = ["referral", "case", "place", "stream", "client", "holder", "tenant", "user"];

    public static TheoryData<Type> Contracts => [.. MessageTypes.All];

    [Theory]
    [MemberData(nameof(Contracts))]
    public void A_contract_holds_ids_codes_times_numbers_and_at_most_one_note(Type contract) => Assert.Empty(Faults(contract));

    [Fact]
    public void Every_message_in_the_assembly_is_among_the_known_ones()
    {
        var declared = typeof(IMessageV1).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(IMessageV1)) && !t.IsInterface);
        Assert.Equal(declared.OrderBy(t => t.Name), MessageTypes.All.OrderBy(t => t.Name));
    }

    [Theory]
    [InlineData(typeof(WithText), "string")]
    [InlineData(typeof(WithTwoNotes), "notes")]
    [InlineData(typeof(WithNestedText), "string")]
    [InlineData(typeof(WithReferral), "ReferralId")]
    [InlineData(typeof(WithTellingName), "caseNumber")]
    [InlineData(typeof(WithObject), "Object")]
    public void The_walk_finds_what_does_not_belong(Type bad, string fault) =>
        Assert.Contains(Faults(bad), f => f.Contains(fault, StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void A_code_can_not_carry_words()
    {
        Assert.Throws<FormatException>(() => new Code("Frau Muster"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Code>("\"Frau Muster\"", EventCodec.Json));
        Assert.Equal(new Code("childcare"), JsonSerializer.Deserialize<Code>("\"childcare\"", EventCodec.Json));
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void A_message_survives_json(Type contract)
    {
        var message = Samples.Of(contract);
        var json = JsonSerializer.Serialize(message, contract, EventCodec.Json);
        var read = JsonSerializer.Deserialize(json, contract, EventCodec.Json);
        Assert.Equal(json, JsonSerializer.Serialize(read, contract, EventCodec.Json));
        Assert.True(MessageTypes.IsComplete((IMessageV1)read!));
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void A_message_that_lacks_something_is_not_complete(Type contract)
    {
        var full = JsonNode.Parse(JsonSerializer.Serialize(Samples.Of(contract), contract, EventCodec.Json))!.AsObject();
        var lenient = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        foreach (var name in full.Select(p => p.Key).Where(k => k is not "number" and not "chainVersion" and not "issue" and not "note").ToList())
        {
            var without = full.DeepClone().AsObject();
            without.Remove(name);
            var read = (IMessageV1)JsonSerializer.Deserialize(without.ToJsonString(), contract, lenient)!;
            Assert.False(MessageTypes.IsComplete(read), $"{contract.Name} without {name}");
        }
    }

    private static List<string> Faults(Type contract)
    {
        var faults = Walk(contract, contract.Name).ToList();
        if (contract.GetProperties().Count(p => p.PropertyType == typeof(Note)) > 1)
        {
            faults.Add($"{contract.Name}: several notes");
        }

        return faults;
    }

    private static IEnumerable<string> Walk(Type type, string path)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var here = $"{path}.{property.Name}";
            if (Telling.Any(word => property.Name.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                yield return $"{here}: telling name";
            }

            var plain = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (plain == typeof(IReadOnlyList<FactV1>))
            {
                foreach (var fault in Walk(typeof(FactV1), here))
                {
                    yield return fault;
                }
            }
            else if (plain != typeof(IReadOnlyList<Guid>) && !Allowed.Contains(plain))
            {
                foreach (var fault in Walk(plain, here).Prepend($"{here}: {plain.Name}"))
                {
                    yield return fault;
                }
            }
        }
    }

    private sealed record WithText(Code From, string Text);

    private sealed record WithTwoNotes(Code From, Note One, Note Other);

    private sealed record WithNestedText(Code From, WithText Inner);

    private sealed record WithReferral(Code From, ReferralId Id);

    private sealed record WithTellingName(Code From, Guid CaseNumber);

    private sealed record WithObject(Code From, object Anything);
}
