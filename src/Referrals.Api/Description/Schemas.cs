using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Referrals.Engine;
using Referrals.Engine.Chains;

namespace Referrals.Api.Description;

/// <summary>Schemas of types that write themselves as plain JSON values.</summary>
internal static class Schemas
{
    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(FactValue))
        {
            schema.Type = null;
            schema.Description = "A code, a whole number, true or false, or a month such as 2026-09.";
            schema.OneOf = [new OpenApiSchema { Type = JsonSchemaType.String }, new OpenApiSchema { Type = JsonSchemaType.Integer }, new OpenApiSchema { Type = JsonSchemaType.Boolean }];
        }
        else if (type == typeof(Place))
        {
            schema.Type = JsonSchemaType.String;
            schema.Description = "A place in a referral: the node's id, preceded by the rounds of repeated parts around it.";
        }
        else if (Implements(type, typeof(ICode<>)))
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";
            schema.MaxLength = Codes.MaxLength;
        }
        else if (Implements(type, typeof(IGuidId<>)))
        {
            schema.Type = JsonSchemaType.String;
            schema.Format = "uuid";
        }

        return Task.CompletedTask;
    }

    private static bool Implements(Type type, Type kind) => type.IsValueType && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == kind);
}
