using System.Globalization;
using System.Text;
using System.Text.Json;
using MesoClinic.Data.Seeding;
using MesoClinic.Domain.Rules;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Rules;

/// <summary>Rules of a clinic's own: additions to the built-in book, and stricter forms of its rules. Never milder ones.</summary>
internal static class ClinicRules
{
    public const string IdPrefix = "ci-clinic-";
    private static readonly JsonSerializerOptions Indented = new(RulesJson.Options) { WriteIndented = true };

    /// <summary>The book with the clinic's own rules in it. Where an update of the portal has changed a rule that the clinic had made stricter, the stricter of both counts.</summary>
    /// <exception cref="SeedException">A rule names something that the tables do not have.</exception>
    public static RuleBook Over(RuleBook builtIn, IReadOnlyList<Contraindication> own)
    {
        var byId = own.ToDictionary(rule => rule.Id, StringComparer.Ordinal);
        var knowledge = builtIn.Knowledge with
        {
            Contraindications =
            [
                .. builtIn.Knowledge.Contraindications.Select(rule => byId.TryGetValue(rule.Id, out var clinics) ? Stricter(clinics, rule) : rule),
                .. own.Where(rule => !builtIn.Contraindications.ContainsKey(rule.Id)),
            ],
        };
        SeedLoader.Check(knowledge);
        return new RuleBook(knowledge);
    }

    public static IReadOnlyList<Contraindication> ParseAll(string json) => JsonSerializer.Deserialize<List<Contraindication>>(json, RulesJson.Options)!;

    public static string Write(IReadOnlyList<Contraindication> rules) => JsonSerializer.Serialize(rules, RulesJson.Options);

    /// <summary>As a person edits it: one field on a line.</summary>
    public static string Write(Contraindication rule) => JsonSerializer.Serialize(rule, Indented);

    public static string HashOf(string json) => ContentHash.Tagged(Encoding.UTF8.GetBytes(json));

    /// <summary>Reads one rule as somebody typed it, and looks whether it can stand in the book as this kind.</summary>
    /// <returns>The rule, null when it cannot be read; and what is wrong and where, nothing when it can stand.</returns>
    public static (Contraindication? Rule, IReadOnlyList<string> Problems) Read(RuleDraftKind kind, string json, CurrentRuleBook books)
    {
        var (rule, problem) = Parse(json);
        return (rule, rule is null ? [problem!] : ProblemsOf(kind, rule, books.BuiltIn, books.Book));
    }

