using System.Diagnostics;
using Referrals.Api.Security;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Drawing;
using Referrals.Engine.Chains.Formats;

namespace Referrals.Api.Ui.Pages.Chains.Drawing;

/// <summary>Begins a chain: blank, or from a file.</summary>
internal static class NewChainPages
{
    public const string File = "datei";

    /// <summary>Field with the chain that was read from a file whose faults the person has seen, as JSON.</summary>
    public const string Read = "gelesen";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet(Links.NewChain, () => Answer.With<NewChainPage>(new FormInput()));
        group.MapPost(Links.NewChain, BeginAsync).WithMetadata(new TakesFile(ChainFormats.MaxBytes, TooLargeAsync));
    }

    /// <summary>The federal states, by name.</summary>
    public static IReadOnlyList<Choice> States(Words words) =>
        [.. PublicHolidays.FederalStates.Select(code => new Choice(code, words.Code("Designer.State", code))).OrderBy(c => c.Text, StringComparer.CurrentCultureIgnoreCase)];

    private static async Task<IResult> BeginAsync(HttpContext context, Visitor me, ChainService chains, NetworkNames names, Words words, CancellationToken ct)
    {
        var sent = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(ct) : FormCollection.Empty;
        var form = new FormInput(sent);
        if (sent.Files.GetFile(File) is not { Length: > 0 } file)
        {
            if (context.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) is true)
            {
                form.Fault(File, words["Designer.FileMissing"]);
                return Answer.Invalid<NewChainPage>(form);
            }

            var asked = form[Read].Length > 0 ? ChainOf(ChainJson.Read(form[Read]), form) : await BlankAsync(form, me, chains, words, ct);
            return await SaveAsync(form[Read].Length > 0 ? await OfFileAsync(asked, form, me, chains, words, ct) : asked, form, me, chains, words, ct);
        }

        var reading = await ReadAsync(file, await names.DirectoryAsync(ct), ct);
        if (reading.Chain is null && reading.Faults is [var first, ..])
        {
            context.RequestServices.GetRequiredService<SecurityLog>().UploadRefused(first.Code);
        }

        var chain = await OfFileAsync(ChainOf(new ChainReading(reading.Chain, reading.Faults), form), form, me, chains, words, ct);
        return chain is not null && reading.Lost.Count > 0
            ? Answer.Invalid<ImportFaultsPage>(new ImportFaults(chain, reading.Lost))
            : await SaveAsync(chain, form, me, chains, words, ct);
    }

    private static async Task<IResult> SaveAsync(ChainVersion? asked, FormInput form, Visitor me, ChainService chains, Words words, CancellationToken ct)
    {
        if (asked is null)
        {
            return Answer.Invalid<NewChainPage>(form);
        }

        switch (await chains.DoAsync(me.Actor, asked.Id, new ChainCommand.SaveDraft(me.Organisation, asked, DraftTrail.NoDraft), null, ct))
        {
            case ChainOutcome.Done:
                return Answer.Go(Links.Draft(asked.Id.Value), "Designer.Begun");
            case ChainOutcome.Refused { Refusal.Code: var code }:
                form.Fault("", words[code == ChainRefusal.NotCoordinator.Code ? "Designer.ChainOfOthers" : "Designer.HasDraft", asked.Id.Value]);
                return Answer.Changed<NewChainPage>(form);
            case ChainOutcome.Stale:
                form.Fault("", words["Designer.HasDraft", asked.Id.Value]);
                return Answer.Changed<NewChainPage>(form);
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<ChainVersion?> BlankAsync(FormInput form, Visitor me, ChainService chains, Words words, CancellationToken ct)
    {
        if (form[HeadForm.Title].Length == 0)
        {
            form.Fault(HeadForm.Title, words["Designer.TitleMissing"]);
        }

        if (!WorkingCalendar.Knows(form[HeadForm.FederalState]))
        {
            form.Fault(HeadForm.FederalState, words["Designer.StateMissing"]);
        }

        if (!form.IsValid)
        {
            return null;
        }

        // The address of a chain called "neu" would be that of this page.
        var code = TitleCodes.Of(form[HeadForm.Title]) is { } own and not "neu" ? own : "kette";
        var id = new ChainId(code);
        for (var number = 2; await chains.FindAsync(id, ct) is ({ Draft: not null } or { Latest: not null }, _); number++)
        {
            id = new ChainId($"{code}-{number}");
        }

        return Contents.Blank(id, TextForm.Read(form, HeadForm.Title, HeadForm.TitleEn), form[HeadForm.FederalState], me.Organisation);
    }

    private static async Task<ChainImport> ReadAsync(IFormFile file, NetworkDirectory directory, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, ct);
        return ChainFormats.Import(bytes.ToArray(), name => directory.Lines.FirstOrDefault(o => o.Profile.Name == name)?.Id);
    }

    // Faults of a chain are shown with the draft; those of a file of which no chain comes are told here.
    private static ChainVersion? ChainOf(ChainReading reading, FormInput form)
    {
        foreach (var fault in reading.Chain is null ? reading.Faults.Take(Shown) : [])
        {
            form.Fault(File, fault.Path.Length > 0 ? $"{fault.Path}: {Words.Of(fault.Message)}" : Words.Of(fault.Message));
        }

        return reading.Chain;
    }

    // Who begins a chain coordinates it; in a chain that is there already the file may hand it over.
    private static async Task<ChainVersion?> OfFileAsync(ChainVersion? read, FormInput form, Visitor me, ChainService chains, Words words, CancellationToken ct)
    {
        if (read is null)
        {
            return null;
        }

        if (!Codes.IsCode(read.Id.Value))
        {
            form.Fault(File, words["Designer.FileWithoutId"]);
            return null;
        }

        var known = await chains.FindAsync(read.Id, ct) is var (state, _) ? state.Coordinator : null;
        return NormalForm.Of(known is null || !Codes.IsCode(read.Coordinator.Value) ? read with { Coordinator = me.Organisation } : read);
    }

    private const int Shown = 20;

    private static Task<IResult> TooLargeAsync(HttpContext context)
    {
        var fault = context.RequestServices.GetRequiredService<Words>()["Designer.FileTooLarge"];
        return Task.FromResult(Answer.With<NewChainPage>(new FormInput().Fault(File, fault), StatusCodes.Status413PayloadTooLarge));
    }
}
