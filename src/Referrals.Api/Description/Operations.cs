using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Referrals.Api.Answers;
using Referrals.Api.Endpoints;
using Referrals.Api.Requests;
using Referrals.Api.Security;

namespace Referrals.Api.Description;

/// <summary>Operations: parameters that the framework doesn't see, examples, errors and the roles needed.</summary>
internal static class Operations
{
    private static readonly ErrorCode[] OfBodies = [HttpErrors.MalformedJson, HttpErrors.Invalid, HttpErrors.TooLarge, HttpErrors.UnsupportedMediaType];
    private static readonly ErrorCode[] OfAll = [HttpErrors.TooMany, HttpErrors.Failed, HttpErrors.Unavailable];

    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<OperationNotes>().LastOrDefault() is not { } notes)
        {
            return Task.CompletedTask;
        }

        if (context.Description.RelativePath?.StartsWith("connect/", StringComparison.Ordinal) == true)
        {
            Token.Describe(operation);
            return Task.CompletedTask;
        }

        var method = context.Description.HttpMethod ?? "GET";
        var roles = Roles(metadata);
        AddParameters(operation, metadata, method);
        AddExamples(operation, notes);
        AddErrors(operation, context.Document!, Errors(operation, notes, metadata, method, roles));
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(OpenApi.Scheme, context.Document)] = [.. roles] }];
        operation.Description += roles.Count == 0 ? " For every role." : $" Needs the role {string.Join(" or ", roles)}.";
        return Task.CompletedTask;
    }

    // The last policy is the most specific one.
    private static IReadOnlyList<string> Roles(IList<object> metadata) =>
        metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy is { } policy ? Policies.Needed[policy] : [];

    private static IEnumerable<ErrorCode> Errors(
        OpenApiOperation operation, OperationNotes notes, IList<object> metadata, string method, IReadOnlyList<string> roles)
    {
        ErrorCode[] all =
        [
            .. notes.Errors, .. OfAll, HttpErrors.Unauthenticated,
            .. roles.Count > 0 ? [HttpErrors.RoleMissing] : Array.Empty<ErrorCode>(),
            .. operation.RequestBody is null ? [] : OfBodies,
            .. metadata.OfType<QueryNotes>().Any() ? [HttpErrors.Invalid] : Array.Empty<ErrorCode>(),
            .. method == "GET" ? Array.Empty<ErrorCode>() : [HttpErrors.Stale, HttpErrors.HeaderInvalid],
            .. method == "POST" ? [HttpErrors.InProgress, HttpErrors.KeyReused] : Array.Empty<ErrorCode>(),
        ];
        return all.DistinctBy(e => e.Code);
    }

    private static void AddParameters(OpenApiOperation operation, IList<object> metadata, string method)
    {
        operation.Parameters ??= [];
        foreach (var note in metadata.OfType<QueryNotes>().SelectMany(n => n.Items))
        {
            var one = new OpenApiSchema { Type = JsonSchemaType.String, Format = note.Format, Enum = note.Words?.Select(w => (JsonNode)w!).ToList() };
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = note.Name,
                In = ParameterLocation.Query,
                Description = note.Text,
                Schema = note.Repeats ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = one } : one,
            });
        }

        if (method != "GET")
        {
            Header(operation, "If-Match", "The entity tag of the resource as you saw it; refused with 412 when it has changed since.");
        }

        if (method == "POST")
        {
            Header(operation, Idempotency.Header, "1 to 200 visible characters of your choice. The same request with the same key gets the same answer for 48 hours.");
        }
    }

    private static void Header(OpenApiOperation operation, string name, string text) => operation.Parameters!.Add(new OpenApiParameter
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = text,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    });

    private static void AddExamples(OpenApiOperation operation, OperationNotes notes)
    {
        if (notes.Request is { } request && operation.RequestBody is OpenApiRequestBody { Content: { } contents } whole)
        {
            // An empty object is not written as an example by itself.
            var body = contents.Values.First();
            whole.Required = request is not Nothing;
            if (request is Nothing)
            {
                body.Examples = new Dictionary<string, IOpenApiExample>
                {
                    ["nothing"] = new OpenApiExample { Summary = "Nothing to add; the body may be left out.", Value = new JsonObject() },
                };
            }
            else
            {
                body.Example = Node(request);
            }
        }

        if (notes.Response is { } response && operation.Responses?[Key(notes.Status)].Content?.Values.FirstOrDefault() is { } answer)
        {
            answer.Example = Node(response);
        }
    }

    private static void AddErrors(OpenApiOperation operation, OpenApiDocument document, IEnumerable<ErrorCode> errors)
    {
        operation.Responses ??= [];
        foreach (var group in errors.GroupBy(e => e.Status).OrderBy(g => g.Key))
        {
            operation.Responses[Key(group.Key)] = new OpenApiResponse
            {
                Description = string.Join("\n", group.Select(e => $"- `{e.Code}`: {e.Title}")),
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [Problem.ContentType] = new()
                    {
                        Schema = new OpenApiSchemaReference(nameof(Problem), document),
                        Example = Node(Problem.Of(group.First())),
                    },
                },
            };
        }
    }

    internal static string Key(int status) => status.ToString(CultureInfo.InvariantCulture);

    internal static JsonNode? Node(object value) => JsonSerializer.SerializeToNode(value, value.GetType(), ApiJson.Options);
}
