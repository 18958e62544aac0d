using Referrals.Api.Answers;
using Referrals.Api.Security;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Review.WhatIf.Changes;
using Referrals.Engine.Review.WhatIf.Jobs;

namespace Referrals.Api.Ui.Pages.Review.WhatIf;

/// <summary>What would be if: put a question together, watch it being simulated, read the answer.</summary>
internal static class WhatIfPages
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void Map(RouteGroupBuilder members)
    {
        var group = members.MapGroup("").RequireAuthorization(Policies.Steering);
        group.MapGet(Links.WhatIf, ListAsync);
        group.MapPost(Links.WhatIf, AskAsync);
        group.MapGet(Links.NewWhatIf, ComposeAsync);
        group.MapPost(Links.NewWhatIf, AddAsync);
        group.MapGet(Links.WhatIf + "/{id:guid}", ShowAsync);
        group.MapPost(Links.WhatIf + "/{id:guid}/abbrechen", CancelAsync);
        group.MapGet(Links.WhatIf + "/{id:guid}/werte.csv", TableAsync);
    }

    private static async Task<IResult> ListAsync(ReviewDesk desk, IWhatIfJobs jobs, Words words, TimeProvider time, CancellationToken ct) =>
        await desk.OpenAsync(ct) is { } sight
            ? Answer.With<WhatIfListPage>(new WhatIfListModel(sight, await jobs.ListAsync(ct), new WhatIfNames(sight, words), time.GetUtcNow()))
            : await ReviewPages.Preparing(desk, ct);

    private static Task<IResult> ComposeAsync(HttpContext context, ReviewDesk desk, WhatIfModels models, Words words, CancellationToken ct)
    {
        var draft = WhatIfDraft.Read(context.Request.Query);
        var form = FormInput.Of((WhatIfForm.Kind, context.Request.Query[WhatIfForm.Kind]));
        return WithAsync(desk, models, words, draft, form, (model, _) => Task.FromResult(Answer.With<NewWhatIfPage>(model)), ct);
    }

    private static Task<IResult> AddAsync(FormInput form, ReviewDesk desk, WhatIfModels models, Words words, CancellationToken ct)
    {
        var draft = WhatIfDraft.Read(form);
        return WithAsync(desk, models, words, draft, form, (model, basis) => Task.FromResult(Add(model, basis, form, words)), ct);
    }

    private static IResult Add(WhatIfFormModel model, WhatIfBasis? basis, FormInput form, Words words)
    {
        var draft = model.Draft;
        if (model.Choices is null || basis is null)
        {
            form.Fault(model.Choices is null ? WhatIfDraft.ChainField : "", words["WhatIf.ChooseChain"]);
        }
        else if (draft.Changes.Count >= WhatIfDraft.Most)
        {
            form.Fault("", words["WhatIf.TooManyChanges", WhatIfDraft.Most]);
        }
        else if (new WhatIfForm(form, model.Choices, words).Read() is { } change)
        {
            draft = draft with { Changes = [.. draft.Changes, change] };
            Tell(form, basis.Apply(draft.Changes).Faults, words);
        }

        return form.IsValid ? Answer.Go(draft.Link()) : Answer.Invalid<NewWhatIfPage>(model);
    }

    private static Task<IResult> AskAsync(FormInput form, ReviewDesk desk, WhatIfModels models, IWhatIfJobs jobs, Visitor me, NewId newId, Words words, CancellationToken ct) =>
        WithAsync(
            desk, models, words, WhatIfDraft.Read(form), form,
            async (model, basis) =>
            {
                var question = basis is null ? model.Draft.Question : model.Draft.QuestionOf(basis);
                if (basis is not null)
                {
                    Tell(form, basis.Check(question), words);
                }

                var id = newId();
                if (form.IsValid && basis is not null && !await jobs.AskAsync(id, me.Actor, question, ct))
                {
                    form.Fault("", words["WhatIf.TooManyOpen", WhatIfLimits.MostOpen]);
                }

                return form.IsValid && basis is not null ? Answer.Go(Links.WhatIfJob(id)) : Answer.Invalid<NewWhatIfPage>(model);
            },
            ct);

    private static async Task<IResult> ShowAsync(Guid id, ReviewDesk desk, IWhatIfJobs jobs, Visitor me, Words words, TimeProvider time, CancellationToken ct)
    {
        if (await jobs.FindAsync(id, ct) is not { } job)
        {
            return Answer.NotFound();
        }

        return await desk.OpenAsync(ct) is { } sight
            ? Answer.With<WhatIfJobPage>(new WhatIfJobModel(sight, job, new WhatIfNames(sight, words), IsOwn(job, me), time.GetUtcNow()))
            : await ReviewPages.Preparing(desk, ct);
    }

    private static async Task<IResult> CancelAsync(Guid id, IWhatIfJobs jobs, ReviewDesk desk, Visitor me, Words words, TimeProvider time, CancellationToken ct)
    {
        if (await jobs.CancelAsync(id, me.Actor, ct))
        {
            return Answer.Go(Links.WhatIfJob(id), "WhatIf.WasCancelled");
        }

        return await jobs.FindAsync(id, ct) is not { } job ? Answer.NotFound()
            : await desk.OpenAsync(ct) is { } sight ? Answer.Changed<WhatIfJobPage>(new WhatIfJobModel(sight, job, new WhatIfNames(sight, words), IsOwn(job, me), time.GetUtcNow()))
            : await ReviewPages.Preparing(desk, ct);
    }

    private static async Task<IResult> TableAsync(Guid id, IWhatIfJobs jobs, CancellationToken ct)
    {
        if (await jobs.FindAsync(id, ct) is not { Answer: { } answer })
        {
            return Answer.NotFound();
        }

        var table = FigureTable.Of("werte", [.. answer.Rows.SelectMany(r => r.Measures.Select(m => (r.Scope, Is: m)))])
            .With("chain", r => r.Scope.Chain).With("step", r => r.Scope.Step).With("partner", r => r.Scope.Partner).With("service", r => r.Scope.Service)
            .With("measure", r => r.Is.Measure)
            .With("baseline", r => r.Is.Baseline?.Mean).With("baselineLower", r => r.Is.Baseline?.Lower).With("baselineUpper", r => r.Is.Baseline?.Upper)
            .With("scenario", r => r.Is.Scenario?.Mean).With("scenarioLower", r => r.Is.Scenario?.Lower).With("scenarioUpper", r => r.Is.Scenario?.Upper)
            .With("difference", r => r.Is.Difference?.Mean).With("differenceLower", r => r.Is.Difference?.Lower).With("differenceUpper", r => r.Is.Difference?.Upper);
        return new CsvAnswer("was-waere-wenn", table.Head, table.Rows.ToAsyncEnumerable());
    }

    private static bool IsOwn(WhatIfJob job, Visitor me) => job.Organisation == me.Organisation && job.Person == me.Login;

    private static void Tell(FormInput form, IEnumerable<ScenarioFault> faults, Words words)
    {
        foreach (var fault in faults)
        {
            form.Fault("", words.Find($"WhatIf.Fault.{fault.Code}") ?? words["WhatIf.NotPossible", fault.Message]);
        }
    }

    private static async Task<IResult> WithAsync(
        ReviewDesk desk, WhatIfModels models, Words words, WhatIfDraft draft, FormInput form, Func<WhatIfFormModel, WhatIfBasis?, Task<IResult>> then, CancellationToken ct)
    {
        if (await desk.OpenAsync(ct) is not { } sight || await models.LatestAsync(Patience, ct) is not { IsPreparing: false } standing)
        {
            return await ReviewPages.Preparing(desk, ct);
        }

        var names = new WhatIfNames(sight, words) { Versions = standing.Basis?.Versions ?? new Dictionary<(ChainId, int), ChainVersion>() };
        var model = new WhatIfFormModel(sight, draft, form, names) { TooLittle = standing.Basis is null };
        if (standing.Basis is not { } basis)
        {
            return await then(model, null);
        }

        var known = draft.Chain.Length > 0 && basis.Model.Find(new ChainId(draft.Chain)) is not null;
        return await then(
            model with
            {
                Draft = known ? draft : draft with { Chain = "" },
                Choices = known ? new WhatIfChoices(basis, names, words, new ChainId(draft.Chain), draft.Changes) : null,
                Suggestions = draft.Changes.Count == 0 ? WhatIfSuggestions.Of(sight, basis, known ? draft.Chain : "") : [],
            },
            basis);
    }
}
