namespace Referrals.Browser.Tests;

/// <summary>The people of the demo network.</summary>
internal static class Demo
{
    public const string Caseworker = "caseworker.jobcenter-elbtal";
    public const string Password = "demo";
}
