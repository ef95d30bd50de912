using BenchmarkDotNet.Attributes;
using MesoClinic.Data.Seeding;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Benchmarks;

/// <summary>One full assessment against the whole book.</summary>
[MemoryDiagnoser]
public class Assessments
{
    private readonly RuleBook book = new(SeedLoader.Load(Path.Combine(AppContext.BaseDirectory, "seeds")));
    private AssessmentRequest clear = new() { Date = default };
    private AssessmentRequest laden = new() { Date = default };

    [GlobalSetup]
    public void Prepare()
    {
        clear = new AssessmentRequest
        {
            Date = new DateOnly(2026, 7, 10),
            HistoryComplete = true,
            Patient = new PatientFacts { BirthDate = new DateOnly(1990, 5, 1), Sex = Sex.Female, Fitzpatrick = 2 },
            Plan = new TreatmentPlan { Indication = "ind-wrinkles", Areas = ["forehead"], Technique = "tech-nappage", Ingredients = ["ing-hyaluronic-acid"] },
        };
        laden = clear with
        {
            Patient = clear.Patient with
            {
                Conditions = [.. new[] { "E03.9", "I10", "J45.0", "K29.7", "M54.5", "G43.9", "L40.0", "E11.9", "F41.1", "N39.0" }.Select(code => new ConditionFact(code))],
                Medications = [.. new[] { "H03AA01", "C09AA05", "R03AC02", "A02BC01", "M01AE01", "N02CC01", "D07AC01", "A10BA02", "N06AB04", "J01XE01" }.Select(code => new MedicationFact { Atc = code })],
            },
            Plan = clear.Plan with { Ingredients = ["ing-hyaluronic-acid", "ing-amino-acids", "ing-vitamins", "ing-minerals", "ing-glutathione"] },
        };
    }

    [Benchmark(Baseline = true)]
    public Assessment Clear() => book.Assess(clear);

    [Benchmark]
    public Assessment Ten_conditions_ten_medicines_five_ingredients() => book.Assess(laden);
}
