using System.Diagnostics;
using System.Security.Claims;
using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Requests;
using Referrals.Api.Security;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Organisations;
using Command = Referrals.Engine.Network.Organisations.OrganisationCommand;

namespace Referrals.Api.Endpoints;

/// <summary>The directory of the network, and each organisation's own entry in it.</summary>
public sealed class OrganisationEndpoints(OrganisationService organisations, OrganisationAdministration administration, CardService cards, ApiSettings settings, IEventLog log)
{
    private static readonly ErrorCode NotFound = EngineErrors.Of(OrganisationRefusal.NotFound.Code, OrganisationRefusal.NotFound.Message);
    private static readonly ErrorCode Invalid = new("organisation-invalid", 422, "The organisation can't be recorded as given.");
    private static readonly DateTimeOffset Joined = new(2026, 8, 3, 9, 0, 0, TimeSpan.Zero);
    private static readonly ProfileResource Profile = new("Kita Sonnenhof", "daycare", "Elbland", ["childcare"], ["partner"]);
    private static readonly CapacityResource Free = new(4, "places", new DateOnly(2026, 9, 1));
    private static readonly AnalysisResource Analysis = new(
        new LocalText("Betreuung ab einem Jahr"), new LocalText("Plätze am Nachmittag"), new LocalText("Eingewöhnung mit den Eltern"));
    private static readonly OrganisationResource Example = new(new OrganisationId("kita-sonnenhof"), Profile, [new ServiceResource("childcare", Free)], Joined, Analysis);

    private static readonly PublishCardKey Key = new("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==");
    private static readonly CardKeysResource Keys = new([new CardKeyResource("k3f2a91bc0d4e5f60718293a4b5c6d7e8", Key.PublicKey, Joined, Current: true)]);

    /// <summary>The list's parameters.</summary>
    public sealed class Kind : IListKind
    {
        /// <inheritdoc/>
        public static string List => OrganisationBoard.List;

        /// <inheritdoc/>
        public static IReadOnlyList<QueryNote> Parameters { get; } =
            [new("kind", "Only organisations of this kind."), new("policyField", "Only organisations whose first policy field is this.")];

        static ListQuery IListKind.Filter(ListQuery query, QueryReader parameters) => query with
        {
            Tenant = StreamName.Network,
            Statuses = parameters.Code("kind") is { } kind ? [kind] : [],
            Subject = parameters.Code("policyField"),
        };
    }

