using System.Diagnostics;
using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Requests;
using Referrals.Api.Security;
using Referrals.Api.Ui.Pages.Review.Measures;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Network.Measures;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Api.Endpoints;

/// <summary>What the steering group agreed to do where a chain gets stuck, and what became of it.</summary>
internal static class MeasureEndpoints
{
    private const string Root = "/api/v1/review/measures";

    private static readonly DateTimeOffset Monday = new(2026, 5, 4, 8, 30, 0, TimeSpan.Zero);

    private static readonly PlanResource Plan = new(
        "A second contact for offers in the holidays", "kita-sonnenhof", new DateOnly(2026, 6, 1), new DateOnly(2026, 8, 31), new ChainId("arbeit-mit-kind"),
        new NodeId("childcare"), new OrganisationId("kita-sonnenhof"));

    private static readonly FollowUpResource Look = new(MeasureStatus.Done, "The second contact is named; waiting fell in July.");

    private static readonly MeasureResource Example = new(
        new MeasureId(new Guid("0f2c9f0e-55c2-4d1b-8f52-0a5f6b9f3c11")), Plan, MeasureStatus.Done, Monday, [new LookResource(Monday.AddDays(90), Look.Status, Look.Note)]);

    /// <summary>Parameters of the list.</summary>
    public sealed class Kind : IListKind
    {
        /// <inheritdoc/>
        public static string List => MeasureBoard.List;

        /// <inheritdoc/>
        public static IReadOnlyList<QueryNote> Parameters { get; } =
        [
            new("status", "Only these; repeatable.", JsonFaults.Words(typeof(MeasureStatus)), Repeats: true),
            new("chain", "Only for this chain."),
            new("partner", "Only for this partner."),
        ];

        static ListQuery IListKind.Filter(ListQuery query, QueryReader parameters) => query with
        {
            Tenant = StreamName.Network,
            Statuses = parameters.Words<MeasureStatus>("status"),
            Subject = parameters.Code("chain"),
            Counterpart = parameters.Code("partner"),
        };
    }

    /// <summary>Maps the addresses.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/review/measures").WithTags("Review").RequireAuthorization(Policies.Steering);
        group.MapGet("/", List).Says(
            "listMeasures", "List measures", "What the steering group agreed, noted last first. Filters: status (repeatable), chain, partner; pages by limit (1–200) and cursor.",
            new Page<MeasureResource>([Example]));
        group.MapPost("/", Note).Says(
            "noteMeasure", "Note a measure", "Its mark stands in the charts from the day on which it is to be felt. No names of persons: texts are screened.",
            Example with { Status = MeasureStatus.Running, Looks = [] }, Plan, StatusCodes.Status201Created,
            HttpErrors.NoteBlocked, Error(MeasureRefusal.EndsBeforeItBegins), Error(MeasureRefusal.StepWithoutChain), Error(MeasureRefusal.Exists));
        group.MapGet("/{id:guid}", Get).Says("getMeasure", "Show a measure", "With what was seen when the group looked again.", Example, errors: Error(MeasureRefusal.NotFound));
        group.MapPut("/{id:guid}/plan", Change).Says(
            "changeMeasure", "Change what was agreed", "As long as the measure is running.", Example, Plan,
            errors: [HttpErrors.NoteBlocked, Error(MeasureRefusal.NotFound), Error(MeasureRefusal.Ended), Error(MeasureRefusal.EndsBeforeItBegins), Error(MeasureRefusal.StepWithoutChain)]);
        group.MapPost("/{id:guid}/follow-ups", FollowUp).Says(
            "followUpMeasure", "Follow a measure up", "Writes down how it stands and what was seen. One that is done or dropped can be taken up again as running.",
            Example, Look, errors: [HttpErrors.NoteBlocked, Error(MeasureRefusal.NotFound)]);
    }

    private static async Task<IResult> List(ListAsk<Kind> ask, IEventLog log, CancellationToken ct) =>
        new Shown<Page<MeasureResource>>(await ask.PageAsync(log, row => MeasureResource.Of(MeasureBoard.Read(row)), ct));

    private static async Task<IResult> Get(Guid id, MeasureService measures, CancellationToken ct) =>
        await measures.FindAsync(new MeasureId(id), ct) is var (measure, version)
            ? new Shown<MeasureResource>(MeasureResource.Of(measure), version)
            : EngineErrors.Refused(MeasureRefusal.NotFound);

    private static async Task<IResult> Note(
        Call call, Body<PlanResource> body, MeasureService measures, ChoicesSource choices, OrganisationService organisations, CancellationToken ct)
    {
        var (plan, problem) = body.Value.Read(await choices.ReadAsync(ct), await IsKnownAsync(body.Value.Partner, organisations, ct));
        var id = new MeasureId(call.NewId("measure"));
        return plan is null ? problem! : Answer(await measures.DoAsync(call.Actor, id, new MeasureCommand.Take(plan), null, ct), $"{Root}/{id}");
    }

    private static async Task<IResult> Change(
        Guid id, Call call, Body<PlanResource> body, MeasureService measures, ChoicesSource choices, OrganisationService organisations, CancellationToken ct)
    {
        var (plan, problem) = body.Value.Read(await choices.ReadAsync(ct), await IsKnownAsync(body.Value.Partner, organisations, ct));
        return plan is null ? problem! : Answer(await measures.DoAsync(call.Actor, new MeasureId(id), new MeasureCommand.Change(plan), call.ExpectedVersion, ct));
    }

    private static async Task<IResult> FollowUp(Guid id, Call call, Body<FollowUpResource> body, MeasureService measures, CancellationToken ct)
    {
        var texts = new Texts();
        var look = new MeasureCommand.FollowUp(body.Value.Status, texts.Optional("note", body.Value.Note));
        return texts.Faults.Count > 0 ? texts.Refused() : Answer(await measures.DoAsync(call.Actor, new MeasureId(id), look, call.ExpectedVersion, ct));
    }

    // Not from the directory that pages keep for some seconds: who has just joined is known at once.
    private static async Task<bool> IsKnownAsync(OrganisationId? partner, OrganisationService organisations, CancellationToken ct) =>
        partner is not { } asked || await organisations.LookUpAsync(asked, ct) is not null;

    private static IResult Answer(MeasureOutcome outcome, string? location = null) => outcome switch
    {
        MeasureOutcome.Done done => new Shown<MeasureResource>(MeasureResource.Of(done.Measure), done.Version, location),
        MeasureOutcome.Refused refused => EngineErrors.Refused(refused.Refusal),
        MeasureOutcome.Stale stale => EngineErrors.Stale(stale.Actual),
        _ => throw new UnreachableException(),
    };

    private static ErrorCode Error(MeasureRefusal refusal) => EngineErrors.Of(refusal.Code, refusal.Message);
}
