using FsCheck;
using FsCheck.Fluent;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Properties;

/// <summary>Makes requests out of everything that the tables know.</summary>
internal static class Requests
{
    private static readonly string[] Codes =
        [.. Shipped.Knowledge.Contraindications.SelectMany(r => r.Detect.Any.OfType<Icd10Predicate>()).SelectMany(p => p.Prefixes).Distinct(StringComparer.Ordinal)];

    public static readonly Gen<ConditionFact> Condition =
        from code in Gen.Elements(Codes)
        from status in Gen.Elements(Enum.GetValues<ConditionStatus>())
        from areas in Gen.Elements<IReadOnlyList<string>?>(null, ["forehead"], ["thighs"])
        select new ConditionFact(code, status, areas);

    public static readonly Gen<MedicationFact> KnownMedicine =
        from row in Gen.Elements<Medication>(Shipped.Knowledge.Medications)
        from daysAgo in Gen.Choose(-5, 200)
        from stillTaken in Gen.Elements(true, false, false)
        from confirmed in Gen.Elements(true, false)
        select new MedicationFact { Id = row.Id, LastDose = stillTaken ? LastDose.StillTaken : LastDose.On(Shipped.Day.AddDays(-daysAgo)), PrescriberConfirmedStop = confirmed };

    public static readonly Gen<EventFact> Event =
        from kind in Gen.Elements<Term>(Shipped.Knowledge.Vocabulary.EventKinds)
        from days in Gen.Choose(-200, 40)
        from areas in Gen.Elements<IReadOnlyList<string>?>(null, ["forehead"], ["thighs"])
        select new EventFact(kind.Id, Shipped.Day.AddDays(days), areas);

    public static readonly Gen<string> Allergy = Gen.Elements<Allergen>(Shipped.Knowledge.Allergens).Select(a => a.Id);

    /// <summary>Everything is known; at most a few findings.</summary>
    public static readonly Gen<AssessmentRequest> Known = Build(KnownMedicine, mayBeUnknown: false);

    /// <summary>As in life: unidentified medicines, unknown answers, unreviewed lists.</summary>
    public static readonly Gen<AssessmentRequest> Any = Build(Gen.OneOf(KnownMedicine, UnknownMedicine()), mayBeUnknown: true);

    private static Gen<MedicationFact> UnknownMedicine() => Gen.Elements(
        new MedicationFact { Name = "something green" },
        new MedicationFact { Id = "med-warfarin", LastDose = LastDose.Unknown },
        new MedicationFact { Id = "med-clopidogrel", LastDose = LastDose.On(Shipped.Day.AddDays(-30)) });

    private static Gen<AssessmentRequest> Build(Gen<MedicationFact> medicine, bool mayBeUnknown) =>
        from conditions in Some(Condition)
        from medicines in Some(medicine)
        from events in Some(Event)
        from allergies in Some(Allergy)
        from answers in Some(Answer(mayBeUnknown))
        from complete in mayBeUnknown ? Gen.Elements(true, false) : Gen.Constant(true)
        from incomplete in mayBeUnknown ? Some(Gen.Elements("conditions", "medications", "allergies", "procedures")) : Gen.Constant<IReadOnlyList<string>>([])
        from stage in mayBeUnknown ? Gen.Elements(Enum.GetValues<Stage>()) : Gen.Constant(Stage.Visit)
        from ingredients in Some(Gen.Elements<Ingredient>(Shipped.Knowledge.Ingredients).Select(i => i.Id))
        from technique in Gen.Elements("tech-nappage", "tech-mesoinfiltration", "tech-noninvasive", "alt-phonophoresis")
        from months in Gen.Choose(0, 11)
        from doses in DosesOf(ingredients)
        select new AssessmentRequest
        {
            Date = Shipped.Day.AddMonths(months),
            Stage = stage,
            HistoryComplete = complete,
            Patient = Shipped.CleanPatient with
            {
                Conditions = conditions,
                Medications = medicines,
                Events = events,
                Allergies = allergies,
                IncompleteLists = incomplete,
                Answers = answers.DistinctBy(a => a.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal),
            },
            Plan = Shipped.StartedPlan with { Ingredients = ingredients, Technique = technique, Doses = doses },
        };

    /// <summary>None, or some of each, of products that are named or not.</summary>
    private static Gen<IReadOnlyList<Dose>?> DosesOf(IReadOnlyList<string> ingredients) => ingredients.Count == 0 ? Gen.Constant<IReadOnlyList<Dose>?>(null) :
        from doses in Some(
            from ingredient in Gen.Elements(ingredients.ToArray())
            from product in Gen.Elements<string?>(null, "product-1", "product-1", "product-2")
            select new Dose(ingredient, 1, 0.1m, product))
        select doses.Count == 0 ? null : doses;

    private static Gen<KeyValuePair<string, string?>> Answer(bool mayBeUnknown) =>
        from question in Gen.Elements<Question>(Shipped.Knowledge.Questions.Questions)
        from answer in Gen.Elements<string?>(mayBeUnknown ? [null, .. question.Options] : [.. question.Options])
        select KeyValuePair.Create(question.Id, answer);

    private static Gen<IReadOnlyList<T>> Some<T>(Gen<T> item) =>
        Gen.Choose(0, 3).SelectMany(count => item.ListOf(count)).Select(items => (IReadOnlyList<T>)[.. items]);
}
