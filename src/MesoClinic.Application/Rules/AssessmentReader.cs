using System.Text.Json;
using System.Text.RegularExpressions;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Rules;

/// <summary>Turns a JSON request into facts and a plan. Pure: what is wrong with it is noted, nothing is guessed.</summary>
internal sealed partial class AssessmentReader(RuleBook book, RequestProblems problems)
{
    private const decimal Largest = 100_000;
    private static readonly string[] Settings = ["clinic", "home", "self", "non-clinic"];
    private static readonly string[] Speeds = ["slow", "fast"];
    private static readonly string[] EventNeeds = ["kind", "date"];
    private static readonly string[] GivenNeeds = ["ingredient", "date"];
    private static readonly string[] YesNo = ["yes", "no"];

    public AssessmentRequest Read(JsonElement body, Hemisphere clinics)
    {
        var root = new JsonFields(body, "", problems);
        var date = root.Date("date");
        if (root.Raw("date") is null)
        {
            root.Wrong("date", "Give the day of the treatment, written yyyy-MM-dd.");
        }

        var request = new AssessmentRequest
        {
            Date = date ?? default,
            Stage = root.Choice<Stage>("stage") ?? Stage.Visit,
            Purpose = root.Choice<Purpose>("purpose") ?? Purpose.Session,
            HistoryComplete = root.Flag("historyComplete") ?? false,
            Hemisphere = root.Choice<Hemisphere>("hemisphere") ?? clinics,
            UvIndex = root.Number("uvIndex", 0, 30),
            Patient = root.Object("patient") is { } patient ? Patient(patient) : new PatientFacts(),
            Plan = root.Object("plan") is { } plan ? Plan(plan) : new TreatmentPlan(),
        };
        if (date is not null && request.Patient.BirthDate > date)
        {
            problems.Add("patient.birthDate", "Lies after the day of the treatment.");
        }

        if (date is not null && request.Plan.LastSession > date)
        {
            problems.Add("plan.lastSession", "Lies after the day of the treatment.");
        }

        root.NothingElse();
        return request;
    }

    public PatientFacts Patient(JsonFields patient)
    {
        var facts = new PatientFacts
        {
            BirthDate = patient.Date("birthDate"),
            Sex = patient.Choice<Sex>("sex") ?? Sex.Unknown,
            Fitzpatrick = patient.Whole("fitzpatrick", 1, 6),
            WeightKg = patient.Number("weightKg", 1, 700),
            Conditions = patient.Objects("conditions", Condition),
            Medications = patient.Objects("medications", Medication),
            Allergies = patient.Ids("allergies", book.Allergens.ContainsKey, book.Allergens.Keys),
            Answers = Answers(patient),
            Vitals = Measures(patient, "vitals", book.Knowledge.Vocabulary.Vitals),
            Labs = Measures(patient, "labs", book.Knowledge.Vocabulary.Labs),
            Events = patient.Objects("events", Event),
            // A list given as null is unknown, even in a complete history.
            IncompleteLists = [.. new[] { ("conditions", "conditions"), ("medications", "medications"), ("allergies", "allergies"), ("events", "procedures") }
                .Where(list => patient.IsNull(list.Item1)).Select(list => list.Item2)],
        };
        patient.NothingElse();
        return facts;
    }

    private ConditionFact? Condition(JsonFields condition)
    {
        var code = condition.Text("icd10")?.Trim().ToUpperInvariant();
        if (code is null || !Icd10().IsMatch(code))
        {
            condition.Wrong("icd10", "Must be an ICD-10 code such as \"G40.9\".");
            code = null;
        }

        var status = condition.Choice<ConditionStatus>("status") ?? ConditionStatus.Active;
        var areas = Areas(condition);
        return code is null ? null : new ConditionFact(code, status, areas);
    }

    private MedicationFact? Medication(JsonFields medication)
    {
        var fact = new MedicationFact
        {
            Id = medication.Id("id", book.Medications.ContainsKey, book.Medications.Keys),
            Atc = medication.Text("atc")?.Trim().ToUpperInvariant(),
            Name = medication.Text("name"),
            Started = medication.Date("started"),
            LastDose = LastDoseOf(medication),
            PrescriberConfirmedStop = medication.Flag("prescriberConfirmedStop"),
        };
        if (fact.Atc is { } code && !Atc().IsMatch(code))
        {
            medication.Wrong("atc", "Must be an ATC code such as \"B01AF01\".");
        }

        if (medication.Raw("id") is null && fact.Atc is null && string.IsNullOrWhiteSpace(fact.Name))
        {
            medication.Wrong("atc", "Name the medicine: by id, by ATC code, or at least by name.");
        }

        if (fact.LastDose.Kind == LastDoseKind.OnDate && fact.Started > fact.LastDose.Date)
        {
            medication.Wrong("lastDose", "Lies before the day on which the medicine was started.");
        }

        return fact;
    }

    private static LastDose LastDoseOf(JsonFields medication) => medication.Raw("lastDose") switch
    {
        null => LastDose.StillTaken,
        { ValueKind: JsonValueKind.String } value when value.ValueEquals("unknown") => LastDose.Unknown,
        { } value => medication.AsDate("lastDose", value) is { } date ? LastDose.On(date) : LastDose.Unknown,
    };

    private EventFact? Event(JsonFields happened)
    {
        var kind = happened.Id("kind", book.EventKinds.ContainsKey, book.EventKinds.Keys);
        var date = happened.Date("date");
        var areas = Areas(happened);
        foreach (var needed in EventNeeds.Where(name => happened.Raw(name) is null))
        {
            happened.Wrong(needed, "Is needed.");
        }

        return kind is null || date is null ? null : new EventFact(kind, date.Value, areas);
    }