    /// <summary>Maps the addresses.</summary>
    public void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/organisations").WithTags("Organisations");
        group.MapGet("/", List).Says("listOrganisations", "List organisations", "The directory of the network, those that joined last first.", new Page<OrganisationResource>([Example]));
        group.MapGet("/{id}", Get).Says(
            "getOrganisation", "Show an organisation", "Its entry in the directory. Your own has an entity tag.", Example, errors: NotFound);
        group.MapGet("/{id}/card-keys", CardKeys).Says(
            "getCardKeys", "Show an organisation's keys for contact cards", "To the current one a caller seals a card. Compare its fingerprint with the organisation by another way.", Keys, errors: NotFound);
        group.MapPut("/{id}", Register).RequireAuthorization(Policies.Operator).Says(
            "registerOrganisation", "Register an organisation", "Lets an organisation join the network. For administrators of the network.", Example, Profile,
            errors: [Invalid, Error(OrganisationRefusal.AlreadyRegistered)]);
        group.MapPost("/{id}/departure", Leave).RequireAuthorization(Policies.Operator).Says(
            "leaveNetwork", "Let an organisation leave the network",
            "It objects to what is open in the chains that name it, and withdraws from what was agreed; what runs with it goes on. Not while it coordinates a chain. For administrators of the network.",
            Example with { LeftAt = new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero) }, Examples.Nothing, errors: [NotFound, Error(OrganisationRefusal.Coordinates([]))]);
        var own = group.MapGroup("/{id}").RequireAuthorization(Policies.OwnOrganisation);
        own.MapPut("/profile", ChangeProfile).Says(
            "changeProfile", "Change the profile",
            "Your own organisation's; administrators of the network change any. Only they change roles and coordinates.", Example, Profile,
            errors: [NotFound, Invalid, Error(OrganisationRefusal.RolesForeign), Error(OrganisationRefusal.CoordinationForeign)]);
        own.MapPut("/services", OfferServices).Says(
            "offerServices", "Set the services", "What your own organisation offers.", Example, new ServicesResource(["childcare"]), errors: [NotFound, Invalid]);
        own.MapPut("/capacity/{service}", ReportCapacity).Says(
            "reportCapacity", "Report free capacity", "How much of a service that your own organisation offers is free.", Example, Free,
            errors: [NotFound, Invalid, Error(OrganisationRefusal.ServiceNotOffered), Error(OrganisationRefusal.CapacityOutdated)]);
        own.MapPost("/card-keys", PublishCardKey).RequireAuthorization(Policies.Admin).Says(
            "publishCardKey", "Publish a key for contact cards", "Your own organisation's. New cards are sealed to it; the key before still opens what was sealed to it. The private key never leaves you.", Keys, Key,
            errors: [NotFound, Invalid, Error(OrganisationRefusal.CardKeyUsed)]);
        own.MapPost("/card-keys/{key}/revocation", RevokeCardKey).RequireAuthorization(Policies.Admin).Says(
            "revokeCardKey", "Revoke a key for contact cards", "When the private key is lost or became known: nobody seals to it, and unopened cards for it are deleted.", Keys, Examples.Nothing,
            errors: [NotFound, Error(OrganisationRefusal.CardKeyNotFound)]);
        own.MapPut("/initial-analysis", RecordAnalysis).Says(
            "recordAnalysis", "Record the initial analysis", "Responsibility, potential and activity of your own organisation.", Example, Analysis, errors: [NotFound, Invalid]);
    }

    private async Task<IResult> List(ListAsk<Kind> ask, CancellationToken ct) =>
        new Shown<Page<OrganisationResource>>(await ask.PageAsync(log, row => OrganisationResource.From(OrganisationBoard.Read(row)), ct));

    private async Task<IResult> Get(string id, Call call, CancellationToken ct)
    {
        if (!Codes.IsCode(id))
        {
            return Missing();
        }

        var organisation = new OrganisationId(id);
        if (organisation == call.Actor.Organisation)
        {
            return await organisations.FindAsync(organisation, ct) is var (own, version) ? Show(own, version) : Missing();
        }

        return await organisations.LookUpAsync(organisation, ct) is { } other ? new Shown<OrganisationResource>(OrganisationResource.From(other)) : Missing();
    }

    private async Task<IResult> Register(string id, Call call, Body<ProfileResource> body, CancellationToken ct) =>
        Answer(await administration.RegisterAsync(call.Actor, new OrganisationId(id), body.Value.ToProfile(), call.ExpectedVersion, ct), "profile.");

    private async Task<IResult> Leave(string id, Call call, Body<Nothing> body, CancellationToken ct) => Codes.IsCode(id)
        ? Answer(await administration.LeaveAsync(call.Actor, new OrganisationId(id), call.ExpectedVersion, ct), "")
        : Missing();

    private async Task<IResult> ChangeProfile(string id, Call call, Body<ProfileResource> body, ClaimsPrincipal user, CancellationToken ct)
    {
        var byNetwork = call.Actor.Organisation.Value == settings.Operator && user.IsInRole(NetworkRoles.Admin);
        return byNetwork || id == call.Actor.Organisation.Value
            ? Answer(await administration.ChangeAsync(call.Actor, new OrganisationId(id), body.Value.ToProfile(), byNetwork, call.ExpectedVersion, ct), "profile.")
            : Missing();
    }

    private Task<IResult> OfferServices(string id, Call call, Body<ServicesResource> body, CancellationToken ct) =>
        DoOwn(id, call, new Command.OfferServices(body.Value.Services), "", ct);

    private Task<IResult> ReportCapacity(string id, string service, Call call, Body<CapacityResource> body, CancellationToken ct) =>
        DoOwn(id, call, new Command.ReportCapacity(service, new Capacity(body.Value.OpenPlaces, body.Value.Unit, body.Value.AsOf)), "capacity.", ct);

    private Task<IResult> RecordAnalysis(string id, Call call, Body<AnalysisResource> body, CancellationToken ct) =>
        DoOwn(id, call, new Command.RecordAnalysis(new InitialAnalysis(body.Value.Responsibility, body.Value.Potential, body.Value.Activity)), "analysis.", ct);

    private async Task<IResult> CardKeys(string id, CancellationToken ct) =>
        Codes.IsCode(id) && await organisations.LookUpAsync(new OrganisationId(id), ct) is { } known ? new Shown<CardKeysResource>(CardKeysResource.From(known.CardKeys)) : Missing();

    private async Task<IResult> PublishCardKey(string id, Call call, Body<PublishCardKey> body, CancellationToken ct) => id != call.Actor.Organisation.Value ? Missing()
        : AnswerKeys(await organisations.DoAsync(call.Actor, new OrganisationId(id), new Command.PublishCardKey(body.Value.PublicKey), call.ExpectedVersion, ct));

    private async Task<IResult> RevokeCardKey(string id, string key, Call call, Body<Nothing> body, CancellationToken ct) => id != call.Actor.Organisation.Value ? Missing()
        : AnswerKeys(await cards.RevokeKeyAsync(call.Actor, key, call.ExpectedVersion, ct));

    private static IResult AnswerKeys(OrganisationOutcome outcome) => outcome is OrganisationOutcome.Done done
        ? new Shown<CardKeysResource>(CardKeysResource.From(done.Organisation.CardKeys), done.Version)
        : Answer(outcome, "cardKey.");

    private async Task<IResult> DoOwn(string id, Call call, Command command, string prefix, CancellationToken ct) =>
        id == call.Actor.Organisation.Value ? await Do(id, call, command, prefix, ct) : Missing();

    private async Task<IResult> Do(string id, Call call, Command command, string prefix, CancellationToken ct) =>
        Answer(await organisations.DoAsync(call.Actor, new OrganisationId(id), command, call.ExpectedVersion, ct), prefix);

    private static IResult Answer(OrganisationOutcome outcome, string prefix) => outcome switch
    {
        OrganisationOutcome.Done done => Show(done.Organisation, done.Version),
        OrganisationOutcome.Refused refused => EngineErrors.Refused(refused.Refusal, prefix),
        OrganisationOutcome.Stale stale => EngineErrors.Stale(stale.Actual),
        _ => throw new UnreachableException(),
    };

    private static Shown<OrganisationResource> Show(OrganisationState organisation, long version) => new(OrganisationResource.From(organisation), version);

    private static ProblemResult Missing() => EngineErrors.Refused(OrganisationRefusal.NotFound, "");

    private static ErrorCode Error(OrganisationRefusal refusal) => EngineErrors.Of(refusal.Code, refusal.Message);
}
