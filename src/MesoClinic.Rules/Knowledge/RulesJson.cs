using System.Text.Json;
using System.Text.Json.Serialization;

namespace MesoClinic.Rules.Knowledge;

/// <summary>How knowledge and facts are written as JSON: camelCase names, kebab-case values, nothing unknown, nothing twice, nothing missing.</summary>
public static class RulesJson
{
    public static readonly JsonSerializerOptions Options = Strict();

    private static JsonSerializerOptions Strict()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            AllowOutOfOrderMetadataProperties = true,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
        };
        // Plan fields keep the names that they have in a request.
        options.Converters.Add(new JsonStringEnumConverter<PlanField>(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.Converters.Add(new LastDoseConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
