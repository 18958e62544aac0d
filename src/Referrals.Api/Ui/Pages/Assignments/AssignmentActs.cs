using Referrals.Engine.Assignments;

namespace Referrals.Api.Ui.Pages.Assignments;

/// <summary>What people can do with an assignment, as it stands in addresses.</summary>
public static class AssignmentActs
{
    /// <summary>Confirm that somebody has seen it.</summary>
    public const string Acknowledge = "bestaetigen";

    /// <summary>Accept.</summary>
    public const string Accept = "annehmen";

    /// <summary>Decline.</summary>
    public const string Decline = "ablehnen";

    /// <summary>Ask the sender.</summary>
    public const string Ask = "rueckfrage";

    /// <summary>Begin to work.</summary>
    public const string Start = "beginnen";

    /// <summary>Record the first contact.</summary>
    public const string FirstContact = "erstkontakt";

    /// <summary>Interrupt.</summary>
    public const string Pause = "pausieren";

    /// <summary>Go on.</summary>
    public const string Resume = "fortsetzen";

    /// <summary>Complete.</summary>
    public const string Complete = "abschliessen";

    /// <summary>Look after it oneself.</summary>
    public const string Take = "uebernehmen";

    /// <summary>Give it to a colleague.</summary>
    public const string Give = "uebergeben";

    /// <summary>Let nobody look after it.</summary>
    public const string Release = "freigeben";

    /// <summary>Take an acknowledgement or acceptance back.</summary>
    public const string Undo = "rueckgaengig";

    /// <summary>What can be done without more words, in the order of the buttons.</summary>
    public static IReadOnlyList<string> Plain { get; } = [Acknowledge, Accept, Start, Resume, FirstContact, Pause];

    /// <summary>What the state allows.</summary>
    public static IReadOnlyList<string> Offered(AssignmentState state) => state.Status switch
    {
        AssignmentStatus.Received => [Acknowledge, Accept, Decline, Ask, Take, Give, Release],
        AssignmentStatus.Acknowledged => [Accept, Decline, Ask, Take, Give, Release],
        AssignmentStatus.Accepted => [Start, .. Contact(state), Complete, Decline, Ask, Take, Give, Release],
        AssignmentStatus.Started => [.. Contact(state), Pause, Complete, Ask, Take, Give, Release],
        AssignmentStatus.Paused => [Resume, .. Contact(state), Complete, Ask, Take, Give, Release],
        _ => [],
    };

    private static IReadOnlyList<string> Contact(AssignmentState state) => state.FirstContactAt is null ? [FirstContact] : [];
}
