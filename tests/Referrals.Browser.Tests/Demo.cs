namespace Referrals.Browser.Tests;

/// <summary>The people of the demo network.</summary>
internal static class Demo
{
    public const string Caseworker = "mara.birkenfeld";
    public const string Password = "demo-demo-demo";
}
