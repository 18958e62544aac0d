using Mono.Cecil;
using Referrals.Engine.Tests.Layout.Sample.Upper;

namespace Referrals.Engine.Tests.Layout
{
    /// <summary>The checker itself: each of the types below uses the upper layer in another hidden way, and must be found.</summary>
    public sealed class LayerRulesTests
    {
        private const string Root = "Referrals.Engine.Tests.Layout.Sample";

        private static readonly LayerRules Rules = new(Root, new Dictionary<string, string[]> { ["Lower"] = [], ["Upper"] = ["Lower"] });

        [Theory]
        [InlineData("ByBase")]
        [InlineData("ByGenericArgument")]
        [InlineData("ByConstraint`1")]
        [InlineData("ByAttribute")]
        [InlineData("ByAttributeArgument")]
        [InlineData("ByBody")]
        [InlineData("ByGenericCall")]
        [InlineData("ByLambda")]
        [InlineData("ByStateMachine")]
        [InlineData("ByCatch")]
        public void A_use_of_the_upper_layer_is_found(string type) =>
            Assert.Contains(Breaches(Rules), b => b.StartsWith($"{Root}.Lower.{type} uses {Root}.Upper.", StringComparison.Ordinal));

        [Fact]
        public void What_keeps_the_rules_is_left_alone()
        {
            Assert.DoesNotContain(Breaches(Rules), b => b.StartsWith($"{Root}.Lower.Innocent ", StringComparison.Ordinal));
            Assert.DoesNotContain(Breaches(Rules), b => b.StartsWith($"{Root}.Upper.", StringComparison.Ordinal));
        }

        [Fact]
        public void A_layer_without_a_rule_is_a_breach()
        {
            var rules = Rules with { Allowed = new Dictionary<string, string[]> { ["Lower"] = ["Upper"] } };

            Assert.Contains($"{Root}.Upper.Thing lies in 'Upper', which no rule names", Breaches(rules));
        }

        private static IReadOnlyList<string> Breaches(LayerRules rules)
        {
            using var module = ModuleDefinition.ReadModule(typeof(LayerRulesTests).Assembly.Location);
            return rules.Breaches(module);
        }
    }
}

namespace Referrals.Engine.Tests.Layout.Sample.Upper
{
    internal class Thing : Exception
    {
        public static int Number() => new Lower.Innocent().Number;
    }

    [AttributeUsage(AttributeTargets.Class)]
    internal sealed class MarkAttribute : Attribute;
}

namespace Referrals.Engine.Tests.Layout.Sample.Lower
{
    internal sealed class Innocent
    {
        public int Number { get; } = 1;
    }

    [AttributeUsage(AttributeTargets.Class)]
    internal sealed class AboutAttribute(Type type) : Attribute
    {
        public Type Type { get; } = type;
    }

    internal sealed class ByBase : Thing;

    internal sealed class ByGenericArgument
    {
        public IReadOnlyDictionary<string, Thing[]>? Things { get; init; }
    }

    internal sealed class ByConstraint<T>
        where T : Thing;

    [Mark]
    internal sealed class ByAttribute;

    [About(typeof(List<Thing>))]
    internal sealed class ByAttributeArgument;

    internal static class ByBody
    {
        public static int Number() => Thing.Number();
    }

    internal static class ByGenericCall
    {
        public static int Number() => Array.Empty<Thing>().Length;
    }

    internal static class ByLambda
    {
        public static Func<object, bool> Test { get; } = o => o is Thing;
    }

    internal static class ByStateMachine
    {
        public static IEnumerable<object> Things()
        {
            yield return typeof(Thing);
        }
    }

    internal static class ByCatch
    {
        public static void Run(Action action)
        {
            try
            {
                action();
            }
            catch (Thing)
            {
                return;
            }
        }
    }
}
