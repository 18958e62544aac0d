using System.Collections.Concurrent;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Security.SignIn;

/// <summary>Which sessions are open, as the database says; what it said is remembered for some seconds, and not at all for what this process itself ended.</summary>
public sealed class OpenSessions(SessionStore store, SignInSettings settings, TimeProvider time)
{
    /// <summary>For so long the database is not asked again: another process's end of a session counts here after this time at the latest.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private const int MostRemembered = 20_000;

    private readonly ConcurrentDictionary<string, (Guid Person, DateTimeOffset At)> _open = new(StringComparer.Ordinal);

    /// <summary>Whether a session is open.</summary>
    /// <param name="person">Whose it is.</param>
    /// <param name="key">Its key, from the cookie.</param>
    /// <param name="isUse">Whether asking is a use of it.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<bool> IsOpenAsync(Guid person, string key, bool isUse, CancellationToken ct)
    {
        var (id, now) = (PersonSession.IdOf(key), time.GetUtcNow());
        if (_open.TryGetValue(id, out var known) && now - known.At < Remembered)
        {
            return known.Person == person;
        }

        var isOpen = await store.IsOpenAsync(person, id, settings.Idle, isUse, ct);
        if (_open.Count > MostRemembered)
        {
            _open.Clear();
        }

        if (isOpen)
        {
            _open[id] = (person, now);
        }
        else
        {
            _open.TryRemove(id, out _);
        }

        return isOpen;
    }

    /// <summary>Begins a session for a person. Gives its key.</summary>
    public async Task<string> BeginAsync(Guid person, DateTimeOffset began, BrowserKind kind, CancellationToken ct)
    {
        var key = PersonSession.NewKey();
        await store.BeginAsync(person, new PersonSession(PersonSession.IdOf(key), began, began, kind.Browser, kind.System), began + settings.Longest, ct);
        return key;
    }

    /// <summary>A person's open sessions, those used last first.</summary>
    public Task<IReadOnlyList<PersonSession>> ListAsync(Guid person, CancellationToken ct) => store.ListAsync(person, settings.Idle, ct);

    /// <summary>Ends one. False when it has ended already.</summary>
    public async Task<bool> EndAsync(Guid person, string id, CancellationToken ct)
    {
        var done = await store.EndAsync(person, id, ct);
        _open.TryRemove(id, out _);
        return done;
    }

    /// <summary>Ends all of a person but one. Gives how many it ended.</summary>
    public async Task<int> EndOthersAsync(Guid person, string id, CancellationToken ct)
    {
        var ended = await store.EndOthersAsync(person, id, ct);
        Forget(person);
        return ended;
    }

    /// <summary>Asks the database again at the person's next request.</summary>
    public void Forget(Guid person)
    {
        foreach (var (id, known) in _open)
        {
            if (known.Person == person)
            {
                _open.TryRemove(id, out _);
            }
        }
    }
}
