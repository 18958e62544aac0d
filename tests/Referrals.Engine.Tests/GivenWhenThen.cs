using System.Text.Json;
using Referrals.Engine.History;

namespace Referrals.Engine.Tests;

/// <summary>What a decider said, the same for every stream: events, or the code of a refusal.</summary>
public sealed record Decided<TEvent>(IReadOnlyList<TEvent> Events, string? Refusal = null);

/// <summary>
/// Tests of decisions that read Given (events), When (command), Then (events or refusal). Make one per stream from its fold and its
/// decider. Each When also checks that deciding the same once more, after what happened, records nothing.
/// </summary>
public sealed class GivenWhenThen<TState, TEvent, TCommand>(
    Func<TState?, TEvent, TState?> evolve, Func<TCommand, TState?, Decided<TEvent>> decide)
    where TState : class
    where TEvent : notnull
{
    /// <summary>What happened before.</summary>
    public Past Given(params IReadOnlyList<TEvent> events) => new(this, events.Aggregate(default(TState), evolve));

    /// <summary>A stream with a past.</summary>
    public sealed class Past(GivenWhenThen<TState, TEvent, TCommand> stream, TState? state)
    {
        /// <summary>What is asked now.</summary>
        public Present When(TCommand command)
        {
            var decided = stream.Decide(command, state);
            var after = decided.Events.Aggregate(state, stream.Evolve);
            if (decided.Refusal is null)
            {
                var again = stream.Decide(command, after);
                Assert.True(again is { Refusal: null, Events.Count: 0 }, $"deciding twice records twice, or is refused: {again}");
            }

            return new Present(decided, after);
        }
    }

    /// <summary>What was decided.</summary>
    public sealed class Present(Decided<TEvent> decided, TState? after)
    {
        /// <summary>Exactly these events happened.</summary>
        public TState? Then(params IReadOnlyList<TEvent> expected)
        {
            Assert.Null(decided.Refusal);
            Assert.Equal(expected.Select(Words), decided.Events.Select(Words));
            return after;
        }

        /// <summary>It had been done already.</summary>
        public TState? ThenNothing() => Then();

        /// <summary>It was refused with this code, and nothing happened.</summary>
        public void ThenRefused(string code)
        {
            Assert.Equal(code, decided.Refusal);
            Assert.Empty(decided.Events);
        }

        // Events hold lists, which records compare by reference; their JSON is what counts.
        private static string Words(TEvent happened) =>
            $"{happened.GetType().Name} {JsonSerializer.Serialize(happened, happened.GetType(), EventCodec.Json)}";
    }

    private TState? Evolve(TState? state, TEvent happened) => evolve(state, happened);

    private Decided<TEvent> Decide(TCommand command, TState? state) => decide(command, state);
}
