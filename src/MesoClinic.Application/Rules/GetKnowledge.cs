using System.Text.Json.Serialization;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Rules;

/// <summary>All ids that the JSON endpoints understand or answer with, by table, with titles and sources.</summary>
public static class GetKnowledge
{
    [Requires(Permission.UseApi)]
    public sealed record Query : IQuery<View>;

    /// <param name="SignedOff">Whether the clinic's responsible physician has signed every rule as it stands.</param>
    public sealed record View(string RuleBook, bool SignedOff, IReadOnlyDictionary<string, IReadOnlyList<Row>> Tables, IReadOnlyList<Source> Sources);

    /// <param name="Options">The words that answer a question or a triage modifier; absent in other tables.</param>
    public sealed record Row(string Id, string Title, IReadOnlyList<string> Sources)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public IReadOnlyList<string>? Options { get; init; }
    }

    private static readonly string[] YesNo = ["yes", "no"];

    internal sealed class Handler(ClinicDbContext db, CurrentRuleBook books, SignOffs signOffs) : IRequestHandler<Query, Outcome<View>>
    {
        public async Task<Outcome<View>> Handle(Query query, CancellationToken token)
        {
            var book = await books.RefreshAsync(db, token);
            var k = book.Knowledge;
            var tables = new Dictionary<string, IReadOnlyList<Row>>(StringComparer.Ordinal)
            {
                ["contraindications"] = Rows(k.Contraindications, row => row.Title),
                ["techniqueRules"] = Rows(k.TechniqueRules, row => row.Title),
                ["incompatiblePairs"] = Rows(k.IncompatiblePairs, row => row.Title),
                ["questions"] = [.. k.Questions.Questions.Select(row => new Row(row.Id, row.Text, []) { Options = row.Type == QuestionType.YesNo ? YesNo : row.Options })],
                ["lists"] = Rows(k.Questions.Lists, row => row.Text),
                ["indications"] = Rows(k.Indications, row => row.Title),
                ["areas"] = Rows(k.Areas, row => row.Title),
                ["techniques"] = Rows(k.Techniques, row => row.Title),
                ["alternatives"] = Rows(k.Alternatives, row => row.Title),
                ["medicineClasses"] = Rows(k.MedicineClasses, row => row.Title),
                ["medications"] = Rows(k.Medications, row => row.Title),
                ["allergens"] = Rows(k.Allergens, row => row.Title),
                ["icd10"] = Rows(k.Icd10, row => row.Title),
                ["ingredients"] = Rows(k.Ingredients, row => row.Title),
                ["eventKinds"] = Rows(k.Vocabulary.EventKinds, row => row.Title),
                ["vitals"] = Rows(k.Vocabulary.Vitals, row => $"{row.Title} ({row.Unit})"),
                ["labs"] = Rows(k.Vocabulary.Labs, row => $"{row.Title} ({row.Unit})"),
                ["asepsisSteps"] = Rows(k.AsepsisSteps, row => row.Title),
                ["preparation"] = Rows(k.Preparation, row => row.Title),
                ["aftercare"] = Rows(k.Aftercare, row => row.Title),
                ["aftercareCategories"] = Rows(k.Vocabulary.AftercareCategories, row => row.Title),
                ["symptoms"] = Rows(k.Vocabulary.Symptoms, row => row.Title),
                ["modifiers"] = [.. k.Vocabulary.Modifiers.Select(row => new Row(row.Id, row.Title, []) { Options = [.. row.Options.Select(option => option.Value)] })],
                ["triage"] = Rows(k.Triage, row => row.Title),
                ["triageLevels"] = Rows(k.Vocabulary.TriageLevels, row => row.Text),
                ["complications"] = Rows(k.Complications, row => row.Title),
                ["causes"] = Rows(k.Causes, row => row.Title),
                ["grades"] = Rows(k.Grades, row => row.Meaning),
                ["followUps"] = Rows(k.FollowUps, row => row.Title),
                ["conflicts"] = Rows(k.Conflicts, row => row.Title),
                ["tiers"] = Rows(k.Vocabulary.Tiers, row => row.Text),
                ["ingredientStatuses"] = Rows(k.Vocabulary.IngredientStatuses, row => row.Text),
                ["statements"] = Rows(k.SeedCoverage, row => row.Statement),
            };
            return new View(book.Hash, await signOffs.IsBookSignedAsync(token), tables, k.Sources);
        }

        private static Row[] Rows<T>(IEnumerable<T> rows, Func<T, string> title)
            where T : IRow => [.. rows.Select(row => new Row(row.Id, title(row), row is ISourcedRow sourced ? sourced.Sources : []))];
    }
}
