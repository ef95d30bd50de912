using System.Text.Json;
using System.Text.RegularExpressions;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Data.Seeding;

/// <summary>Turns one JSON file into rows and says where it is wrong.</summary>
internal sealed partial class SeedFolder(string folder)
{
    private const string WholeFile = "whole file";

    /// <summary>An array of rows, read one by one so that an error names its row.</summary>
    public IReadOnlyList<T> Table<T>(string file)
        where T : IRow
    {
        using var document = Parse(file);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new SeedException(file, WholeFile, "$", "must be an array of rows");
        }
        var rows = new List<T>(document.RootElement.GetArrayLength());
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in document.RootElement.EnumerateArray())
        {
            var name = NameOf(element, rows.Count);
            var row = Read<T>(element, file, name);
            if (!ids.Add(row.Id))
            {
                throw new SeedException(file, name, "id", "stands in the file twice");
            }
            rows.Add(row);
        }
        return rows;
    }

    /// <summary>A file that is one object.</summary>
    public T Object<T>(string file)
    {
        using var document = Parse(file);
        return Read<T>(document.RootElement, file, WholeFile);
    }

    private JsonDocument Parse(string file)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, file)), new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            throw new SeedException(file, $"line {e.LineNumber + 1}", "$", e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SeedException(file, WholeFile, "$", $"cannot be read: {e.Message}", e);
        }
    }

    private static T Read<T>(JsonElement element, string file, string name)
    {
        try
        {
            return element.Deserialize<T>(RulesJson.Options) ?? throw new SeedException(file, name, "$", "is null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new SeedException(file, RowInside(element, e as JsonException, name), FieldOf(e), e.Message, e);
        }
    }

    private static string NameOf(JsonElement row, int index) =>
        row.ValueKind == JsonValueKind.Object
        && (row.TryGetProperty("id", out var id) || row.TryGetProperty("key", out id) || row.TryGetProperty("code", out id))
        && id.ValueKind == JsonValueKind.String
            ? id.GetString()!
            : $"row {index + 1}";

    /// <summary>In a file that is one object, the rows lie a level deeper: "$.questions[3].text".</summary>
    private static string RowInside(JsonElement root, JsonException? e, string name)
    {
        if (!string.Equals(name, WholeFile, StringComparison.Ordinal) || e?.Path is not { } path || RowPath().Match(path) is not { Success: true } match)
        {
            return name;
        }
        var index = int.Parse(match.Groups["index"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
        return root.TryGetProperty(match.Groups["list"].Value, out var list) && index < list.GetArrayLength() ? NameOf(list[index], index) : name;
    }

    /// <summary>The path; for something missing, its name.</summary>
    private static string FieldOf(Exception e)
    {
        var path = (e as JsonException)?.Path is { } found ? found.TrimStart('$').TrimStart('.') : "";
        var missing = Missing().Match(e.Message);
        return (path, missing.Success) switch
        {
            ("", false) => "$",
            (_, false) => path,
            ("", true) => missing.Groups["name"].Value,
            (_, true) => $"{path}.{missing.Groups["name"].Value}",
        };
    }

    [GeneratedRegex(@"^\$\.(?<list>\w+)\[(?<index>\d+)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RowPath();

    [GeneratedRegex("missing required properties including: '(?<name>[^']+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Missing();
}
