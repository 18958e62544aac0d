using System.Net;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Referrals.Api.Answers;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.Network.Measures;
using Referrals.Engine.Network.Operations;
using Referrals.Engine.Network.Organisations;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Tests;

public sealed class ErrorTests(ApiHost api)
{
    [Theory]
    [InlineData(typeof(ReferralRefusal))]
    [InlineData(typeof(AssignmentRefusal))]
    [InlineData(typeof(ChainRefusal))]
    [InlineData(typeof(OrganisationRefusal))]
    [InlineData(typeof(OperationRefusal))]
    [InlineData(typeof(MeasureRefusal))]
    public void Every_refusal_of_the_engine_has_a_status(Type refusals)
    {
        var codes = refusals.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.FieldType == refusals)
            .Select(f => (string)refusals.GetProperty("Code")!.GetValue(f.GetValue(null))!).ToList();
        Assert.NotEmpty(codes);
        Assert.All(codes, code => Assert.True(EngineErrors.Knows(code), code));
    }

    [Fact]
    public void Refusals_that_are_made_have_a_status_too() => Assert.All(
        (string[])
        [
            ReferralRefusal.InvalidStart([]).Code, ReferralRefusal.InvalidConsent([]).Code, ReferralRefusal.MoveDoesNotFit([]).Code, AssignmentRefusal.FactNotAllowed("x").Code,
            ChainRefusal.VersionNotNext(2).Code, ChainRefusal.Invalid([]).Code, OrganisationRefusal.Invalid([]).Code,
        ],
        code => Assert.True(EngineErrors.Knows(code), code));

    [Fact]
    public async Task Health_says_what_is_well()
    {
        var client = api.App.CreateClient();
        Assert.Equal("Healthy", (await client.Get("/health/live")).Ok().Text("status"));
        Assert.Equal("Healthy", (await client.Get("/health/ready")).Ok().Json.GetProperty("checks").GetProperty("api-database").GetString());
    }

    [Fact]
    public async Task Not_ready_without_database_but_alive_and_a_request_is_told_to_come_later()
    {
        await using var app = api.Start(null, ("ConnectionStrings:App", "Host=127.0.0.1;Port=1;Username=nobody;Timeout=2"));
        using var client = app.CreateClient();
        (await client.Get("/health/live")).Ok();
        Assert.Equal("Unhealthy", (await client.Get("/health/ready")).Is(HttpStatusCode.ServiceUnavailable).Text("status"));
        client.DefaultRequestHeaders.Authorization = api.ClientOf(api.Organisation()).DefaultRequestHeaders.Authorization;
        (await client.Get($"/api/v1/referrals/{Guid.NewGuid()}")).Refused(HttpStatusCode.ServiceUnavailable, "unavailable");
    }

    [Fact]
    public async Task Other_parts_of_the_process_add_their_checks()
    {
        await using var app = api.App.WithWebHostBuilder(host => host.ConfigureServices(
            services => services.AddHealthChecks().AddCheck("broker", () => HealthCheckResult.Unhealthy("secret-host is away"))));
        using var client = app.CreateClient();
        var answer = (await client.Get("/health/ready")).Is(HttpStatusCode.ServiceUnavailable);
        Assert.Equal("Unhealthy", answer.Json.GetProperty("checks").GetProperty("broker").GetString());
        Assert.DoesNotContain("secret-host", answer.Json.GetRawText(), StringComparison.Ordinal);
    }
}