    private static (Contraindication? Rule, string? Problem) Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Contraindication>(json, RulesJson.Options) is { } rule ? (rule, null) : (null, "The rule is empty.");
        }
        catch (JsonException error)
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"Line {error.LineNumber + 1}");
            var field = error.Path is null or "$" ? "" : $", field {error.Path.TrimStart('$', '.')}";
            return (null, $"{line}{field}: {FirstSentence(error.Message)}");
        }
    }

    private static List<string> ProblemsOf(RuleDraftKind kind, Contraindication rule, RuleBook builtIn, RuleBook inForce)
    {
        List<string> problems = [];
        var original = builtIn.Contraindications.GetValueOrDefault(rule.Id);
        if (kind == RuleDraftKind.Addition)
        {
            if (!rule.Id.StartsWith(IdPrefix, StringComparison.Ordinal) || rule.Id.Length == IdPrefix.Length)
            {
                problems.Add($"Field id: a rule of the clinic's own is called {IdPrefix}…");
            }
        }
        else if (kind == RuleDraftKind.Stricter)
        {
            problems.AddRange(original is null ? [$"Field id: there is no built-in rule {rule.Id} to make stricter."] : Milder(rule, original));
        }
        else if (!IsOwn(rule.Id, builtIn, inForce))
        {
            problems.Add($"Field id: {rule.Id} is not a rule of the clinic's own. Built-in rules cannot be taken out.");
        }

        if (problems.Count == 0)
        {
            problems.AddRange(ReferenceProblem(rule, builtIn));
        }

        return problems;
    }

    /// <summary>Whether the book in force holds this rule in a form of the clinic's own.</summary>
    public static bool IsOwn(string id, RuleBook builtIn, RuleBook inForce) =>
        inForce.Contraindications.TryGetValue(id, out var rule) && !(builtIn.Contraindications.TryGetValue(id, out var original) && ReferenceEquals(rule, original));

    /// <summary>The clinic's own rules as they stand after this change of one of them.</summary>
    public static IReadOnlyList<Contraindication> After(RuleDraftKind kind, Contraindication rule, CurrentRuleBook books)
    {
        var others = books.Book.Knowledge.Contraindications.Where(own => own.Id != rule.Id && IsOwn(own.Id, books.BuiltIn, books.Book));
        return kind == RuleDraftKind.Removal ? [.. others] : [.. others, rule];
    }

    private static IEnumerable<string> ReferenceProblem(Contraindication rule, RuleBook builtIn)
    {
        try
        {
            _ = Over(builtIn, [rule]);
            return [];
        }
        catch (SeedException error)
        {
            return [$"Field {error.Field}: {error.Problem}."];
        }
    }

    /// <summary>What a stricter form may not change: when the rule fires, and anything that would let more through.</summary>
    private static IEnumerable<string> Milder(Contraindication rule, Contraindication original)
    {
        if (!Same(rule.Detect, original.Detect))
        {
            yield return "Field detect: a stricter form fires exactly when the built-in rule does. Add a rule of your own for other cases.";
        }

        if (!Same(rule.Scope, original.Scope))
        {
            yield return "Field scope: a stricter form reaches exactly as far as the built-in rule.";
        }

        if (rule.Action < original.Action || rule.Tier < original.Tier)
        {
            yield return $"Field action: milder than the built-in rule ({RuleWords.Tier(original.Tier)}). It can only become stricter.";
        }

        if (Strictness(rule.Override) < Strictness(original.Override))
        {
            yield return "Field override: more people could override it than the built-in rule allows.";
        }

        if (rule.Alternatives.Except(original.Alternatives, StringComparer.Ordinal).Any())
        {
            yield return "Field alternatives: it would offer treatments that the built-in rule does not.";
        }

        if (original.AlternativesExcluded.Except(rule.AlternativesExcluded, StringComparer.Ordinal).Any())
        {
            yield return "Field alternativesExcluded: it would let through treatments that the built-in rule excludes.";
        }
    }

    /// <summary>The clinic's form as it was published; or, when the built-in rule has become stricter since or fires on other facts, the built-in rule with what is stricter in the clinic's.</summary>
    private static Contraindication Stricter(Contraindication clinics, Contraindication original)
    {
        if (!Milder(clinics, original).Any())
        {
            return clinics;
        }

        var (worse, other) = clinics.Action > original.Action ? (clinics, original) : (original, clinics);
        return original with
        {
            Action = worse.Action,
            Tier = worse.Tier,
            Override = Strictness(other.Override) > Strictness(worse.Override) ? other.Override : worse.Override,
            Alternatives = [.. original.Alternatives.Intersect(clinics.Alternatives, StringComparer.Ordinal)],
            AlternativesExcluded = [.. original.AlternativesExcluded.Union(clinics.AlternativesExcluded, StringComparer.Ordinal)],
        };
    }

    private static bool Same<T>(T one, T other) => JsonSerializer.Serialize(one, RulesJson.Options) == JsonSerializer.Serialize(other, RulesJson.Options);

    private static int Strictness(OverridePolicy policy) => policy switch
    {
        OverridePolicy.NotNeeded => 0,
        OverridePolicy.AnyClinician => 1,
        OverridePolicy.PhysicianWithDocumentedReason => 2,
        OverridePolicy.DermatologistWithDocumentedReason => 3,
        _ => 4,
    };

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" Path:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
