using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MesoClinic.Web.Api;

/// <summary>What a request's body holds. Not IAcceptsMetadata: that would choose the endpoint by content type before the key is looked at.</summary>
internal sealed record TakesBody(Type Body, IReadOnlyList<ApiExamples.Example> Examples);

/// <summary>The OpenAPI document at /openapi/v1.json, made from the endpoints and the contract's records.</summary>
internal static class ApiDocument
{
    private const string Json = "application/json";
    private const string Scheme = "apiKey";

    public static void AddApiDocument(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        });
        services.AddOpenApi("v1", options =>
        {
            options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
            options.CreateSchemaReferenceId = type => type.Type is { IsNested: true, DeclaringType: { } slice } ? slice.Name + type.Type.Name : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
            options.AddDocumentTransformer(Describe);
            options.AddOperationTransformer(AddBodyAsync);
        });
    }

    private static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken token)
    {
        document.Info = new OpenApiInfo
        {
            Title = "MesoClinic",
            Version = "v1",
            Description = "Assess a treatment, plan its aftercare, triage a symptom. Nothing that is sent is kept. All ids are listed by GET /api/knowledge.",
        };

        // The address is whatever the clinic listens on.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key that a manager has made." },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        return Task.CompletedTask;
    }

    private static async Task AddBodyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken token)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<TakesBody>().SingleOrDefault() is not { } body)
        {
            return;
        }

        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "At most 256 kB. A field that is not known here is a mistake.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [Json] = new OpenApiMediaType
                {
                    Schema = await context.GetOrCreateSchemaAsync(body.Body, cancellationToken: token),
                    Examples = body.Examples.ToDictionary(
                        example => example.Name,
                        IOpenApiExample (example) => new OpenApiExample { Summary = example.Summary, Value = JsonNode.Parse(example.Json) },
                        StringComparer.Ordinal),
                },
            },
        };
    }
}
