using System.CommandLine;
using Spectre.Console;

namespace Referrals.Workers.Commands.Review;

/// <summary><c>referrals review</c>: what the steering group looks at, and event logs of other programs.</summary>
internal static class ReviewCommand
{
    /// <summary>The commands.</summary>
    public static Command Create(IAnsiConsole console, IConfiguration configuration)
    {
        var review = new Command("review", "What the steering group looks at, and event logs of other programs")
        {
            RebuildCommand.Create(console, configuration),
            WhatIfCommand.Create(console, configuration),
        };
        foreach (var command in LogCommands.All(console, configuration))
        {
            review.Add(command);
        }

        return review;
    }
}
