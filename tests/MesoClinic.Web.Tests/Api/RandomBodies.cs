using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using MesoClinic.Web.Api;

namespace MesoClinic.Web.Tests.Api;

/// <summary>Bodies of any shape: good ones of which parts were replaced, and JSON made of the contract's own words.</summary>
internal static class RandomBodies
{
    private static readonly string[] Names =
    [
        "date", "stage", "purpose", "historyComplete", "uvIndex", "patient", "plan", "birthDate", "sex", "conditions", "icd10", "status", "areas", "medications", "id", "atc", "lastDose",
        "allergies", "answers", "q-pregnant", "vitals", "temperature_c", "events", "kind", "technique", "ingredients", "doses", "ingredient", "mg", "product", "lastSession",
        "sessions", "end", "at", "symptom", "onsetHours", "durationHours", "severity", "modifiers", "trend", "", "colour", "\u0000", "ключ",
    ];

    private static readonly string[] Scalars =
    [
        "null", "true", "false", "0", "-0", "-1", "1", "2.5", "0.0000000000000000000000000000001", "1e400", "-1e400", "99999999999999999999", "100000", "\"\"", "\"yes\"", "\"no\"",
        "\"2026-07-10\"", "\"2200-12-31\"", "\"1900-01-01\"", "\"2026-07-10T15:30:00+02:00\"", "\"2200-12-31T23:59:59-14:00\"", "\"1900-01-01T00:00:00+14:00\"", "\"unknown\"", "\"active\"", "\"session\"",
        "\"G40.9\"", "\"B01AF01\"", "\"med-rivaroxaban\"", "\"alg-sulfites\"", "\"forehead\"", "\"tech-nappage\"", "\"alt-electrophoresis\"", "\"ing-procaine\"", "\"botulinum-toxin\"",
        "\"swelling\"", "\"pus\"", "\"severe\"", "\"fading\"", "\"<script>\"", "\"\\u0000\"", "\"\\ud800\"", "\"😀\"",
    ];

    public static Gen<string> Invented => Json(4);

    public static Gen<string> Damaged(IReadOnlyList<ApiExamples.Example> examples) =>
        from example in Gen.Elements(examples.Select(good => good.Json).ToArray())
        from count in Gen.Choose(1, 3)
        from changes in (from place in Gen.Choose(0, 10_000) from value in Gen.Frequency((1, Gen.Constant("null")), (3, Json(2))) select (place, value)).ListOf(count)
        select Damage(example, changes);

    private static Gen<string> Json(int depth) => depth == 0
        ? Gen.Elements(Scalars)
        : Gen.Frequency(
            (3, Gen.Elements(Scalars)),
            (1, Json(depth - 1).ListOf().Select(items => $"[{string.Join(',', items.Take(4))}]")),
            (3, (from name in Gen.Elements(Names) from value in Json(depth - 1) select $"{JsonSerializer.Serialize(name)}:{value}").ListOf().Select(fields => $"{{{string.Join(',', fields.Take(6))}}}")));

    private static string Damage(string good, IEnumerable<(int Place, string Value)> changes)
    {
        var root = JsonNode.Parse(good)!;
        foreach (var (place, value) in changes)
        {
            var places = Places(root).ToList();
            if (places.Count == 0)
            {
                return value;
            }

            var (parent, key) = places[place % places.Count];
            if (parent is JsonObject fields)
            {
                fields[(string)key] = new JsonArray(Marker(value));
            }
            else
            {
                ((JsonArray)parent)[(int)key] = new JsonArray(Marker(value));
            }
        }

        return Unmark(root.ToJsonString());
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Places(field.Value).Prepend((fields, field.Key))),
        JsonArray items => items.SelectMany((item, i) => Places(item).Prepend((items, i))),
        _ => [],
    };

    // Some of the values are no JSON that a node could hold: they travel as text.
    private static JsonValue Marker(string value) => JsonValue.Create($"@{Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(value))}@");

    private static string Unmark(string json) => System.Text.RegularExpressions.Regex.Replace(
        json, "\\[\"@(?<hex>[0-9A-F]*)@\"\\]", found => System.Text.Encoding.UTF8.GetString(Convert.FromHexString(found.Groups["hex"].Value)), System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
}
