using Microsoft.Extensions.Time.Testing;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Engine.Tests.Network.Organisations;

public sealed class OrganisationTests
{
    private static readonly OrganisationId Id = new("schuldnerberatung-elbaue");
    private static readonly OrganisationProfile Profile = new()
    {
        Name = "Schuldnerberatung Elbaue",
        Kind = "debt-counselling",
        Municipality = "Lindenfurt",
        PolicyFields = ["social-services", "work"],
        Roles = ["partner"],
        Coordinates = "work",
    };

    private static readonly InitialAnalysis Analysis = new(new("Schuldnerberatung"), new("Sprechstunden vor Ort", "Hours on site"), new("Berät"));
    private static readonly Capacity Free = new(3, "places", new DateOnly(2026, 5, 4));

    private static readonly GivenWhenThen<OrganisationState, OrganisationEvent, OrganisationCommand> Organisation = new(
        OrganisationState.Evolve,
        (command, state) => OrganisationDecider.Decide(command, Id, state, Samples.Now) switch
        {
            OrganisationDecision.Happens happens => new(happens.Events),
            OrganisationDecision.Refused refused => new([], refused.Refusal.Code),
            _ => throw new InvalidOperationException(),
        });

    private static OrganisationEvent Registered { get; } = new OrganisationEvent.Registered(Profile) { Organisation = Id, At = Samples.Now };

    private static OrganisationEvent.ServicesOffered Offers(params string[] services) => new OrganisationEvent.ServicesOffered(services) { Organisation = Id, At = Samples.Now };

    [Fact]
    public void It_registers_once()
    {
        Organisation.Given().When(new OrganisationCommand.Register(Profile)).Then(Registered);
        Organisation.Given(Registered).When(new OrganisationCommand.Register(Profile)).ThenNothing();
        Organisation.Given(Registered).When(new OrganisationCommand.Register(Profile with { Name = "Anders" })).ThenRefused("organisation-already-registered");
    }

    [Fact]
    public void Nothing_happens_before_it_is_registered() =>
        Organisation.Given().When(new OrganisationCommand.OfferServices(["childcare"])).ThenRefused("organisation-not-found");

    [Fact]
    public void Its_profile_and_analysis_change()
    {
        var moved = Profile with { Municipality = "Falkenrode" };
        Organisation.Given(Registered).When(new OrganisationCommand.ChangeProfile(moved))
            .Then(new OrganisationEvent.ProfileChanged(moved) { Organisation = Id, At = Samples.Now });
        Organisation.Given(Registered).When(new OrganisationCommand.RecordAnalysis(Analysis))
            .Then(new OrganisationEvent.InitialAnalysisRecorded(Analysis) { Organisation = Id, At = Samples.Now });
    }

    [Fact]
    public void What_its_people_may_be_and_what_it_coordinates_is_changed_by_the_network_only()
    {
        var (more, other) = (Profile with { Roles = ["partner", "steering"] }, Profile with { Coordinates = null });
        Organisation.Given(Registered).When(new OrganisationCommand.ChangeProfile(more)).ThenRefused("organisation-roles-foreign");
        Organisation.Given(Registered).When(new OrganisationCommand.ChangeProfile(other)).ThenRefused("organisation-coordination-foreign");
        Organisation.Given(Registered).When(new OrganisationCommand.ChangeProfile(more, ByNetwork: true))
            .Then(new OrganisationEvent.ProfileChanged(more) { Organisation = Id, At = Samples.Now });
    }

    [Fact]
    public void Capacity_is_reported_of_offered_services_and_never_older_than_known()
    {
        var reported = new OrganisationEvent.CapacityReported("childcare", Free) { Organisation = Id, At = Samples.Now };
        Organisation.Given(Registered).When(new OrganisationCommand.ReportCapacity("childcare", Free)).ThenRefused("service-not-offered");
        Organisation.Given(Registered, Offers("childcare")).When(new OrganisationCommand.ReportCapacity("childcare", Free)).Then(reported);
        var older = Free with { OpenPlaces = 9, AsOf = Free.AsOf.AddDays(-1) };
        Organisation.Given(Registered, Offers("childcare"), reported).When(new OrganisationCommand.ReportCapacity("childcare", older))
            .ThenRefused("capacity-outdated");
        var after = Organisation.Given(Registered, Offers("childcare"), reported).When(new OrganisationCommand.OfferServices(["debt-counselling"]))
            .Then(Offers("debt-counselling"));
        Assert.Empty(after!.Capacities);
    }

    [Fact]
    public void Every_fault_is_named()
    {
        var bad = new OrganisationProfile { Name = " ", Kind = "Kita!", Municipality = new string('x', 121), PolicyFields = [], Roles = ["king"], Coordinates = "work" };
        var refused = Assert.IsType<OrganisationDecision.Refused>(
            OrganisationDecider.Decide(new OrganisationCommand.Register(bad), new OrganisationId("Nicht gut"), null, Samples.Now));
        Assert.Equal(
            ["id", "profile.coordinates", "profile.kind", "profile.municipality", "profile.name", "profile.policyFields", "profile.roles"],
            refused.Refusal.Faults.Select(f => f.Field!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_directory_shows_it_to_everybody()
    {
        var ct = TestContext.Current.CancellationToken;
        var log = new MemoryEventLog(EngineEvents.Codec);
        var service = new OrganisationService(log, new FakeTimeProvider(Samples.Now));
        var admin = new Actor("admin", new OrganisationId("jobcenter"));
        foreach (var command in new OrganisationCommand[]
        {
            new OrganisationCommand.Register(Profile),
            new OrganisationCommand.RecordAnalysis(Analysis),
            new OrganisationCommand.OfferServices(["debt-counselling", "advice"]),
            new OrganisationCommand.ReportCapacity("advice", Free),
        })
        {
            Assert.IsType<OrganisationOutcome.Done>(await service.DoAsync(admin, Id, command, null, ct));
        }

        var item = (await service.LookUpAsync(Id, ct))!;
        Assert.Equal((Profile, Analysis), (item.Profile, item.Analysis));
        Assert.Equal([new ServiceItem("debt-counselling", null), new ServiceItem("advice", Free)], item.Services);
        Assert.Single(await service.ListAsync(["debt-counselling"], null, 10, ct));
        Assert.Empty(await service.ListAsync(["jobcenter"], null, 10, ct));
        var found = await service.FindAsync(Id, ct);
        Assert.Equal((4L, Profile), (found!.Value.Version, found.Value.Organisation.Profile));
        Assert.IsType<OrganisationOutcome.Stale>(await service.DoAsync(admin, Id, new OrganisationCommand.ChangeProfile(Profile), 2, ct));
        Assert.Null(await service.LookUpAsync(new OrganisationId("nobody"), ct));
    }
}
