using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace MesoClinic.Testing;

/// <summary>Changes every single value of an example, so that no field that is added later is forgotten by whoever must notice it.</summary>
public static class EachField
{
    /// <summary>Only what can be set: the rest follows from it.</summary>
    private static readonly JsonSerializerOptions WhatIsSet = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers =
            {
                type =>
                {
                    foreach (var derived in type.Properties.Where(property => property.Set is null).ToList())
                    {
                        type.Properties.Remove(derived);
                    }
                },
            },
        },
    };

    /// <summary>The fields, as "Lines.VolumeMl", that can be changed somewhere without being noticed, and those that hold nothing anywhere in the example.</summary>
    public static IReadOnlyList<string> Unnoticed<T>(T example, Predicate<T> notices)
    {
        ArgumentNullException.ThrowIfNull(notices);
        var root = JsonSerializer.SerializeToNode(example, WhatIsSet)!;
        var (filled, empty, unnoticed) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        Walk(root, "");
        return [.. unnoticed.Union(empty.Except(filled, StringComparer.Ordinal), StringComparer.Ordinal).Order(StringComparer.Ordinal)];

        void Walk(JsonNode node, string path)
        {
            foreach (var (key, child) in Children(node))
            {
                var at = key is string name ? $"{path}.{name}".TrimStart('.') : path;
                if (child is null or JsonArray { Count: 0 })
                {
                    empty.Add(at);
                    continue;
                }

                filled.Add(at);
                if (child is JsonValue value)
                {
                    Try(at, node, key, Another(value), child);
                }
                else
                {
                    // A point is written as its numbers, and none of them can be left out.
                    if (child is JsonArray list && list[0]?.GetValueKind() != JsonValueKind.Number)
                    {
                        Try(at, node, key, new JsonArray([.. list.Skip(1).Select(item => item?.DeepClone())]), child);
                    }

                    Walk(child, at);
                }
            }
        }

        void Try(string path, JsonNode parent, object key, JsonNode changed, JsonNode original)
        {
            Put(parent, key, changed);
            if (!notices(root.Deserialize<T>(WhatIsSet)!))
            {
                unnoticed.Add(path);
            }

            Put(parent, key, original);
        }
    }

    private static IEnumerable<(object Key, JsonNode? Child)> Children(JsonNode node) => node switch
    {
        JsonObject fields => [.. fields.Select(field => ((object)field.Key, field.Value))],
        JsonArray items => [.. items.Select((item, index) => ((object)index, item))],
        _ => [],
    };

    private static void Put(JsonNode parent, object key, JsonNode value)
    {
        if (key is string name)
        {
            parent[name] = value;
        }
        else
        {
            parent[(int)key] = value;
        }
    }

    private static JsonNode Another(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.True => false,
        JsonValueKind.False => true,
        JsonValueKind.Number => value.GetValue<decimal>() + 1,
        _ => Another(value.GetValue<string>()),
    };

    private static string Another(string text) =>
        Guid.TryParse(text, out _) ? new Guid(255, 255, 255, [8, 7, 6, 5, 4, 3, 2, 1]).ToString()
        : DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.AddDays(1).ToString("O", CultureInfo.InvariantCulture)
        : TimeOnly.TryParseExact(text, "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock) ? clock.AddMinutes(1).ToString("HH:mm:ss", CultureInfo.InvariantCulture)
        : DateTime.TryParseExact(text, "yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var instant) ? instant.AddMinutes(1).ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture)
        : $"{text}x";
}
