using System.Text.RegularExpressions;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Data.Seeding;

/// <summary>Rules: contraindications, technique limits, pairs and the questions that they read.</summary>
internal sealed partial class SeedReferences
{
    private const string ContraindicationFile = "contraindications.json";
    private const string TechniqueRuleFile = "technique-rules.json";

    private void CheckRules()
    {
        foreach (var rule in knowledge.Contraindications)
        {
            All(rule.Alternatives, alternatives, ContraindicationFile, rule.Id, "alternatives", "alternatives.json");
            All(rule.AlternativesExcluded, alternatives, ContraindicationFile, rule.Id, "alternativesExcluded", "alternatives.json");
            All(rule.Conflicts, conflicts, ContraindicationFile, rule.Id, "conflicts", "conflicts.json");
            All(rule.Scope.Ingredients, ingredients, ContraindicationFile, rule.Id, "scope.ingredients", "ingredients.json");
            All(rule.Scope.Techniques, [Scope.Injection, .. techniques, .. alternatives], ContraindicationFile, rule.Id, "scope.techniques", "techniques.json");
            Require(rule.Tier != Tier.Absolute || rule.Override == OverridePolicy.None, ContraindicationFile, rule.Id, "override", "an absolute rule has no override");
            CheckCondition(rule.Detect, ContraindicationFile, rule.Id);
        }
        foreach (var rule in knowledge.TechniqueRules)
        {
            CheckCondition(rule.Detect, TechniqueRuleFile, rule.Id);
        }
        foreach (var pair in knowledge.IncompatiblePairs)
        {
            CheckSide(pair.First, pair.Id, "first");
            CheckSide(pair.Second, pair.Id, "second");
            All(pair.BlocksIfAllergicTo, allergens, "incompatible-pairs.json", pair.Id, "blocksIfAllergicTo", "allergens.json");
        }
        foreach (var measure in knowledge.Vocabulary.Vitals.Concat(knowledge.Vocabulary.Labs))
        {
            if (measure.OnlyWith is { } concerned)
            {
                CheckCondition(concerned, "vocabulary.json", measure.Id);
            }
        }
        foreach (var question in knowledge.Questions.Questions)
        {
            All(question.UsedBy, contraindications, "questions.json", question.Id, "usedBy", ContraindicationFile);
            Require(question.HoldsDays >= 0, "questions.json", question.Id, "holdsDays", "must not be negative");
            Require(question.Options.Count > 1, "questions.json", question.Id, "options", "needs at least two answers");
        }
    }

    private void CheckSide(PairSide side, string id, string field)
    {
        Require(side.AnyOther || side.Ingredients.Count + side.Allergens.Count + side.Disinfectants.Count > 0, "incompatible-pairs.json", id, field, "matches nothing");
        All(side.Ingredients, ingredients, "incompatible-pairs.json", id, $"{field}.ingredients", "ingredients.json");
        All(side.Allergens, allergens, "incompatible-pairs.json", id, $"{field}.allergens", "allergens.json");
    }

    private void CheckCondition(Condition condition, string file, string id)
    {
        Require(condition.Any.Count + condition.All.Count > 0, file, id, "detect", "would fire on everybody: give at least one predicate in any or all");
        (string Name, IReadOnlyList<Predicate> Predicates)[] groups = [("any", condition.Any), ("all", condition.All), ("none", condition.None)];
        foreach (var (name, predicates) in groups)
        {
            for (var i = 0; i < predicates.Count; i++)
            {
                CheckPredicate(predicates[i], file, id, $"detect.{name}[{i}]");
            }
        }
    }

    private void CheckPredicate(Predicate predicate, string file, string id, string at)
    {
        switch (predicate)
        {
            case Icd10Predicate icd:
                Require(icd.Prefixes.Count > 0, file, id, $"{at}.prefixes", "is empty");
                foreach (var prefix in icd.Prefixes.Concat(icd.ExcludePrefixes))
                {
                    Require(Icd10Prefix().IsMatch(prefix), file, id, $"{at}.prefixes", $"\"{prefix}\" is no ICD-10 code or beginning of one");
                }
                break;
            case AnswerPredicate answer:
                Require(questions.TryGetValue(answer.Question, out var question), file, id, $"{at}.question", $"\"{answer.Question}\" does not exist in questions.json");
                Require(question!.Options.Contains(answer.Is, StringComparer.Ordinal), file, id, $"{at}.is", $"\"{answer.Is}\" is no option of {answer.Question}");
                Require(question.UsedBy.Contains(id, StringComparer.Ordinal) || !contraindications.Contains(id), "questions.json", question.Id, "usedBy", $"does not name {id}, which reads it");
                break;
            case MedicationPredicate medication:
                CheckMedication(medication, file, id, at);
                break;
            case MedicationCountPredicate count:
                All(count.Classes, classes, file, id, $"{at}.classes", "medicine-classes.json");
                break;
            case MedicationPairPredicate pair:
                All([pair.First, pair.Second], classes, file, id, at, "medicine-classes.json");
                break;
            case AllergyPredicate allergy:
                All(allergy.Allergens, allergens, file, id, $"{at}.allergens", "allergens.json");
                break;
            case EventPredicate happened:
                All([happened.Kind], Ids(knowledge.Vocabulary.EventKinds), file, id, $"{at}.kind", "vocabulary.json, eventKinds");
                break;
            case VitalPredicate vital:
                All([vital.Name], Ids(knowledge.Vocabulary.Vitals), file, id, $"{at}.name", "vocabulary.json, vitals");
                break;
            case LabPredicate lab:
                All([lab.Name], Ids(knowledge.Vocabulary.Labs), file, id, $"{at}.name", "vocabulary.json, labs");
                break;
            case UvSeasonPredicate season:
                Require(questions.ContainsKey(season.TravelQuestion), file, id, $"{at}.travelQuestion", $"\"{season.TravelQuestion}\" does not exist in questions.json");
                break;
            default:
                CheckPlanPredicate(predicate, file, id, at);
                break;
        }
    }

