using System.Text.RegularExpressions;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Data.Seeding;

/// <summary>Substances, treatments and care.</summary>
internal sealed partial class SeedReferences
{
    private void CheckSubstances()
    {
        foreach (var condition in knowledge.Icd10)
        {
            Require(Icd10Prefix().IsMatch(condition.Code) && condition.Code is { Length: 3 or 5 or 6 }, "icd10.json", condition.Code, "code", "is no ICD-10 code");
        }
        foreach (var medicine in knowledge.Medications)
        {
            All(medicine.Classes, classes, "medications.json", medicine.Id, "classes", "medicine-classes.json");
            foreach (var code in medicine.Atc)
            {
                Require(AtcPrefix().IsMatch(code), "medications.json", medicine.Id, "atc", $"\"{code}\" is no ATC code");
            }
        }
        foreach (var allergen in knowledge.Allergens)
        {
            All(allergen.CrossReactsWith, allergens, "allergens.json", allergen.Id, "crossReactsWith", "allergens.json");
            All(Maybe(allergen.CrossReactionRule), contraindications, "allergens.json", allergen.Id, "crossReactionRule", ContraindicationFile);
        }
        foreach (var ingredient in knowledge.Ingredients)
        {
            All(ingredient.Allergens, allergens, "ingredients.json", ingredient.Id, "allergens", "allergens.json");
            All(ingredient.AllergensPossible, allergens, "ingredients.json", ingredient.Id, "allergensPossible", "allergens.json");
            All(ingredient.Indications, indications, "ingredients.json", ingredient.Id, "indications", "indications.json");
            All(ingredient.Contraindications, contraindications, "ingredients.json", ingredient.Id, "contraindications", ContraindicationFile);
        }
    }

    private void CheckTreatments()
    {
        foreach (var alternative in knowledge.Alternatives)
        {
            All(alternative.NotOfferedWith, contraindications, "alternatives.json", alternative.Id, "notOfferedWith", ContraindicationFile);
        }
        foreach (var technique in knowledge.Techniques)
        {
            All(technique.AreaGroups, [.. areas, .. areaGroups], "techniques.json", technique.Id, "areaGroups", "areas.json");
        }
        foreach (var indication in knowledge.Indications)
        {
            All(indication.Techniques, techniques, "indications.json", indication.Id, "techniques", "techniques.json");
            All(indication.TypicalIngredients, ingredients, "indications.json", indication.Id, "typicalIngredients", "ingredients.json");
        }
    }

    private void CheckCare()
    {
        var causes = Ids(knowledge.Causes);
        var followUps = Ids(knowledge.FollowUps);
        var symptoms = Ids(knowledge.Vocabulary.Symptoms);
        var modifiers = Ids(knowledge.Vocabulary.Modifiers);
        foreach (var item in knowledge.Preparation)
        {
            All(Maybe(item.Rule), contraindications, "preparation.json", item.Id, "rule", ContraindicationFile);
        }
        foreach (var item in knowledge.Aftercare)
        {
            All(item.Areas, [.. areas, .. areaGroups], "aftercare.json", item.Id, "areas", "areas.json");
            All(item.Ingredients, ingredients, "aftercare.json", item.Id, "ingredients", "ingredients.json");
            All(item.Conflicts, conflicts, "aftercare.json", item.Id, "conflicts", "conflicts.json");
            All(item.DocumentValues.Select(v => v.Source), sources, "aftercare.json", item.Id, "documentValues", "sources.json");
            All([item.Category], Ids(knowledge.Vocabulary.AftercareCategories), "aftercare.json", item.Id, "category", "vocabulary.json, aftercareCategories");
            CheckPatientFacts(item.OnlyFor, item.Id, "onlyFor");
            CheckPatientFacts(item.NotFor, item.Id, "notFor");
            CheckPatientFacts(item.Variant?.For ?? [], item.Id, "variant.for");
            Require(item.FromHours < item.ToHours, "aftercare.json", item.Id, "toHours", "must lie after fromHours");
        }
        foreach (var complication in knowledge.Complications)
        {
            All(complication.ProbableCauses, causes, "complications.json", complication.Id, "probableCauses", "causes.json");
            All(complication.FollowUp, followUps, "complications.json", complication.Id, "followUp", "follow-ups.json");
        }
        foreach (var rule in knowledge.Triage)
        {
            All([rule.Symptom], symptoms, "triage.json", rule.Id, "symptom", "vocabulary.json, symptoms");
            All(rule.Complications, complications, "triage.json", rule.Id, "complications", "complications.json");
            Require(rule.Advice.Count > 0, "triage.json", rule.Id, "advice", "is empty: no report is answered with nothing");
            CheckOptions(rule);
            All(rule.MatchModifiers.Keys.Concat(rule.EscalateTo.Keys).Concat(rule.DeescalateTo.Keys), modifiers, "triage.json", rule.Id, "matchModifiers", "vocabulary.json, modifiers");
        }
        foreach (var conflict in knowledge.Conflicts)
        {
            All(conflict.Affects, rows, "conflicts.json", conflict.Id, "affects", "any table");
            All(conflict.Values.Select(v => v.Source), sources, "conflicts.json", conflict.Id, "values", "sources.json");
        }
        foreach (var statement in knowledge.SeedCoverage)
        {
            Require(statement.CoveredBy.Count > 0, "seed-coverage.json", statement.Id, "coveredBy", "is empty: no row carries the statement");
            All(statement.CoveredBy, rows, "seed-coverage.json", statement.Id, "coveredBy", "any table");
            Require(statement.UsedBy.Count > 0, "seed-coverage.json", statement.Id, "usedBy", "is empty: nothing uses the statement");
            foreach (var use in statement.UsedBy)
            {
                Require(UseOfAStatement().IsMatch(use), "seed-coverage.json", statement.Id, "usedBy", $"\"{use}\" must begin with \"rule:\", \"slice:\" or \"page:/\"");
                Require(!use.StartsWith("rule:", StringComparison.Ordinal) || statement.CoveredBy.Contains(use[5..], StringComparer.Ordinal), "seed-coverage.json", statement.Id, "usedBy", $"\"{use}\" is none of the rows that carry the statement");
            }
        }
    }

    /// <summary>Aftercare is decided from the patient's own facts alone, without a plan or a day of treatment to come.</summary>
    private void CheckPatientFacts(IReadOnlyList<Predicate> facts, string id, string field)
    {
        for (var i = 0; i < facts.Count; i++)
        {
            var patientsOwn = facts[i] is AllergyPredicate or Icd10Predicate or AnswerPredicate or MedicationPredicate { State: MedicationState.CurrentOrWashout };
            Require(patientsOwn, "aftercare.json", id, $"{field}[{i}]", "must be an allergy, an icd10 code, an answer, or a medication in the state current-or-washout");
            CheckPredicate(facts[i], "aftercare.json", id, $"{field}[{i}]");
        }
    }

    private void CheckOptions(TriageRule rule)
    {
        foreach (var (modifier, values) in rule.MatchModifiers)
        {
            var options = knowledge.Vocabulary.Modifiers.FirstOrDefault(row => string.Equals(row.Id, modifier, StringComparison.Ordinal))?.Options ?? [];
            All(values, [.. options.Select(option => option.Value)], "triage.json", rule.Id, $"matchModifiers.{modifier}", "vocabulary.json, options of the modifier");
        }
    }

    private static IEnumerable<string> Maybe(string? id) => id is null ? [] : [id];

    [GeneratedRegex("^(rule:(ci|tr)-[a-z0-9-]+|slice:[A-Za-z]+/[A-Za-z]+|page:/.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex UseOfAStatement();
}
