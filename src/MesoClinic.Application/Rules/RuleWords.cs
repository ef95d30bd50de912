using System.Diagnostics;
using System.Globalization;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Rules;

/// <summary>What a rule says, for the people who answer for it: each condition as one plain sentence.</summary>
public static class RuleWords
{
    private const int NamedMedicines = 3;

    public static string Predicate(Predicate predicate, RuleBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        return predicate switch
        {
            Icd10Predicate p => Condition(p, book),
            AnswerPredicate p => $"The answer to “{book.Questions.GetValueOrDefault(p.Question)?.Text ?? p.Question}” is {p.Is.Replace('-', ' ')}.",
            MedicationPredicate p => Medication(p, book),
            MedicationCountPredicate p => string.Create(CultureInfo.InvariantCulture, $"At least {p.AtLeast} different medicines of the class {Classes(p.Classes, book)}, each {State(p.State, null)}."),
            MedicationPairPredicate p => $"A medicine of the class {Classes([p.First], book)} together with one of the class {Classes([p.Second], book)}, each {State(p.State, null)}.",
            AllergyPredicate p => $"The patient is allergic to {Allergens(p.Allergens, book)}.",
            AllergyCountPredicate p => string.Create(CultureInfo.InvariantCulture, $"The patient has at least {p.AtLeast} recorded allergies."),
            EventPredicate p => $"{book.EventKinds.GetValueOrDefault(p.Kind)?.Title ?? p.Kind} fewer than {Days(p.WithinDays)} {(p.Direction == EventDirection.Past ? "before" : "after")} the day.",
            AgePredicate p => string.Create(CultureInfo.InvariantCulture, $"The patient’s age is {Compared(p.Op)} {p.Years} years on the day."),
            FitzpatrickPredicate p => string.Create(CultureInfo.InvariantCulture, $"The Fitzpatrick phototype is {p.AtLeast} or higher."),
            VitalPredicate p => Measured(p.Name, p.AtLeast, book),
            LabPredicate p => Measured(p.Name, p.AtLeast, book),
            UvSeasonPredicate p => Season(p, book),
            PlannedAreaPredicate p => $"A planned area is, or belongs to, {Or(p.In.Select(a => Inside(book.Areas.GetValueOrDefault(a)?.Title ?? a)))}.",
            PlannedIndicationPredicate p => $"The reason for treatment is none of: {And(p.NotIn.Select(i => Inside(book.Indications.GetValueOrDefault(i)?.Title ?? i)))}.",
            PlannedIngredientPredicate p => Ingredient(p, "A planned ingredient", book),
            PlannedAllergenPredicate => "A planned ingredient contains, or may contain, what the patient is allergic to.",
            PlannedMinAgePredicate => "The patient is younger than the minimum age of a planned ingredient.",
            PlannedStatusPredicate p => Status(p),
            PlannedPairPredicate p => p.MinSeverity == p.MaxSeverity
                ? $"Two planned ingredients form an incompatible pair that {(p.MinSeverity == PairSeverity.Block ? "blocks" : "calls for caution")}."
                : "Two planned ingredients form an incompatible pair of any severity.",
            PlannedDuplicatePredicate p => $"Two planned products contain {Or([.. p.Classes.Select(c => $"a substance of the class {c.Replace('-', ' ')}"), .. p.Ingredients.Select(i => IngredientTitle(i, book))])}.",
            PlannedDosePredicate p => $"More is planned than a session allows: {Or(p.Ingredients.Select(i => DoseLimit(i, book)))}.",
            GivenWithinPredicate p => $"{Or(p.Ingredients.Select(i => IngredientTitle(i, book)))} was given fewer than {Days(p.Days)} before the day.",
            GivenTimesPredicate p => string.Create(CultureInfo.InvariantCulture, $"{Or(p.Ingredients.Select(i => IngredientTitle(i, book)))} was given in {p.AtLeast} sessions or more."),
            PlanFlagPredicate p => PlanWords.Flag(p.Field, p.Is),
            PlanNumberPredicate p => PlanWords.Number(p.Field, Compared(p.Op), p.Value),
            PlanChoicePredicate p => PlanWords.Choice(p.Field, Or(p.In.Select(value => PlanWords.Value(value, book)))),
            _ => throw new UnreachableException($"No words for {predicate?.GetType().Name}."),
        };
    }

    public static string Override(OverridePolicy policy, Decision action) => policy switch
    {
        // Only a physician's review can be overridden; a policy on anything graver opens nothing.
        OverridePolicy.PhysicianWithDocumentedReason or OverridePolicy.DermatologistWithDocumentedReason when action != Decision.PhysicianReview =>
            "Nobody can override it in the portal: it asks for more than a physician’s review. It ends when it has cleared.",
        OverridePolicy.None => "Nobody can override it. It ends only when its facts or the plan change.",
        OverridePolicy.NoneUntilCleared => "Nobody can override it until it has cleared.",
        OverridePolicy.PhysicianWithDocumentedReason => "A physician may decide otherwise with a documented reason, which ends with the appointment.",
        OverridePolicy.DermatologistWithDocumentedReason => "A dermatologist may decide otherwise with a documented reason, which ends with the appointment.",
        OverridePolicy.AnyClinician => "The treating clinician acknowledges it.",
        OverridePolicy.NotNeeded => "None is needed: it blocks nothing.",
        _ => throw new UnreachableException(),
    };

