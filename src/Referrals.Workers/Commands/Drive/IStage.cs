namespace Referrals.Workers.Commands.Drive;

/// <summary>Where one referral is played: in memory or through the API.</summary>
internal interface IStage
{
    /// <summary>Starts the referral and gives the picture after it.</summary>
    Task<Picture> StartAsync(StartPlan plan, CancellationToken ct);

    /// <summary>Does it, waits until the case holder knows, and gives the picture then.</summary>
    Task<Picture> DoAsync(Move move, CancellationToken ct);
}

/// <summary>Plays a referral to its end.</summary>
internal static class Play
{
    private const int MostMoves = 1_000;

    /// <summary>The last picture.</summary>
    public static async Task<Picture> RunAsync(IStage stage, Dice dice, StartPlan plan, CancellationToken ct)
    {
        var director = new Director(dice, plan);
        var now = await stage.StartAsync(plan, ct);
        for (var moves = 0; moves < MostMoves; moves++)
        {
            if (director.Next(now) is not { } move)
            {
                return now;
            }

            now = await stage.DoAsync(move, ct);
        }

        throw new DriveException($"the referral did not come to rest within {MostMoves} moves");
    }
}
