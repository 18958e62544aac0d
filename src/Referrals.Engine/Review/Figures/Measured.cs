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

/// <summary>Counts how far the rows of a group are of different cases, as they come: those of one case lie together.</summary>
internal struct RepeatCount
{
    private int _last;
    private int _run;

    /// <summary>Rows of a case that has another one before it.</summary>
    public int Repeats { get; private set; }

    /// <summary>The most rows of one case.</summary>
    public int Most { get; private set; }

    /// <summary>Notes a row.</summary>
    /// <param name="owner">Its case, from 1.</param>
    public void Add(int owner)
    {
        if (owner == _last)
        {
            Repeats++;
            _run++;
        }
        else
        {
            (_last, _run) = (owner, 1);
        }

        Most = Math.Max(Most, _run);
    }

    /// <summary>Adds what was counted of other cases.</summary>
    public void Add(in RepeatCount others) => (Repeats, Most) = (Repeats + others.Repeats, Math.Max(Most, others.Most));
}