    public static string Tier(Tier tier) => tier switch
    {
        MesoClinic.Rules.Tier.Absolute => "Absolute",
        MesoClinic.Rules.Tier.Relative => "Relative",
        MesoClinic.Rules.Tier.Temporary => "Temporary",
        MesoClinic.Rules.Tier.Caution => "Caution",
        MesoClinic.Rules.Tier.ExplicitlyNotAContraindication => "Not a contraindication",
        _ => throw new UnreachableException(),
    };

    public static IReadOnlyList<string> Reach(Scope scope, RuleBook book)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var words = new List<string>
        {
            scope.Extent switch
            {
                Extent.WholeBody => "The whole body, whatever area is planned.",
                Extent.TreatedArea => "Only the planned areas: a finding elsewhere does not count.",
                Extent.Technique => "Only the technique.",
                Extent.Ingredient => "Only the ingredient: the plan without it is not affected.",
                Extent.Product => "Only the product: the plan with another one is not affected.",
                Extent.AlternativesOnly => "Only treatments that are offered instead of the needle.",
                _ => throw new UnreachableException(),
            },
        };
        if (scope.Techniques.Contains(Scope.Injection, StringComparer.Ordinal))
        {
            words.Add("Plans without a needle are not affected.");
        }
        else if (scope.Techniques.Count > 0)
        {
            words.Add($"It is about {And(scope.Techniques.Select(t => PlanWords.Value(t, book)))}.");
        }

        if (scope.Ingredients.Count > 0)
        {
            words.Add($"Excluded whatever a physician decides: {And(scope.Ingredients.Select(i => IngredientTitle(i, book)))}.");
        }

