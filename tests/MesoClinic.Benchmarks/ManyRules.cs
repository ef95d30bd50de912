using System.Globalization;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Benchmarks;

/// <summary>
/// Books of any size, made from the real rules. Each further edition of a rule speaks of other codes, questions, classes, allergens, events and ingredients, which
/// are added to the tables as well. Rules that name nothing which could differ (a flag of the plan, an age) are not multiplied.
/// </summary>
internal static class ManyRules
{
    public static KnowledgeBase Of(int rules)
    {
        var real = Patients.Knowledge;
        var kept = real.Contraindications.Take(rules - real.TechniqueRules.Count).ToList();
        var ids = kept.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        var knowledge = real with
        {
            Contraindications = kept,
            Alternatives = [.. real.Alternatives.Select(a => a with { NotOfferedWith = [.. a.NotOfferedWith.Where(ids.Contains)] })],
        };
        for (var edition = 1; knowledge.Contraindications.Count + knowledge.TechniqueRules.Count < rules; edition++)
        {
            knowledge = With(knowledge, new Edition(edition), rules);
        }
        return knowledge;
    }

    private static KnowledgeBase With(KnowledgeBase knowledge, Edition edition, int rules)
    {
        var real = Patients.Knowledge;
        var more = real.Contraindications.Select(edition.Of).OfType<Contraindication>().Take(rules - knowledge.Contraindications.Count - knowledge.TechniqueRules.Count);
        return knowledge with
        {
            Contraindications = [.. knowledge.Contraindications, .. more],
            Questions = knowledge.Questions with { Questions = [.. knowledge.Questions.Questions, .. real.Questions.Questions.Select(q => q with { Id = edition.Name(q.Id) })] },
            MedicineClasses = [.. knowledge.MedicineClasses, .. real.MedicineClasses.Select(c => c with { Id = edition.Name(c.Id), AtcPrefixes = edition.Atc(c.AtcPrefixes), ExcludeAtcPrefixes = [] })],
            Allergens = [.. knowledge.Allergens, .. real.Allergens.Select(a => a with { Id = edition.Name(a.Id), CrossReactsWith = edition.Names(a.CrossReactsWith) })],
            Ingredients = [.. knowledge.Ingredients, .. real.Ingredients.Select(i => i with { Id = edition.Name(i.Id), Allergens = edition.Names(i.Allergens), AllergensPossible = edition.Names(i.AllergensPossible) })],
            Medications = [.. knowledge.Medications, .. real.Medications.Select(m => m with { Id = edition.Name(m.Id), Atc = [], Classes = edition.Names(m.Classes) })],
            Vocabulary = knowledge.Vocabulary with { EventKinds = [.. knowledge.Vocabulary.EventKinds, .. real.Vocabulary.EventKinds.Select(e => e with { Id = edition.Name(e.Id) })] },
        };
    }

    /// <summary>Says of every name and code what it is in one further edition.</summary>
    private sealed class Edition(int number)
    {
        public string Name(string id) => string.Create(CultureInfo.InvariantCulture, $"{id}-{number}");

        public IReadOnlyList<string> Names(IReadOnlyList<string> ids) => [.. ids.Select(Name)];

        /// <summary>"B01AA" becomes "B01AA07": a code of its own, which a real medicine may bear.</summary>
        public IReadOnlyList<string> Atc(IReadOnlyList<string> prefixes) => [.. prefixes.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.PadRight(5, 'A')[..5]}{number:00}")).Distinct(StringComparer.Ordinal)];

        public Contraindication? Of(Contraindication rule)
        {
            var detect = new Condition { Any = Of(rule.Detect.Any), All = Of(rule.Detect.All), None = Of(rule.Detect.None) };
            var differs = detect.Any.Where((p, i) => !ReferenceEquals(p, rule.Detect.Any[i])).Count() == detect.Any.Count && detect.Any.Count > 0;
            return differs ? rule with { Id = Name(rule.Id), Detect = detect } : null;
        }

        private Predicate[] Of(IReadOnlyList<Predicate> predicates) => [.. predicates.Select(Of)];

        private Predicate Of(Predicate predicate) => predicate switch
        {
            Icd10Predicate p => p with { Prefixes = Icd10(p.Prefixes), ExcludePrefixes = Icd10(p.ExcludePrefixes) },
            AnswerPredicate p => p with { Question = Name(p.Question) },
            MedicationPredicate p => p with { Classes = Names(p.Classes), AtcPrefixes = Atc(p.AtcPrefixes), ExcludeAtcPrefixes = Atc(p.ExcludeAtcPrefixes), Medications = Names(p.Medications) },
            MedicationCountPredicate p => p with { Classes = Names(p.Classes) },
            MedicationPairPredicate p => p with { First = Name(p.First), Second = Name(p.Second) },
            AllergyPredicate p => p with { Allergens = Names(p.Allergens) },
            EventPredicate p => p with { Kind = Name(p.Kind) },
            VitalPredicate p => p with { AtLeast = p.AtLeast + number },
            LabPredicate p => p with { AtLeast = p.AtLeast + number },
            PlannedIngredientPredicate p => p with { Ingredients = Names(p.Ingredients), ContainsAllergens = Names(p.ContainsAllergens) },
            UvSeasonPredicate p => p with { UvIndexAtLeast = p.UvIndexAtLeast + number },
            _ => predicate,
        };

        /// <summary>"E10" becomes "E10.7", "K70.3" becomes "K70.37".</summary>
        private IReadOnlyList<string> Icd10(IReadOnlyList<string> prefixes) =>
            [.. prefixes.Select(p => string.Create(CultureInfo.InvariantCulture, $"{(p.Contains('.', StringComparison.Ordinal) ? p : $"{p.PadRight(3, '0')}.")}{number}"))];
    }
}
