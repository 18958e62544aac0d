namespace Referrals.Engine.Review.WhatIf.Running;

/// <summary>Whole numbers for codes, as they first appear.</summary>
internal sealed class Words
{
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly List<string> _list = [];

    public int Count => _list.Count;

    public string this[int index] => _list[index];

    public int Of(string code)
    {
        if (!_known.TryGetValue(code, out var index))
        {
            index = _list.Count;
            _known.Add(code, index);
            _list.Add(code);
        }

        return index;
    }
}
