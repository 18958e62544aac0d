namespace Referrals.Workers.Commands;

/// <summary>What a command ends with.</summary>
public static class ExitCodes
{
    /// <summary>Done, or all is well.</summary>
    public const int Fine = 0;

    /// <summary>Not done: a fault, not found, not as expected. Wrong arguments end with this as well.</summary>
    public const int Failed = 1;

    /// <summary>Something was to be compared, and can't be read.</summary>
    public const int Trouble = 2;
}
