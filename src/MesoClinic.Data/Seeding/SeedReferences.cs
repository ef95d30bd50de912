using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Data.Seeding;

/// <summary>Checks that every id that a row names exists, and that every row is sound in itself.</summary>
internal sealed partial class SeedReferences(KnowledgeBase knowledge)
{
    private readonly HashSet<string> sources = Ids(knowledge.Sources);
    private readonly HashSet<string> areas = Ids(knowledge.Areas);
    private readonly HashSet<string> areaGroups = [.. knowledge.Areas.SelectMany(a => a.Groups)];
    private readonly HashSet<string> alternatives = Ids(knowledge.Alternatives);
    private readonly HashSet<string> techniques = Ids(knowledge.Techniques);
    private readonly HashSet<string> indications = Ids(knowledge.Indications);
    private readonly HashSet<string> classes = Ids(knowledge.MedicineClasses);
    private readonly HashSet<string> medications = Ids(knowledge.Medications);
    private readonly HashSet<string> allergens = Ids(knowledge.Allergens);
    private readonly HashSet<string> ingredients = Ids(knowledge.Ingredients);
    private readonly HashSet<string> contraindications = Ids(knowledge.Contraindications);
    private readonly HashSet<string> conflicts = Ids(knowledge.Conflicts);
    private readonly HashSet<string> complications = Ids(knowledge.Complications);
    private readonly Dictionary<string, Question> questions = new(StringComparer.Ordinal);
    private readonly HashSet<string> rows = new(StringComparer.Ordinal);

    public void Check()
    {
        Collect();
        CheckSources();
        CheckRules();
        CheckSubstances();
        CheckTreatments();
        CheckCare();
    }

    /// <summary>Ids are unique across all tables, because coverage and conflicts name rows of any of them.</summary>
    private void Collect()
    {
        foreach (var (file, row) in AllRows())
        {
            Require(rows.Add(row.Id), file, row.Id, "id", "is used by another row");
        }
        foreach (var question in knowledge.Questions.Questions)
        {
            questions.Add(question.Id, question);
        }
    }

    private IEnumerable<(string File, IRow Row)> AllRows()
    {
        (string File, IEnumerable<IRow> Rows)[] tables =
        [
            ("contraindications.json", knowledge.Contraindications), ("technique-rules.json", knowledge.TechniqueRules),
            ("incompatible-pairs.json", knowledge.IncompatiblePairs), ("alternatives.json", knowledge.Alternatives),
            ("techniques.json", knowledge.Techniques), ("indications.json", knowledge.Indications),
            ("medications.json", knowledge.Medications), ("allergens.json", knowledge.Allergens),
            ("ingredients.json", knowledge.Ingredients), ("asepsis-steps.json", knowledge.AsepsisSteps),
            ("preparation.json", knowledge.Preparation), ("aftercare.json", knowledge.Aftercare),
            ("complications.json", knowledge.Complications), ("causes.json", knowledge.Causes), ("grades.json", knowledge.Grades),
            ("follow-ups.json", knowledge.FollowUps), ("triage.json", knowledge.Triage), ("conflicts.json", knowledge.Conflicts),
            ("seed-coverage.json", knowledge.SeedCoverage), ("questions.json", knowledge.Questions.Questions),
        ];
        return tables.SelectMany(table => table.Rows.Select(row => (table.File, row)));
    }

    private void CheckSources()
    {
        foreach (var (file, row) in AllRows())
        {
            if (row is ISourcedRow sourced)
            {
                Require(sourced.Sources.Count > 0, file, row.Id, "sources", "is empty: say where the row comes from");
                All(sourced.Sources, sources, file, row.Id, "sources", "sources.json");
            }
        }
    }

    private static HashSet<string> Ids(IEnumerable<IRow> table) => [.. table.Select(row => row.Id)];

    private static void Require(bool holds, string file, string id, string field, string problem)
    {
        if (!holds)
        {
            throw new SeedException(file, id, field, problem);
        }
    }

    private static void All(IEnumerable<string> named, HashSet<string> known, string file, string id, string field, string table)
    {
        foreach (var name in named)
        {
            Require(known.Contains(name), file, id, field, $"\"{name}\" does not exist in {table}");
        }
    }
}
