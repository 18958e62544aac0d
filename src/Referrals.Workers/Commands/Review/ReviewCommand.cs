using System.CommandLine;
using Spectre.Console;

namespace Referrals.Workers.Commands.Review;

/// <summary><c>referrals review</c>: what the steering group looks at.</summary>
internal static class ReviewCommand
{
    /// <summary>The commands.</summary>
    public static Command Create(IAnsiConsole console, IConfiguration configuration) => new("review", "What the steering group looks at")
    {
        RebuildCommand.Create(console, configuration),
    };
}
