using Referrals.Workers.Commands.Network;

namespace Referrals.Browser.Tests;

/// <summary>The people of the demo network, as <c>deploy/demo/people.json</c> has them.</summary>
internal static class Demo
{
    public const string Caseworker = "mara.birkenfeld";
    public const string Coordinator = "tilo.auenwald";
    public const string Partner = "jule.sandgruber";
    public const string Colleague = "piet.moorland";
    public const string Debts = "rosa.wiesengrund";
    public const string TwoOrganisations = "nele.uferstein";
    /// <summary>Somebody whose organisation has nothing to do yet.</summary>
    public const string TwoOrganisationsAtHome = TwoOrganisations;
    public const string Steering = "ida.leuchtturm";
    public const string Officer = "vera.stillwasser";
    public const string Administrator = "otto.netzmann";
    public const string Password = DemoNetwork.Password;
}