        return words;
    }

    /// <summary>One side of an incompatible pair.</summary>
    internal static string Side(PairSide side, string subject, RuleBook book)
    {
        if (side.Disinfectants.Count > 0)
        {
            return $"The skin is prepared with {Or(side.Disinfectants.Select(d => d.Replace('-', ' ')))}. A disinfectant is no ingredient, so the check of the plan cannot see it: mind it by hand.";
        }

        return side.AnyOther ? "Any other ingredient is mixed with it. What the same product brings and a cream on the skin are not mixed with it; a diluent or excipient of another product is." : Ingredient(new PlannedIngredientPredicate { Ingredients = side.Ingredients, ContainsAllergens = side.Allergens }, subject, book);
    }

    internal static string Allergens(IEnumerable<string> ids, RuleBook book) => Or(ids.Select(a => Inside(book.Allergens.GetValueOrDefault(a)?.Title ?? a)));

    /// <summary>For use inside a sentence. Abbreviations and proper names ("HA", "St John's wort") stay.</summary>
    internal static string Inside(string title) =>
        title.Length > 1 && char.IsUpper(title[0]) && char.IsLower(title[1]) && !title.StartsWith("St ", StringComparison.Ordinal) ? char.ToLowerInvariant(title[0]) + title[1..] : title;

    private static string Condition(Icd10Predicate p, RuleBook book)
    {
        var status = p.Statuses.Count is 0 or 4 ? "" : $", {Or(p.Statuses.Select(s => s == ConditionStatus.History ? "in the history" : Plain(s)))}";
        var except = p.ExcludePrefixes.Count == 0 ? "" : $"; not {Or(p.ExcludePrefixes.Select(Code))}";
        return $"A recorded condition under ICD-10 {Or(p.Prefixes.Select(Code))}{status}{except}.";

        string Code(string prefix) => book.Knowledge.Icd10.FirstOrDefault(row => row.Code == prefix) is { } row ? $"{prefix} ({Inside(row.Title)})" : prefix;
    }

    private static string Medication(MedicationPredicate p, RuleBook book)
    {
        var levels = p.PhotoLevels.Count == 0 ? "" : $" with {Or(p.PhotoLevels.Select(Plain))} light sensitivity";
        string[] what =
        [
            .. p.Classes.Count == 0 ? [] : new[] { $"of the class {Classes(p.Classes, book)}{levels}" },
            .. p.AtcPrefixes.Count == 0 ? [] : new[] { $"with an ATC code under {Or(p.AtcPrefixes.Select(Atc))}" },
            .. p.Medications.Count == 0 ? [] : new[] { $"such as {Or(p.Medications.Select(m => Inside(book.Medications.GetValueOrDefault(m)?.Title ?? m)))}" },
        ];
        var except = p.ExcludeAtcPrefixes.Count == 0 ? "" : $"; not {Or(p.ExcludeAtcPrefixes.Select(Atc))}";
        return $"A medicine {Or(what)}, {State(p.State, p.Days)}{except}.";

        string Atc(string prefix)
        {
            var names = book.Knowledge.Medications.Where(m => m.Atc.Any(code => code.StartsWith(prefix, StringComparison.Ordinal))).Take(NamedMedicines).Select(m => Inside(m.Title)).ToArray();
            return names.Length == 0 ? prefix : $"{prefix} (such as {string.Join(", ", names)})";
        }
    }

    private static string State(MedicationState state, int? days) => state switch
    {
        MedicationState.Current => "still taken on the day",
        MedicationState.WithinWashout => "ended, but its wash-out has not passed",
        MedicationState.CurrentOrWashout => "still taken, or ended and its wash-out has not passed",
        MedicationState.WithinDays => $"still taken, or ended fewer than {Days(days ?? 0)} before the day",
        MedicationState.StoppedUnconfirmed => $"ended fewer than {Days(days ?? 0)} before the day without the prescriber’s confirmation",
        _ => throw new UnreachableException(),
    };

    private static string Season(UvSeasonPredicate p, RuleBook book) => string.Create(CultureInfo.InvariantCulture,
        $"The sun is strong: {Months(p.MonthsNorth)} in the north, {Months(p.MonthsSouth)} in the south, {(p.TropicsAllYear ? "all year in the tropics, " : "")}a UV index of {p.UvIndexAtLeast:0.##} or more, or “{book.Questions.GetValueOrDefault(p.TravelQuestion)?.Text ?? p.TravelQuestion}” is answered yes.");

    private static string Ingredient(PlannedIngredientPredicate p, string subject, RuleBook book)
    {
        string[] what =
        [
            .. p.Ingredients.Count == 0 ? [] : new[] { $"is {Or(p.Ingredients.Select(i => IngredientTitle(i, book)))}" },
            .. p.ContainsAllergens.Count == 0 ? [] : new[] { $"{(p.DefiniteOnly ? "certainly contains" : "contains or may contain")} {Allergens(p.ContainsAllergens, book)}" },
        ];
        return $"{subject} {Or(what)}.";
    }

    private static string Status(PlannedStatusPredicate p) =>
        $"A planned ingredient is {Or(p.In.Select(Plain))}{(p.UnlessCompositionVerified && p.In.Contains(IngredientStatus.CompositionUnknown) ? "; unknown composition passes once its label was entered and checked" : "")}.";

    private static string Measured(string name, decimal atLeast, RuleBook book) => string.Create(CultureInfo.InvariantCulture,
        $"{book.Measures.GetValueOrDefault(name)?.Title ?? name} of {atLeast:0.##} {book.Measures.GetValueOrDefault(name)?.Unit} or more.");

    private static string Compared(Comparison op) => op switch
    {
        Comparison.Eq => "exactly",
        Comparison.Lt => "less than",
        Comparison.Lte => "at most",
        Comparison.Gt => "more than",
        Comparison.Gte => "at least",
        _ => throw new UnreachableException(),
    };

    private static string Classes(IEnumerable<string> ids, RuleBook book) => Or(ids.Select(c => Inside(book.MedicineClasses.GetValueOrDefault(c)?.Title ?? c)));

    private static string IngredientTitle(string id, RuleBook book) => Inside(book.Ingredients.GetValueOrDefault(id)?.Title ?? id);

    private static string DoseLimit(string id, RuleBook book)
    {
        var limit = book.Ingredients.GetValueOrDefault(id)?.MaxDosePerSession;
        var amount = limit is null ? "" : string.Create(CultureInfo.InvariantCulture,
            $" above {limit.Value:0.###} {(limit.Unit == MesoClinic.Rules.Knowledge.DoseLimit.MgPerKg ? "mg per kg of body weight" : "mg")}{(limit.MostMg is { } most ? string.Create(CultureInfo.InvariantCulture, $" or {most:0.###} mg") : "")}");
        return IngredientTitle(id, book) + amount;
    }

    private static string Months(IReadOnlyList<int> months)
    {
        var names = months.Select(CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName).ToArray();
        return months.Zip(months.Skip(1)).All(pair => pair.Second == (pair.First % 12) + 1) ? $"{names[0]} to {names[^1]}" : string.Join(", ", names);
    }

    private static string Days(int days) => days == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{days} days");

    /// <summary>"CompositionUnknown" as "composition unknown".</summary>
    private static string Plain<T>(T value)
        where T : struct, Enum => string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : " ") + char.ToLowerInvariant(c) : c.ToString()));

    private static string Or(IEnumerable<string> words) => Joined([.. words], "or");

    private static string And(IEnumerable<string> words) => Joined([.. words], "and");

    private static string Joined(string[] words, string last) => words.Length < 2 ? string.Concat(words) : $"{string.Join(", ", words[..^1])} {last} {words[^1]}";
}
