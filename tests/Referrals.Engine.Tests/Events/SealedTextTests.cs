using System.Reflection;
using Referrals.Engine.Assignments;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Contracts;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Engine.Tests.Events;

/// <summary>
/// No words of people come into the log, a message or a row unnoticed: every text there is sealed with the key of its stream, or stands here
/// with the reason why it needs not be.
/// </summary>
public sealed partial class SealedTextTests
{
    private static readonly Type[] Rows = [typeof(ReferralListItem), typeof(OfferEntry), typeof(AssignmentListItem), typeof(EscalationListItem)];

    [Fact]
    public void Every_text_is_sealed_or_has_a_reason_not_to_be()
    {
        var texts = EngineEvents.Codec.Types.Select(t => t.Clr).Concat(MessageTypes.All).Concat(Rows)
            .SelectMany(t => TextsOf(t, [])).Distinct().Order(StringComparer.Ordinal).ToList();

        Assert.Equal("", string.Join("\n", texts.Except(Reasons.Keys)));
        Assert.Equal("", string.Join("\n", Reasons.Keys.Except(texts)));
    }

    [Fact]
    public void Only_texts_at_the_top_of_an_event_are_marked()
    {
        var sealedFields = EngineEvents.Codec.Types.SelectMany(t => t.Clr.GetProperties()).Where(IsSealed).ToList();

        Assert.NotEmpty(sealedFields);
        Assert.All(sealedFields, p => Assert.True(p.PropertyType == typeof(string) || p.PropertyType == typeof(Note), $"{p.DeclaringType}.{p.Name}"));
        var marked = typeof(EventCodec).Assembly.GetTypes().SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)).Where(IsSealed);
        Assert.Equal([], marked.Select(Name).Except(sealedFields.Select(Name)));
    }

    [Fact]
    public void What_a_client_is_told_or_asked_is_sealed_in_both_streams() => Assert.Equal(
        ["assignment_answer_received", "assignment_asked", "assignment_declined", "assignment_received", "consent_overridden", "referral_started", "step_answered", "step_asked", "step_declined", "step_offered"],
        EngineEvents.Codec.SealedFields.Select(f => f.Name).Order(StringComparer.Ordinal));

    private static bool IsSealed(PropertyInfo property) => property.GetCustomAttribute<SealedAttribute>() is not null;

    private static string Name(PropertyInfo property) => $"{property.DeclaringType!.FullName!["Referrals.Engine.".Length..].Replace('+', '.')}.{property.Name}";

    private static IEnumerable<string> TextsOf(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type) || type.Namespace?.StartsWith("Referrals.", StringComparison.Ordinal) != true || IsCoded(type))
        {
            return [];
        }

        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.Name != "EqualityContract" && p.GetIndexParameters().Length == 0 && !IsSealed(p));
        var below = type.IsAbstract ? type.GetNestedTypes().Where(n => n.IsSubclassOf(type)) : [];
        return [.. properties.SelectMany(p => Parts(p.PropertyType).SelectMany(t => IsText(t) ? [Name(p)] : TextsOf(t, seen))), .. below.SelectMany(t => TextsOf(t, seen))];
    }

    private static bool IsText(Type type) => type == typeof(string) || type == typeof(Note);

    private static bool IsCoded(Type type) => type.IsEnum || type == typeof(Code)
        || type.GetInterfaces().Any(i => i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(ICode<>) || i.GetGenericTypeDefinition() == typeof(IGuidId<>)));

    private static IEnumerable<Type> Parts(Type type) =>
        type.IsArray ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts)
        : [type];
}