    private Dictionary<string, string?> Answers(JsonFields patient)
    {
        if (patient.IsNull("answers"))
        {
            _ = patient.Raw("answers");
            return book.Questions.Keys.ToDictionary(id => id, _ => (string?)null, StringComparer.Ordinal);
        }

        var answers = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (patient.Object("answers") is not { } given)
        {
            return answers;
        }

        foreach (var id in given.Names)
        {
            if (!book.Questions.TryGetValue(id, out var question))
            {
                given.Unknown(id, book.Questions.Keys);
                continue;
            }

            answers[id] = given.Answer(id, question.Type == QuestionType.YesNo ? YesNo : question.Options);
        }

        return answers;
    }

    private static Dictionary<string, decimal?> Measures(JsonFields patient, string field, IReadOnlyList<Measure> measures)
    {
        if (patient.IsNull(field))
        {
            _ = patient.Raw(field);
            return measures.ToDictionary(measure => measure.Id, _ => (decimal?)null, StringComparer.Ordinal);
        }

        var values = new Dictionary<string, decimal?>(StringComparer.Ordinal);
        if (patient.Object(field) is not { } given)
        {
            return values;
        }

        foreach (var name in given.Names)
        {
            if (measures.Any(measure => string.Equals(measure.Id, name, StringComparison.Ordinal)))
            {
                values[name] = given.Number(name, 0, 1000);
            }
            else
            {
                given.Unknown(name, measures.Select(measure => measure.Id));
            }
        }

        return values;
    }

    private TreatmentPlan Plan(JsonFields plan)
    {
        var read = new TreatmentPlan
        {
            Indication = plan.Id("indication", book.Indications.ContainsKey, book.Indications.Keys),
            Areas = Areas(plan),
            Technique = plan.Id("technique", id => book.Techniques.ContainsKey(id) || book.Alternatives.ContainsKey(id), book.Techniques.Keys.Concat(book.Alternatives.Keys)),
            Administration = plan.Word("administration", [.. book.Knowledge.Techniques.Where(technique => technique.Kind == TechniqueKind.Administration).Select(technique => technique.Id)]),
            NeedleOuterDiameterMm = plan.Number("needleOuterDiameterMm", 0, 10),
            DepthMm = plan.Number("depthMm", 0, 100),
            VolumePerInjectionMl = plan.Number("volumePerInjectionMl", 0, 1000),
            VolumeTotalMl = plan.Number("volumeTotalMl", 0, 1000),
            DurationMin = plan.Whole("durationMin", 0, 1440),
            InjectionSpeed = plan.Word("injectionSpeed", Speeds),
            SessionNumber = plan.Whole("sessionNumber", 1, 10_000),
            LastSession = plan.Date("lastSession"),
            Ingredients = plan.Ids("ingredients", book.Ingredients.ContainsKey, book.Ingredients.Keys),
            Doses = plan.Objects("doses", Dose),
            Given = plan.Objects("given", Given),
            FirstUseOfProduct = plan.Flag("firstUseOfProduct"),
            SkinTestDocumented = plan.Flag("skinTestDocumented"),
            SkinTestReacted = plan.Flag("skinTestReacted"),
            LabelVerifiedFreeOf = plan.Ids("labelVerifiedFreeOf", book.Allergens.ContainsKey, book.Allergens.Keys) ?? [],
            LabelCompositionVerified = plan.Ids("labelCompositionVerified", book.Ingredients.ContainsKey, book.Ingredients.Keys) ?? [],
            ConsultationDone = plan.Flag("consultationDone"),
            Setting = plan.Word("setting", Settings),
            ProductTraceable = plan.Flag("productTraceable"),
            AmpouleOpenedBefore = plan.Flag("ampouleOpenedBefore"),
            ProductExpired = plan.Flag("productExpired"),
            ProductRecalled = plan.Flag("productRecalled"),
            AsepsisComplete = plan.Flag("asepsisComplete"),
        };
        plan.NothingElse();
        return read;
    }

    private Dose? Dose(JsonFields dose)
    {
        var ingredient = dose.Id("ingredient", book.Ingredients.ContainsKey, book.Ingredients.Keys);
        var (mg, ml, product) = (dose.Number("mg", 0, Largest), dose.Number("ml", 0, Largest), dose.Text("product"));
        if (dose.Raw("ingredient") is null)
        {
            dose.Wrong("ingredient", "Is needed.");
        }

        if (product is not null && string.IsNullOrWhiteSpace(product))
        {
            dose.Wrong("product", "Must name a product. Leave it out while the product is not known.");
        }

        return ingredient is null ? null : new Dose(ingredient, mg, ml, product);
    }

    private GivenIngredient? Given(JsonFields given)
    {
        var ingredient = given.Id("ingredient", book.Ingredients.ContainsKey, book.Ingredients.Keys);
        var date = given.Date("date");
        foreach (var needed in GivenNeeds.Where(name => given.Raw(name) is null))
        {
            given.Wrong(needed, "Is needed.");
        }

        return ingredient is null || date is null ? null : new GivenIngredient(ingredient, date.Value);
    }

    private IReadOnlyList<string>? Areas(JsonFields fields) => fields.Ids("areas", book.Areas.ContainsKey, book.Areas.Keys);

    [GeneratedRegex(@"^[A-Z][0-9]{2}(\.[0-9]{1,2})?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Icd10();

    /// <summary>A whole code or the code of a group: anatomy, therapy, pharmacology, chemistry, substance.</summary>
    [GeneratedRegex(@"^[A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Atc();
}
