using System.Collections;
using System.Reflection;
using System.Text.Json;
using Referrals.Engine.Chains;
using Referrals.Engine.Privacy;
using Referrals.Engine.Tests.Chains;

namespace Referrals.Engine.Tests.Events;

/// <summary>Events of any type with random values in every field, made from the type alone. The same seed gives the same.</summary>
public sealed class EventSamples(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>An event; every field that may be missing is there when <paramref name="full"/>, else half of them.</summary>
    public object Make(Type type, bool full) => Record(type, full);

    private object? Value(Type type, bool full) => type switch
    {
        _ when Nullable.GetUnderlyingType(type) is { } inner => full || Half() ? Value(inner, full) : null,
        _ when type == typeof(string) => Code(),
        _ when type == typeof(int) => _random.Next(1, 30),
        _ when type == typeof(bool) => Half(),
        _ when type == typeof(DateOnly) => new DateOnly(2026, 1, 1).AddDays(_random.Next(700)),
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(_random.NextInt64(700 * TimeSpan.TicksPerDay)),
        _ when type == typeof(Guid) => NewGuid(),
        _ when type.IsEnum => Enum.GetValues(type).GetValue(_random.Next(Enum.GetValues(type).Length)),
        _ when type == typeof(Note) => JsonSerializer.Deserialize<Note>("\"Bitte „bald“ – ä €\""),
        _ when type == typeof(FactValue) => Fact(),
        _ when type == typeof(ChainVersion) => ChainGen.FromSeed(_random.Next()),
        _ when Implements(type, typeof(ICode<>)) => Activator.CreateInstance(type, Code()),
        _ when Implements(type, typeof(IGuidId<>)) => Activator.CreateInstance(type, NewGuid()),
        _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => List(type, full),
        _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) => Dictionary(type, full),
        _ when type.IsClass => Record(type, full),
        _ => throw new NotSupportedException($"say here how to make a {type}"),
    };

    private object Record(Type type, bool full)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var nullability = new NullabilityInfoContext();
        var record = constructor.Invoke([.. constructor.GetParameters().Select(p =>
            nullability.Create(p).WriteState == NullabilityState.Nullable && !full && Half() ? null : Value(p.ParameterType, full))]);
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && constructor.GetParameters().All(q => q.Name != p.Name)))
        {
            property.SetValue(record, Value(property.PropertyType, full));
        }

        return record;
    }

    private IList List(Type type, bool full)
    {
        var item = type.GetGenericArguments()[0];
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        for (var left = full ? 2 : _random.Next(3); left > 0; left--)
        {
            list.Add(Value(item, full));
        }

        return list;
    }

    private IDictionary Dictionary(Type type, bool full)
    {
        var of = type.GetGenericArguments();
        var dictionary = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(of))!;
        for (var left = full ? 2 : _random.Next(3); left > 0; left--)
        {
            dictionary[Value(of[0], full)!] = Value(of[1], full);
        }

        return dictionary;
    }

    private FactValue Fact() => _random.Next(4) switch
    {
        0 => new FactValue.Code(Code()),
        1 => new FactValue.Number(_random.Next(-5, 500)),
        2 => new FactValue.YesNo(Half()),
        _ => new FactValue.Month(new DateOnly(_random.Next(2020, 2031), _random.Next(1, 13), 1)),
    };

    private string Code() => $"code-{_random.Next(1000)}";

    private Guid NewGuid()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private bool Half() => _random.Next(2) == 0;

    private static bool Implements(Type type, Type open) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == open);
}
