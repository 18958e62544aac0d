using Referrals.Engine.Review.WhatIf.Model;

namespace Referrals.Engine.Review.WhatIf.Fitting;

/// <summary>
/// Estimates how many a partner's service can have in work at once from how many it had. The stretch is cut into blocks of about a month; in each the
/// level that was not exceeded in 99.5 % of the time is taken, which leaves out a place that was counted twice for an hour. The room of a block is the
/// highest of its own and its neighbours' level; the room at the end that of the last six blocks. How many it accepts beyond that is taken in the same
/// way from how many it had accepted. Where a service was always well below its room, this is too low, which matters little: there is no queue then either.
/// </summary>
internal sealed class CapacityFit
{
    /// <summary>Working days of a block.</summary>
    public const int Block = 21;

    private const double Share = 0.995;
    private const int LastBlocks = 6;

    // With so many of the places taken, and at least as many at hand as there are places, one more would have to wait.
    private const double AlmostAll = 0.85;

    private readonly double _from;
    private readonly int[] _room;
    private readonly Level[] _levels;

    /// <param name="visits">Visits of the service.</param>
    /// <param name="from">Begin of the history.</param>
    /// <param name="until">End of it.</param>
    public CapacityFit(IReadOnlyList<SeenVisit> visits, double from, double until)
    {
        _from = from;
        _levels = Sweep(visits, until);
        var blocks = Blocks(from, until, level => level.InWork);
        _room = [.. blocks.Select((_, i) => Math.Max(1, blocks[Math.Max(0, i - 1)..Math.Min(blocks.Length, i + 2)].Max()))];
        Capacity = Math.Max(1, Lately(blocks));
        Turnover = TurnoverOf(visits, until);
        Backlog = visits.Count(v => IsFull(v.Seen)) >= Durations.Few ? Math.Max(0, Lately(Blocks(from, until, level => level.Accepted)) - Capacity) : null;
    }

    /// <summary>Room at the end of the history, at least 1.</summary>
    public int Capacity { get; }

    /// <summary>How long a place stays empty, in working days, from when it gets free to when the next one who waits for it is begun with.</summary>
    public double Turnover { get; }

    /// <summary>How many it accepted beyond its places at most; null where it was full too seldom to tell.</summary>
    public int? Backlog { get; }

    /// <summary>Whether there was no room at a moment.</summary>
    public bool IsFull(double at)
    {
        var (low, high) = (0, _levels.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _levels[middle].At < at ? (middle + 1, high) : (low, middle);
        }

        return !double.IsNaN(at) && low > 0 && IsFull(_levels[low - 1], RoomAt(at));
    }

    private static bool IsFull(Level level, int room) => level.AtHand >= room && level.InWork >= AlmostAll * room;

    private int RoomAt(double at) => _room.Length == 0 ? int.MaxValue : _room[Math.Clamp((int)((at - _from) / Block), 0, _room.Length - 1)];

    private static int Lately(int[] blocks)
    {
        var last = blocks[Math.Max(0, blocks.Length - LastBlocks)..].DefaultIfEmpty(0).Max();
        return last > 0 ? last : blocks.DefaultIfEmpty(0).Max();
    }

    // In work: begun and not ended. Accepted: not ended. At hand: seen by somebody and not ended.
    private static Level[] Sweep(IReadOnlyList<SeenVisit> visits, double until)
    {
        var changes = new List<(double At, int InWork, int Accepted, int AtHand)>();
        foreach (var visit in visits)
        {
            var end = visit.Watched(until);
            if (!double.IsNaN(visit.Started))
            {
                changes.Add((visit.Started, 1, 0, 0));
                changes.Add((Math.Max(end, visit.Started), -1, 0, 0));
            }

            if (!double.IsNaN(visit.Accepted))
            {
                changes.Add((visit.Accepted, 0, 1, 0));
                changes.Add((Math.Max(end, visit.Accepted), 0, -1, 0));
            }

            if (!double.IsNaN(visit.Seen))
            {
                changes.Add((visit.Seen, 0, 0, 1));
                changes.Add((Math.Max(end, visit.Seen), 0, 0, -1));
            }
        }

        changes.Sort((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : (a.InWork + a.Accepted + a.AtHand).CompareTo(b.InWork + b.Accepted + b.AtHand));
        var levels = new Level[changes.Count];
        for (int i = 0, inWork = 0, accepted = 0, atHand = 0; i < levels.Length; i++)
        {
            levels[i] = new(changes[i].At, inWork += changes[i].InWork, accepted += changes[i].Accepted, atHand += changes[i].AtHand);
        }

        return levels;
    }

    private int[] Blocks(double from, double until, Func<Level, int> of)
    {
        var blocks = new Dictionary<int, double>[Math.Max(0, (int)Math.Floor((until - from) / Block))];
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = [];
        }

        for (var i = 0; i < _levels.Length; i++)
        {
            Spread(blocks, of(_levels[i]), Math.Max(from, _levels[i].At) - from, Math.Min(until, Next(i, until)) - from);
        }

        return [.. blocks.Select(LevelOf)];
    }

    private double Next(int i, double until) => i + 1 < _levels.Length ? _levels[i + 1].At : until;

    private static void Spread(Dictionary<int, double>[] blocks, int level, double from, double until)
    {
        for (var block = (int)(from / Block); block < blocks.Length && block * Block < until; block++)
        {
            var length = Math.Min(until, (block + 1) * Block) - Math.Max(from, block * Block);
            if (length > 0)
            {
                blocks[block][level] = blocks[block].GetValueOrDefault(level) + length;
            }
        }
    }

    private static int LevelOf(Dictionary<int, double> time)
    {
        var left = Block * (1 - Share);
        foreach (var (level, length) in time.OrderByDescending(t => t.Key))
        {
            left -= length;
            if (left < 0)
            {
                return level;
            }
        }

        return 0;
    }

    // While some wait for room, the places that are empty all the same are those that are just changing hands.
    private double TurnoverOf(IReadOnlyList<SeenVisit> visits, double until)
    {
        var (taken, places) = (0.0, 0.0);
        for (var i = 0; i < _levels.Length; i++)
        {
            var room = RoomAt(_levels[i].At);
            if (_levels[i].At >= _from && _levels[i].AtHand > room && IsFull(_levels[i], room))
            {
                var length = Next(i, until) - _levels[i].At;
                taken += length * Math.Min(room, _levels[i].InWork);
                places += length * room;
            }
        }

        var ended = visits.Where(v => v.Ended > v.Started).ToList();
        return places < Block || ended.Count == 0 ? 0 : ended.Average(v => v.Ended - v.Started) * ((places / taken) - 1);
    }

    private readonly record struct Level(double At, int InWork, int Accepted, int AtHand);
}
