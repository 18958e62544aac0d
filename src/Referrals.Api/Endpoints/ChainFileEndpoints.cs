using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Requests;
using Referrals.Api.Security;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Formats;

namespace Referrals.Api.Endpoints;

/// <summary>Chains as files of other tools.</summary>
public sealed class ChainFileEndpoints(ChainService chains)
{
    private static readonly ErrorCode NotFound = EngineErrors.Of(ChainRefusal.NotFound.Code, ChainRefusal.NotFound.Message);

    /// <summary>The addresses.</summary>
    internal static void Map(IEndpointRouteBuilder api, ChainFileEndpoints e)
    {
        var versions = api.MapGroup("/chains/{id}/versions/{version:int}").WithTags("Chains");
        versions.MapGet("/bpmn", e.Bpmn).SaysFile(
            "getChainVersionAsBpmn", "A version of a chain as BPMN",
            "BPMN 2.0 XML with its drawing, for any modeler. Reading it again gives the same chain.", "<bpmn:definitions>…</bpmn:definitions>", NotFound);
        versions.MapGet("/elsa", e.Elsa).SaysFile(
            "getChainVersionAsElsa", "A version of a chain as an Elsa workflow",
            "Workflow definition of Elsa 3, made of its built-in activities. Reading it again gives the same chain.", "{ \"definitionId\": \"arbeit-mit-kind\", … }", NotFound);
        api.MapPost("/chain-imports", Import).WithTags("Chains").Says(
            "importChain", "Read a chain from a file",
            "Reads a chain from our JSON, BPMN 2.0 or an Elsa 3 workflow definition, recognised by content, at most 8 MiB, and keeps nothing. What the file doesn't say is left "
            + "open in the chain and named among the faults; where no chain can be made of it there are only faults.",
            ChainExamples.Import, ChainExamples.Definition);
    }

    /// <summary>Reads a file in any format.</summary>
    public static IResult Import(ChainFileBody body) => new Shown<ChainImportResource>(ChainImportResource.From(body.Import));

    /// <summary>A version as BPMN.</summary>
    public Task<IResult> Bpmn(string id, int version, CancellationToken ct) => FileAsync(id, version, ChainFormat.Bpmn, ct);

    /// <summary>A version as an Elsa workflow.</summary>
    public Task<IResult> Elsa(string id, int version, CancellationToken ct) => FileAsync(id, version, ChainFormat.Elsa, ct);

    private async Task<IResult> FileAsync(string id, int version, ChainFormat format, CancellationToken ct)
    {
        if (!Codes.IsCode(id) || await chains.FindAsync(new ChainId(id), ct) is not var (chain, _) || !chain.Versions.TryGetValue(version, out var found))
        {
            return EngineErrors.Refused(ChainRefusal.NotFound);
        }

        return Results.File(ChainFormats.Export(found.Definition, format), ChainFormats.MediaType(format), ChainFormats.FileName(found.Definition, format));
    }
}

/// <summary>A chain's file as the body of a request, in any format.</summary>
public sealed class ChainFileBody : IBindableFromHttpContext<ChainFileBody>, IEndpointParameterMetadataProvider
{
    private ChainFileBody(ChainImport import) => Import = import;

    /// <summary>What came of reading it.</summary>
    public ChainImport Import { get; }

    /// <inheritdoc/>
    public static async ValueTask<ChainFileBody?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var import = ChainFormats.Import(await RawBody.ReadAsync(context, ChainFormats.MaxBytes));
        if (import.Chain is null && import.Faults is [var first, ..])
        {
            context.RequestServices.GetRequiredService<SecurityLog>().UploadRefused(first.Code);
        }

        return new(import);
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new AcceptsMetadata(["*/*"], typeof(ChainVersion)));
        builder.Metadata.Add(new RequestSizeLimitAttribute(2 * ChainFormats.MaxBytes));
    }
}

/// <summary>What came of reading a chain from a file.</summary>
/// <param name="Valid">Whether it could be proposed.</param>
/// <param name="Faults">Everything that is wrong with it. A path that is no place of the chain is the id of a figure in the file.</param>
/// <param name="Format">The format that was recognised.</param>
/// <param name="Chain">The chain, perhaps with what is still open; left out where none can be made of the file.</param>
public sealed record ChainImportResource(bool Valid, IReadOnlyList<ChainFault> Faults, ChainFormat? Format = null, ChainVersion? Chain = null)
{
    /// <summary>As the API shows it.</summary>
    public static ChainImportResource From(ChainImport import) => new(import.Faults.Count == 0, import.Faults, import.Format, import.Chain);
}