    private void CheckMedication(MedicationPredicate medication, string file, string id, string at)
    {
        All(medication.Classes, classes, file, id, $"{at}.classes", "medicine-classes.json");
        All(medication.Medications, medications, file, id, $"{at}.medications", "medications.json");
        foreach (var prefix in medication.AtcPrefixes.Concat(medication.ExcludeAtcPrefixes))
        {
            Require(AtcPrefix().IsMatch(prefix), file, id, $"{at}.atcPrefixes", $"\"{prefix}\" is no ATC code or beginning of one");
        }
        Require(medication.Classes.Count + medication.AtcPrefixes.Count + medication.Medications.Count > 0, file, id, at, "matches no medicine");
        var needsDays = medication.State is MedicationState.WithinDays or MedicationState.StoppedUnconfirmed;
        Require(needsDays == medication.Days is > 0, file, id, $"{at}.days", "goes with within-days and stopped-unconfirmed, and with nothing else");
    }

    private void CheckPlanPredicate(Predicate predicate, string file, string id, string at)
    {
        switch (predicate)
        {
            case PlannedAreaPredicate area:
                All(area.In, [.. areas, .. areaGroups], file, id, $"{at}.in", "areas.json");
                break;
            case PlannedIndicationPredicate indication:
                All(indication.NotIn, indications, file, id, $"{at}.notIn", "indications.json");
                break;
            case PlannedIngredientPredicate ingredient:
                All(ingredient.Ingredients, ingredients, file, id, $"{at}.ingredients", "ingredients.json");
                All(ingredient.ContainsAllergens, allergens, file, id, $"{at}.containsAllergens", "allergens.json");
                break;
            case PlannedDuplicatePredicate duplicate:
                All(duplicate.Classes, knowledge.Ingredients.Select(row => row.Class).ToHashSet(StringComparer.Ordinal), file, id, $"{at}.classes", "ingredients.json, class");
                All(duplicate.Ingredients, ingredients, file, id, $"{at}.ingredients", "ingredients.json");
                Require(duplicate.Classes.Count + duplicate.Ingredients.Count > 0, file, id, at, "matches no ingredient");
                break;
            case PlannedDosePredicate dose:
                All(dose.Ingredients, ingredients, file, id, $"{at}.ingredients", "ingredients.json");
                Require(dose.Ingredients.All(limited => knowledge.Ingredients.Any(row => row.Id == limited && row.MaxDosePerSession is not null)), file, id, $"{at}.ingredients", "names one without maxDosePerSession in ingredients.json");
                break;
            case GivenWithinPredicate within:
                All(within.Ingredients, ingredients, file, id, $"{at}.ingredients", "ingredients.json");
                Require(within.Days > 0, file, id, $"{at}.days", "must be positive");
                break;
            case GivenTimesPredicate times:
                All(times.Ingredients, ingredients, file, id, $"{at}.ingredients", "ingredients.json");
                Require(times.AtLeast > 0, file, id, $"{at}.atLeast", "must be positive");
                break;
            case PlanFlagPredicate flag:
                Require(flag.Field.IsFlag(), file, id, $"{at}.field", "is not a yes-no field");
                break;
            case PlanNumberPredicate number:
                Require(number.Field.IsNumber(), file, id, $"{at}.field", "is not a number");
                break;
            case PlanChoicePredicate choice:
                Require(choice.Field.IsChoice(), file, id, $"{at}.field", "is not a choice");
                if (choice.Field is PlanField.Technique or PlanField.Administration)
                {
                    All(choice.In, [.. techniques, .. alternatives], file, id, $"{at}.in", "techniques.json");
                }
                break;
        }
    }

    [GeneratedRegex(@"^[A-Z]([0-9]([0-9](\.[0-9]{0,2})?)?)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Icd10Prefix();

    [GeneratedRegex("^[A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AtcPrefix();
}
