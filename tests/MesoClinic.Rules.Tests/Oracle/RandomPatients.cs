using FsCheck;
using FsCheck.Fluent;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>A patient with a plan, made around one rule of the book, so that every rule is met often and close to its limits.</summary>
public sealed record RandomPatient(string Rule, AssessmentRequest Request);

/// <summary>Makes patients and plans out of the real vocabulary: answered, unanswered and unasked, reviewed and expired, on either side of every limit.</summary>
internal static class RandomPatients
{
    private static readonly (string Id, Condition Detect)[] Rules =
        [.. Shipped.Knowledge.Contraindications.Select(r => (r.Id, r.Detect)), .. Shipped.Knowledge.TechniqueRules.Select(r => (r.Id, r.Detect))];

    public static readonly Arbitrary<RandomPatient> All = Arb.From(Gen.Choose(0, int.MaxValue).Select(Make), Simpler);

    public static RandomPatient Make(int seed)
    {
        var chance = new Chance(new Random(seed));
        var (id, detect) = chance.Of(Rules);
        var draft = new Draft(chance);
        draft.AddNoise();
        draft.LeanTowards(detect);
        return new RandomPatient(id, draft.Finish());
    }

    /// <summary>The same with one fact less: what is left of a failure is what it takes.</summary>
    private static IEnumerable<RandomPatient> Simpler(RandomPatient made)
    {
        var request = made.Request;
        var (patient, plan) = (request.Patient, request.Plan);
        IEnumerable<PatientFacts> patients =
        [
            .. Without(patient.Conditions).Select(list => patient with { Conditions = list }),
            .. Without(patient.Medications).Select(list => patient with { Medications = list }),
            .. Without(patient.Allergies).Select(list => patient with { Allergies = list }),
            .. Without(patient.Events).Select(list => patient with { Events = list }),
            .. Without(patient.IncompleteLists).Select(list => patient with { IncompleteLists = list }),
            .. patient.Answers.Keys.Select(key => patient with { Answers = patient.Answers.Where(a => a.Key != key).ToDictionary() }),
        ];
        IEnumerable<TreatmentPlan> plans =
        [
            .. Without(plan.Ingredients).Select(list => plan with { Ingredients = list }),
            .. Without(plan.Areas).Select(list => plan with { Areas = list }),
            .. Without(plan.Given).Select(list => plan with { Given = list }),
            plan with { Doses = null },
            plan with { LabelVerifiedFreeOf = [], LabelCompositionVerified = [] },
        ];
        return patients.Select(p => request with { Patient = p }).Concat(plans.Where(p => p != plan).Select(p => request with { Plan = p })).Select(r => made with { Request = r });
    }

    private static IEnumerable<IReadOnlyList<T>> Without<T>(IReadOnlyList<T>? list) => Enumerable.Range(0, list?.Count ?? 0).Select(i => list!.Where((_, index) => index != i).ToArray());
}
