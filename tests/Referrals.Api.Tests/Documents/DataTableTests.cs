using System.Reflection;
using System.Text.Json;
using Referrals.Engine.Assignments;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Contracts;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Tests.Documents;

/// <summary>What is kept of a client, field by field, and what goes between organisations, read from the types and held against docs/privacy.md.</summary>
public sealed partial class DataTableTests
{
    private const string Document = "docs/privacy.md";

    [Fact]
    public void The_document_names_every_field_of_the_streams_of_a_client()
    {
        var rows = Fields(typeof(ReferralEvent), "referral").Concat(Fields(typeof(AssignmentEvent), "assignment")).ToList();
        DocumentBlock.Holds(Document, "fields", ["| stream | field | in | of whom | what it says | in the log |", "|---|---|---|---|---|---|", .. rows]);
    }

    [Fact]
    public void No_field_is_described_that_is_not_there()
    {
        var there = Kinds(typeof(ReferralEvent)).Concat(Kinds(typeof(AssignmentEvent))).SelectMany(k => Own(k.Clr).Select(p => (Field: Json(p), Full: $"{k.Name}.{Json(p)}")))
            .SelectMany(f => (string[])[f.Field, f.Full]).Concat(Of(typeof(ReferralEvent)).Concat(Of(typeof(AssignmentEvent))).Select(Json));
        Assert.Empty(About.Keys.Except(there));
    }

    [Fact]
    public void The_document_names_everything_that_goes_between_organisations()
    {
        var rows = MessageTypes.All.Select(t => $"| `{t.Name}` | {Way(t)} | {string.Join(", ", t.GetProperties().Where(p => p.Name is not ("From" or "To")).Select(Told))} |");
        DocumentBlock.Holds(Document, "messages", ["| message | way | what it says beside `from` and `to` |", "|---|---|---|", .. rows]);
    }

    private static IEnumerable<string> Fields(Type union, string stream)
    {
        var common = Of(union).Select(p => (Field: Json(p), In: "every event", About: AboutOf("", Json(p)), Sealed: false));
        var own = Kinds(union).SelectMany(k => Own(k.Clr).Select(p => (Field: Json(p), In: $"`{k.Name}`", About: AboutOf(k.Name, Json(p)), Sealed: IsSealed(k.Name, Json(p)))));
        return common.Concat(own).GroupBy(f => (f.Field, f.About, f.Sealed)).OrderBy(g => g.Key.Field, StringComparer.Ordinal)
            .Select(g => $"| {stream} | `{g.Key.Field}` | {string.Join(" ", g.Select(f => f.In))} | {g.Key.About.Whose} | {g.Key.About.What} | {(g.Key.Sealed ? "**sealed**" : "clear")} |");
    }

    private static IEnumerable<(string Name, Type Clr)> Kinds(Type union) => EngineEvents.Codec.Types.Where(t => t.Clr.IsSubclassOf(union)).Select(t => (t.Name, t.Clr));

    private static IEnumerable<PropertyInfo> Of(Type type) => type.GetProperties().Where(p => p.Name != "EqualityContract");

    private static IEnumerable<PropertyInfo> Own(Type kind) => Of(kind).Where(p => p.DeclaringType == kind);

    private static bool IsSealed(string name, string field) => EngineEvents.Codec.SealedFields.Any(f => f.Name == name && f.Fields.Contains(field));

    private static (string Whose, string What) AboutOf(string name, string field)
    {
        Assert.True(About.TryGetValue($"{name}.{field}", out var about) || About.TryGetValue(field, out about), $"{name} has a field {field}: say whose it is and what it says");
        return about;
    }

    private static string Told(PropertyInfo property) => property.PropertyType == typeof(Note) ? $"**{Json(property)}** (screened words)" : Json(property);

    private static string Way(Type message) => message == typeof(ReceiptV1) ? "either way"
        : message == typeof(EscalationV1) ? "holder → coordinator"
        : message.IsAssignableTo(typeof(IPartnerMessageV1)) ? "partner → holder" : "holder → partner";

    private static string Json(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}
