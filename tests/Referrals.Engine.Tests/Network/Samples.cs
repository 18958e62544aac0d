using System.Reflection;
using Referrals.Engine.Network.Contracts;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Tests.Network;

/// <summary>A filled message of each contract.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 5, 4, 8, 30, 0, TimeSpan.Zero);

    public static Note Note(string text = "Kita ab 6 Uhr") => Assert.IsType<ScreenResult.Passed>(NoteScreen.Screen(text)).Note;

    public static IMessageV1 Of(Type contract)
    {
        var constructor = contract.GetConstructors().Single();
        return (IMessageV1)constructor.Invoke([.. constructor.GetParameters().Select(Value)]);
    }

    private static object Value(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var t when t == typeof(Code) => new Code($"some-{parameter.Name!.ToLowerInvariant()}"),
        var t when t == typeof(Guid) => Guid.NewGuid(),
        var t when t == typeof(IReadOnlyList<Guid>) => new List<Guid> { Guid.NewGuid(), Guid.NewGuid() },
        var t when t == typeof(int) => 3,
        var t when t == typeof(DateTimeOffset) => Now,
        var t when t == typeof(Note) => Note(),
        var t when t == typeof(IReadOnlyList<FactV1>) => new List<FactV1>
        {
            new(new Code("care-hours"), Number: 30),
            new(new Code("district"), Code: new Code("north")),
            new(new Code("from"), Month: new DateOnly(2026, 9, 1)),
            new(new Code("single-parent"), YesNo: true),
        },
        var t => throw new InvalidOperationException($"no sample for {t}"),
    };
}
