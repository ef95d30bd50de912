using System.Globalization;
using System.Text.Json;

namespace MesoClinic.Application.Rules;

/// <summary>
/// Reads one object of a request field by field and notes whatever is wrong, so that a caller hears of everything at once.
/// Absent and null are both null; <see cref="IsNull"/> tells them apart where it matters.
/// </summary>
internal sealed class JsonFields
{
    private const int LongestText = 500;
    private const int FirstYear = 1900;
    private const int LastYear = 2200;
    private readonly Dictionary<string, JsonElement> fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly RequestProblems problems;
    private readonly string path;

    public JsonFields(JsonElement element, string path, RequestProblems problems)
    {
        (this.path, this.problems) = (path, problems);
        if (element.ValueKind != JsonValueKind.Object)
        {
            problems.Add(path.Length == 0 ? "$" : path, "Must be an object.");
            return;
        }

        foreach (var field in element.EnumerateObject())
        {
            fields[field.Name] = field.Value;
        }
    }

    public IEnumerable<string> Names => fields.Keys;

    public string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    public bool IsNull(string name) => fields.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Null;

    public void Wrong(string name, string message) => problems.Add(PathOf(name), message);

    public bool? Flag(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => Refuse<bool?>(name, "Must be true, false or null."),
    };

    public string? Text(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= LongestText } text ? text : Refuse<string?>(name, $"Must be a text of at most {LongestText} characters.");
    }

    public decimal? Number(string name, decimal least, decimal most)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number >= least && number <= most
            ? number
            : Refuse<decimal?>(name, string.Create(CultureInfo.InvariantCulture, $"Must be a number from {least} to {most}."));
    }

    public int? Whole(string name, int least, int most)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : Refuse<int?>(name, string.Create(CultureInfo.InvariantCulture, $"Must be a whole number from {least} to {most}."));
    }

    public DateOnly? Date(string name) => Find(name) is { } value ? AsDate(name, value) : null;

    /// <summary>An instant with its offset, such as "2026-07-10T15:30:00+02:00".</summary>
    public DateTimeOffset? Instant(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        string[] forms = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        var hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-');
        return hasOffset && DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && at.Year is >= FirstYear and <= LastYear
            ? at
            : Refuse<DateTimeOffset?>(name, "Must be an instant with its offset, such as \"2026-07-10T15:30:00+02:00\".");
    }

    /// <summary>One of the words that an enumeration or list allows.</summary>
    public string? Word(string name, IReadOnlyCollection<string> allowed)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String && value.GetString() is { } word && allowed.Contains(word, StringComparer.Ordinal)
            ? word
            : Refuse<string?>(name, $"Must be one of: {string.Join(", ", allowed)}.");
    }

    /// <summary>The answer to a question: one of its options, or true and false where yes and no are among them.</summary>
    public string? Answer(string name, IReadOnlyCollection<string> options) => Find(name) switch
    {
        { ValueKind: JsonValueKind.True } when options.Contains("yes", StringComparer.Ordinal) => "yes",
        { ValueKind: JsonValueKind.False } when options.Contains("no", StringComparer.Ordinal) => "no",
        _ => Word(name, options),
    };

    public T? Choice<T>(string name)
        where T : struct, Enum =>
        Word(name, Words<T>.All) is { } word ? Words<T>.Of(word) : null;

    public string? Id(string name, Func<string, bool> isKnown, IEnumerable<string> known) =>
        Find(name) is { } value ? AsId(PathOf(name), value, isKnown, known) : null;

    public IReadOnlyList<string>? Ids(string name, Func<string, bool> isKnown, IEnumerable<string> known) =>
        Items(name) is { } items ? [.. items.Select((item, i) => AsId($"{PathOf(name)}[{i}]", item, isKnown, known)).OfType<string>()] : null;

    public JsonFields? Object(string name) => Find(name) is { } value ? new JsonFields(value, PathOf(name), problems) : null;

    public IReadOnlyList<T>? Objects<T>(string name, Func<JsonFields, T?> read)
        where T : class
    {
        if (Items(name) is not { } items)
        {
            return null;
        }

        var rows = new List<T>();
        for (var i = 0; i < items.Count; i++)
        {
            var item = new JsonFields(items[i], $"{PathOf(name)}[{i}]", problems);
            if (read(item) is { } row)
            {
                rows.Add(row);
            }

            item.NothingElse();
        }

        return rows;
    }

    /// <summary>The value as it stands, for what only the caller understands.</summary>
    public JsonElement? Raw(string name) => Find(name);

    public DateOnly? AsDate(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.String
        && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && date.Year is >= FirstYear and <= LastYear
            ? date
            : Refuse<DateOnly?>(name, "Must be a day of the calendar, written yyyy-MM-dd.");

    public void Unknown(string name, IEnumerable<string> known) => problems.AddUnknown(PathOf(name), name, known);

    /// <summary>Whatever was sent and not asked for is a mistake: a misspelt field must not pass as "not given".</summary>
    public void NothingElse()
    {
        foreach (var name in fields.Keys.Where(name => !asked.Contains(name)))
        {
            problems.Add(PathOf(name), $"There is no such field. Known here: {string.Join(", ", asked.Order(StringComparer.Ordinal))}.");
        }
    }

    private JsonElement? Find(string name)
    {
        asked.Add(name);
        return fields.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private List<JsonElement>? Items(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : Refuse<List<JsonElement>?>(name, "Must be a list.");
    }

    private string? AsId(string at, JsonElement value, Func<string, bool> isKnown, IEnumerable<string> known)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            problems.Add(at, "Must be an id.");
            return null;
        }

        var id = value.GetString()!;
        if (isKnown(id))
        {
            return id;
        }

        problems.AddUnknown(at, id, known);
        return null;
    }

    private T? Refuse<T>(string name, string message)
    {
        problems.Add(PathOf(name), message);
        return default;
    }

    private static class Words<T>
        where T : struct, Enum
    {
        private static readonly Dictionary<string, T> ByWord = Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()), StringComparer.Ordinal);

        public static IReadOnlyCollection<string> All => ByWord.Keys;

        public static T Of(string word) => ByWord[word];
    }
}
