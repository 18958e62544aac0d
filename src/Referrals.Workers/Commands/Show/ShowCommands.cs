using System.CommandLine;
using System.Text.Json;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Referrals;
using Spectre.Console;

namespace Referrals.Workers.Commands.Show;

/// <summary><c>referrals referral show</c> and <c>assignment show</c>, for operators: they look into every organisation's tenant, and that is written down there.</summary>
internal static class ShowCommands
{
    private static readonly JsonSerializerOptions _indented = new(EventCodec.Json) { WriteIndented = true };
    private static readonly Argument<Guid> Id = new("ID") { Description = "Its id" };
    private static readonly Option<string?> Organisation = new("--organisation") { Description = "Whose it is; else every organisation is looked through" };

    /// <summary>Commands on referrals.</summary>
    public static Command Referral(IAnsiConsole console, IConfiguration configuration) => new("referral", "Referrals")
    {
        Show(
            "Show a referral's history: who did what when, idle times, what is due.\n\nExample:\n  ./referrals referral show 4f9d… --organisation jobcenter-elbtal",
            configuration, console, (session, organisation, id, ct) => ReferralAsync(console, session, organisation, new ReferralId(id), ct)),
        Find(
            "information",
            "Everything about one referral as JSON, for the client's request for information: what is stored, who received what, what happened when.\n\n"
            + "Example:\n  ./referrals referral information 4f9d… --organisation jobcenter-elbtal > auskunft.json",
            configuration, console, (session, organisation, id, ct) => InformationAsync(console, session, organisation, new ReferralId(id), ct)),
    };

    /// <summary>Commands on assignments.</summary>
    public static Command Assignment(IAnsiConsole console, IConfiguration configuration) => new("assignment", "Assignments")
    {
        Show(
            "Show an assignment's history at its partner.\n\nExample:\n  ./referrals assignment show 81c2… --organisation schuldnerberatung-elbaue",
            configuration, console, (session, organisation, id, ct) => AssignmentAsync(console, session, organisation, new AssignmentId(id), ct)),
    };

    private static Command Show(
        string help, IConfiguration configuration, IAnsiConsole console, Func<EngineSession, OrganisationId, Guid, CancellationToken, Task<bool>> show) =>
        Find("show", help, configuration, console, show);

    private static Command Find(
        string name, string help, IConfiguration configuration, IAnsiConsole console, Func<EngineSession, OrganisationId, Guid, CancellationToken, Task<bool>> show)
    {
        var command = new Command(name, help) { Id, Organisation };
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = new EngineSession(configuration, TimeProvider.System);
            IReadOnlyList<OrganisationId> places = parsed.GetValue(Organisation) is { } one
                ? [new OrganisationId(one)]
                : [.. (await session.AllOrganisationsAsync(ct)).Select(o => o.Id)];
            foreach (var organisation in places)
            {
                if (await show(session, organisation, parsed.GetValue(Id), ct))
                {
                    return ExitCodes.Fine;
                }
            }

            console.MarkupLineInterpolated($"[red]{parsed.GetValue(Id)} was not found.[/]");
            return ExitCodes.Failed;
        });
        return command;
    }

    private static async Task<bool> ReferralAsync(IAnsiConsole console, EngineSession session, OrganisationId organisation, ReferralId id, CancellationToken ct)
    {
        if (await session.Referrals.FindAsync(organisation, id, ct) is not { } view)
        {
            return false;
        }

        await NoteAsync(session, organisation, LookCodes.ReferralHistory, id.Value, ct);
        console.MarkupLineInterpolated($"[bold]{view.Chain.Title.De}[/], version {view.Chain.Version}, held by {organisation}: [bold]{Words.Word(view.Status)}[/]");
        console.Write(Timeline.Of(await session.Referrals.HistoryAsync(organisation, id, ct)));
        foreach (var offer in view.State.OpenOffers.OrderBy(o => o.DueAt ?? DateTimeOffset.MaxValue))
        {
            console.WriteLine($"{offer.Place} with {offer.Partner}, {Words.Word(offer.Status)}{(offer.DueAt is { } due ? $", due {Timeline.Time(due)}" : "")}");
        }

        foreach (var waiting in view.Next.Waiting)
        {
            console.WriteLine($"{waiting.Place} waits for a caseworker: {Words.Word(waiting.For)}");
        }

        return true;
    }

    private static async Task<bool> InformationAsync(IAnsiConsole console, EngineSession session, OrganisationId organisation, ReferralId id, CancellationToken ct)
    {
        if (await session.Referrals.FindAsync(organisation, id, ct) is not { } view)
        {
            return false;
        }

        await NoteAsync(session, organisation, LookCodes.ReferralInformation, id.Value, ct);
        var information = ReferralInformation.Of(view, await session.Referrals.HistoryAsync(organisation, id, ct));
        console.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(information, _indented));
        return true;
    }

    // An operator is nobody of the organisation, so its officer sees that somebody looked from the command line.
    private static Task NoteAsync(EngineSession session, OrganisationId organisation, string what, Guid subject, CancellationToken ct) =>
        session.Looks.WriteAsync(new Look(organisation, "command-line", what, Look.Nothing, LookPurposes.Operation, LookOutcomes.Shown) { Subject = subject }, ct);

    private static async Task<bool> AssignmentAsync(IAnsiConsole console, EngineSession session, OrganisationId organisation, AssignmentId id, CancellationToken ct)
    {
        if (await session.Assignments.FindAsync(organisation, id, ct) is not { } view)
        {
            return false;
        }

        await NoteAsync(session, organisation, LookCodes.AssignmentHistory, id.Value, ct);
        console.MarkupLineInterpolated($"[bold]{view.Step.Title?.De ?? view.Step.Id.Value}[/] of {view.Chain.Title.De} at {organisation}: [bold]{Words.Word(view.State.Status)}[/]");
        console.Write(Timeline.Of(await session.Assignments.HistoryAsync(organisation, id, ct)));
        if (view.State.DueAt is { } due)
        {
            console.WriteLine($"due {Timeline.Time(due)}");
        }

        return true;
    }
}
