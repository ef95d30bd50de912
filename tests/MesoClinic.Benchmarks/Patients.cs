using MesoClinic.Data.Seeding;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Benchmarks;

/// <summary>The shipped tables and the patients that are assessed against them.</summary>
internal static class Patients
{
    public static readonly KnowledgeBase Knowledge = SeedLoader.Load(Path.Combine(AppContext.BaseDirectory, "seeds"));

    private static readonly string[] CommonConditions = ["I10", "E03.9", "K29.7", "M54.5", "G43.9", "N39.0", "E78.5", "J30.1", "M17.9", "H52.1"];
    private static readonly string[] CommonMedicines = ["H03AA01", "C09AA05", "R03AC02", "A02BC01", "N02CC01", "C10AA05", "A10BA02", "C08CA01", "A11CC05", "G03AA07"];
    private static readonly string[] Cocktail = ["ing-hyaluronic-acid", "ing-amino-acids", "ing-biotin", "ing-zinc", "ing-glutathione"];

    /// <summary>Ten conditions, ten medicines and five ingredients against which nothing speaks.</summary>
    public static readonly AssessmentRequest Clear = new()
    {
        Date = new DateOnly(2026, 7, 10),
        HistoryComplete = true,
        Patient = new PatientFacts
        {
            BirthDate = new DateOnly(1980, 5, 1),
            Sex = Sex.Male,
            Fitzpatrick = 2,
            Conditions = [.. CommonConditions.Select(code => new ConditionFact(code))],
            Medications = [.. CommonMedicines.Select(code => new MedicationFact { Atc = code })],
            Allergies = [],
            Events = [],
        },
        Plan = new TreatmentPlan { Indication = "ind-wrinkles", Areas = ["forehead"], Technique = "tech-nappage", Ingredients = Cocktail },
    };

    /// <summary>As many facts, several of which matter: an anti-inflammatory drug, an antibiotic, an antidepressant, psoriasis, diabetes.</summary>
    public static readonly AssessmentRequest WithFindings = Clear with
    {
        Patient = Clear.Patient with
        {
            Conditions = [.. new[] { "E03.9", "I10", "J45.0", "K29.7", "M54.5", "G43.9", "L40.0", "E11.9", "F41.1", "N39.0" }.Select(code => new ConditionFact(code))],
            Medications = [.. new[] { "H03AA01", "C09AA05", "R03AC02", "A02BC01", "M01AE01", "N02CC01", "D07AC01", "A10BA02", "N06AB04", "J01XE01" }.Select(code => new MedicationFact { Atc = code })],
        },
    };

    /// <summary>Somebody as they come: most take little and have little, now and then a fact matters.</summary>
    public static AssessmentRequest Any(Random random) => Clear with
    {
        Date = Clear.Date.AddDays(random.Next(365)),
        Patient = new PatientFacts
        {
            BirthDate = new DateOnly(1950, 1, 1).AddDays(random.Next(20_000)),
            Sex = random.Next(10) < 8 ? Sex.Female : Sex.Male,
            Fitzpatrick = random.Next(1, 5),
            Conditions = Some(random, () => new ConditionFact(random.Next(10) < 8 ? Of(random, CommonConditions) : Of(random, Knowledge.Icd10).Code, (ConditionStatus)random.Next(4))),
            Medications = Some(random, () => new MedicationFact
            {
                Atc = random.Next(10) < 8 ? Of(random, CommonMedicines) : null,
                Id = Of(random, Knowledge.Medications).Id,
                LastDose = random.Next(3) > 0 ? LastDose.StillTaken : LastDose.On(Clear.Date.AddDays(-random.Next(100))),
                PrescriberConfirmedStop = true,
            }).Select(m => m.Atc is null ? m : m with { Id = null }).ToArray(),
            Allergies = random.Next(6) == 0 ? [Of(random, Knowledge.Allergens).Id] : [],
            Events = random.Next(5) == 0 ? [new EventFact(Of(random, Knowledge.Vocabulary.EventKinds).Id, Clear.Date.AddDays(-random.Next(120)))] : [],
            Answers = Enumerable.Range(0, 8).Select(_ => Of(random, Knowledge.Questions.Questions)).DistinctBy(q => q.Id)
                .ToDictionary(q => q.Id, q => (string?)(random.Next(100) < 2 ? q.Options[^1] : q.Options[0]), StringComparer.Ordinal),
        },
        Plan = Clear.Plan with { Ingredients = Cocktail[..random.Next(1, 6)] },
    };

    /// <summary>A clear patient must be clear, or the figures would be about something else.</summary>
    public static RuleBook Checked(RuleBook book)
    {
        var assessment = book.Assess(Clear);
        return assessment.Decision == Decision.Allow && assessment.Findings.Count + assessment.StillToAsk.Count == 0
            ? book
            : throw new InvalidOperationException($"Not clear: {string.Join(", ", assessment.Findings.Select(f => $"{f.Rule} {f.Because}"))} {string.Join(", ", assessment.Missing)} {string.Join(", ", assessment.StillToAsk)}");

        }

    private static T[] Some<T>(Random random, Func<T> make) => [.. Enumerable.Range(0, Math.Max(0, random.Next(-2, 4))).Select(_ => make())];

    private static T Of<T>(Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
