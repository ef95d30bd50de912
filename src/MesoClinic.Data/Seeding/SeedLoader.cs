using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Data.Seeding;

/// <summary>Reads a folder of knowledge files. Whatever is wrong with them stops the start with a <see cref="SeedException"/>.</summary>
public static class SeedLoader
{
    public static KnowledgeBase Load(string folder)
    {
        var files = new SeedFolder(folder);
        var knowledge = new KnowledgeBase
        {
            Sources = files.Table<Source>("sources.json"),
            Vocabulary = files.Object<Vocabulary>("vocabulary.json"),
            Areas = files.Table<TreatmentArea>("areas.json"),
            Questions = files.Object<QuestionTable>("questions.json"),
            Contraindications = files.Table<Contraindication>("contraindications.json"),
            TechniqueRules = files.Table<TechniqueRule>("technique-rules.json"),
            IncompatiblePairs = files.Table<IncompatiblePair>("incompatible-pairs.json"),
            Alternatives = files.Table<Alternative>("alternatives.json"),
            Techniques = files.Table<Technique>("techniques.json"),
            Indications = files.Table<Indication>("indications.json"),
            MedicineClasses = files.Table<MedicineClass>("medicine-classes.json"),
            Medications = files.Table<Medication>("medications.json"),
            Allergens = files.Table<Allergen>("allergens.json"),
            Icd10 = files.Table<Icd10Code>("icd10.json"),
            Ingredients = files.Table<Ingredient>("ingredients.json"),
            AsepsisSteps = files.Table<AsepsisStep>("asepsis-steps.json"),
            Preparation = files.Table<PreparationItem>("preparation.json"),
            Aftercare = files.Table<AftercareItem>("aftercare.json"),
            Complications = files.Table<Complication>("complications.json"),
            Causes = files.Table<Cause>("causes.json"),
            Grades = files.Table<Grade>("grades.json"),
            FollowUps = files.Table<FollowUp>("follow-ups.json"),
            Triage = files.Table<TriageRule>("triage.json"),
            Conflicts = files.Table<SourceConflict>("conflicts.json"),
            SeedCoverage = files.Table<CoveredStatement>("seed-coverage.json"),
        };
        Check(knowledge);
        return knowledge;
    }

    /// <summary>Refuses tables whose rows name something that does not exist, or are not sound in themselves.</summary>
    public static void Check(KnowledgeBase knowledge) => new SeedReferences(knowledge).Check();
}
