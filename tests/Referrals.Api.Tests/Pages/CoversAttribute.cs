namespace Referrals.Api.Tests.Pages;

/// <summary>Says which case of which page's route a test covers, so that a route without tests is noticed.</summary>
/// <param name="route">Method and pattern as mapped, such as <c>POST /auftraege/{nr}/annehmen</c>.</param>
/// <param name="case">What the test shows.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class CoversAttribute(string route, PageCase @case) : Attribute
{
    public string Route { get; } = route;

    public PageCase Case { get; } = @case;
}

/// <summary>
/// What every page is tested for by hand. That it sends strangers to the sign-in, refuses other roles, doesn't find what isn't there
/// and wants its token is tested for all of them at once by <see cref="PageRouteTests"/>.
/// </summary>
public enum PageCase
{
    /// <summary>It does and shows what it is for.</summary>
    Works,

    /// <summary>What can't be done, be it wrong input (422) or a wrong state (409), is told and nothing typed is lost.</summary>
    Refuses,
}
