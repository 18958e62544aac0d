namespace Referrals.Engine.Review.Figures;

/// <summary>Values of a group, and how far they are of different cases.</summary>
/// <param name="seconds">Values in seconds; free to be put in another order.</param>
/// <param name="repeats">How many of them are of a case that has another one here before it.</param>
/// <param name="most">The most that are of one case.</param>
internal readonly ref struct Measured(Span<uint> seconds, int repeats, int most)
{
    public Span<uint> Seconds { get; } = seconds;

    public int Repeats { get; } = repeats;

    public int Most { get; } = most;

    public int Length => Seconds.Length;

    /// <summary>These and others, any of which may be of the same cases.</summary>
    public Measured With(in Measured others) =>
        others.Length == 0 ? this : new((uint[])[.. Seconds, .. others.Seconds], Repeats + others.Length, Most + others.Most);
}

/// <summary>Counts the rows of a group, and how far they are of different cases, as they come: those of one case lie together.</summary>
internal struct GroupCount
{
    private int _last;
    private int _run;

    /// <summary>Rows.</summary>
    public int N { get; private set; }

    /// <summary>Rows of a case that has another one before it.</summary>
    public int Repeats { get; private set; }

    /// <summary>The most rows of one case.</summary>
    public int Most { get; private set; }

    /// <summary>Notes a row.</summary>
    /// <param name="owner">Its case, from 1.</param>
    public void Add(int owner)
    {
        N++;
        if (owner != _last)
        {
            (_last, _run) = (owner, 1);
            Most = Most == 0 ? 1 : Most;
            return;
        }

        Repeats++;
        _run++;
        Most = _run > Most ? _run : Most;
    }

    /// <summary>Adds what was counted of other cases.</summary>
    public void Add(in GroupCount others) => (N, Repeats, Most) = (N + others.N, Repeats + others.Repeats, Math.Max(Most, others.Most));
}
