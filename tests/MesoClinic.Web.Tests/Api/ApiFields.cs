using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using MesoClinic.Web.Api;

namespace MesoClinic.Web.Tests.Api;

/// <summary>The contract's fields, found in its records.</summary>
internal static class ApiFields
{
    private static readonly (string Endpoint, Type Body)[] Bodies = [("assess", typeof(AssessBody)), ("aftercare", typeof(AftercareBody)), ("triage", typeof(TriageBody))];

    /// <summary>Every field of every endpoint with a value of a wrong type, and the path that the answer has to name.</summary>
    public static IEnumerable<(string Endpoint, string Path, string Wrong, string Named)> WithWrongValues() =>
        from body in Bodies
        from objects in Objects(body.Body, "")
        from property in objects.Type.GetProperties().Where(IsField)
        let path = Join(objects.Path, NameOf(property))
        from wrong in WrongFor(property.PropertyType)
        select (body.Endpoint, path, wrong.Value, path + wrong.At);

    /// <summary>Every object that a body can hold, with the names of its fields.</summary>
    public static IEnumerable<(string Endpoint, string Path, string Fields)> AllObjects() =>
        from body in Bodies
        from objects in Objects(body.Body, "")
        select (body.Endpoint, objects.Path, string.Join(", ", objects.Type.GetProperties().Where(IsField).Select(NameOf).Order(StringComparer.Ordinal)));

    /// <summary>A body with one value at a path such as "patient.events[0].kind".</summary>
    public static string BodyWith(string path, string value)
    {
        foreach (var step in path.Split('.', StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            value = step.EndsWith("[0]", StringComparison.Ordinal) ? $$"""{"{{step[..^3]}}":[{{value}}]}""" : $$"""{"{{step}}":{{value}}}""";
        }

        return value;
    }

    private static IEnumerable<(string Path, Type Type)> Objects(Type type, string path) => type.GetProperties().Where(IsField).SelectMany(property =>
    {
        var at = Join(path, NameOf(property));
        return IsRecord(property.PropertyType) ? Objects(property.PropertyType, at)
            : ItemOf(property.PropertyType) is { } item && IsRecord(item) ? Objects(item, at + "[0]")
            : [];
    }).Prepend((path, type));

    private static IEnumerable<(string Value, string At)> WrongFor(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (IsRecord(type) || IsMap(type))
        {
            return [("[]", ""), ("\"text\"", ""), ("7", "")];
        }

        if (ItemOf(type) is not null)
        {
            return [("{}", ""), ("\"text\"", ""), ("true", ""), ("[true]", "[0]")];
        }

        return type == typeof(string) ? [("3", ""), ("{}", ""), ("true", "")]
            : type == typeof(bool) ? [("\"yes\"", ""), ("1", ""), ("[]", "")]
            : type == typeof(int) ? [("\"1\"", ""), ("1.5", ""), ("-1", ""), ("1e30", ""), ("true", "")]
            : type == typeof(decimal) ? [("\"1\"", ""), ("-1", ""), ("1e300", ""), ("[1]", "")]
            : [("\"nonsense\"", ""), ("3", ""), ("true", ""), ("\"2026-02-30\"", ""), ("\"2026-02-30T10:00:00+02:00\"", ""), ("\"0001-01-01\"", "")];
    }

    private static bool IsField(PropertyInfo property) => property.GetMethod is { IsPublic: true, IsStatic: false };

    private static bool IsRecord(Type type) => type.Namespace == typeof(AssessBody).Namespace && type.IsClass;

    private static bool IsMap(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>);

    private static Type? ItemOf(Type type) => !IsMap(type) && type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[0] : null;

    private static string NameOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
