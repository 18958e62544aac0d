using System.CommandLine;
using System.Diagnostics;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Referrals;
using Spectre.Console;

namespace Referrals.Workers.Commands;

/// <summary><c>referrals erase</c>: erases the words of a referral, here and at its partners.</summary>
internal static class EraseCommand
{
    private static readonly Argument<Guid> Id = new("ID") { Description = "The referral" };
    private static readonly Option<string> Organisation = new("--organisation") { Description = "Code of the organisation that holds it", Required = true };
    private static readonly Option<ErasureReason> Reason = new("--reason") { Description = "Why: retention, request (of the client) or error", Required = true };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Really: it can't be undone" };

    /// <summary>The command.</summary>
    public static Command Create(IAnsiConsole console, IConfiguration configuration)
    {
        var command = new Command(
            "erase",
            """
            Erase the words and the case reference of a referral, and have its partners erase theirs. It can't be undone.

            The referral's key is destroyed; its coded history stays for the figures. Only a closed referral is erased; with the reason request also an open one,
            which is taken back first. The partners' workers do the same with their assignments when the message arrives.

            Example:
              ./referrals erase 4f9d… --organisation jobcenter-elbtal --reason request --yes
            """)
        {
            Id, Organisation, Reason, Yes,
        };
        command.SetAction(async (parsed, ct) =>
        {
            if (!parsed.GetValue(Yes))
            {
                console.MarkupLine("[red]Nothing was erased: say --yes. It can't be undone.[/]");
                return ExitCodes.Failed;
            }

            await using var session = new EngineSession(configuration, TimeProvider.System);
            var actor = new Actor("command-line", new OrganisationId(parsed.GetValue(Organisation)!));
            var outcome = await session.Referrals.DoAsync(actor, new ReferralId(parsed.GetValue(Id)), new ReferralCommand.Erase(parsed.GetValue(Reason)), null, ct);
            return Say(console, outcome);
        });
        return command;
    }

    private static int Say(IAnsiConsole console, ReferralOutcome outcome)
    {
        switch (outcome)
        {
            case ReferralOutcome.Done { Events: [] }:
                console.Profile.Out.Writer.WriteLine("It was erased before.");
                return ExitCodes.Fine;
            case ReferralOutcome.Done done:
                console.Profile.Out.Writer.WriteLine($"erased; partners told: {done.Events.OfType<ReferralEvent.StepErased>().Count()}");
                return ExitCodes.Fine;
            case ReferralOutcome.Refused refused:
                console.MarkupLineInterpolated($"[red]{refused.Refusal.Message}[/]");
                return ExitCodes.Failed;
            case ReferralOutcome.Stale or ReferralOutcome.TooEarly:
                console.MarkupLine("[red]The referral changes at the moment; try again.[/]");
                return ExitCodes.Failed;
            default:
                throw new UnreachableException();
        }
    }
}
