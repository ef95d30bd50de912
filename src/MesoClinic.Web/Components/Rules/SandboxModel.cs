using MesoClinic.Application.Booking;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Web.Components.RulePages;

/// <summary>A patient who does not exist, as the sandbox's form fills it in.</summary>
public sealed class SandboxModel
{
    public int? Age { get; set; } = 36;
    public Sex Sex { get; set; } = Sex.Female;
    public int? Phototype { get; set; } = 2;
    public DateOnly? Date { get; set; }
    public Stage Stage { get; set; } = Stage.Visit;

    /// <summary>Everything else was asked and is without finding.</summary>
    public bool RestIsClear { get; set; } = true;
    public List<SandboxFact> Facts { get; } = [];

    /// <summary>The plan, in the form that bookings use.</summary>
    public BookAppointment.Command Plan { get; } = new() { Kind = AppointmentKind.Session };

    public AssessmentRequest? Request()
    {
        if (Date is not { } date)
        {
            return null;
        }

        return new AssessmentRequest
        {
            Date = date,
            Stage = Stage,
            HistoryComplete = RestIsClear,
            Patient = new PatientFacts
            {
                BirthDate = Age is { } age and >= 0 and < 130 ? date.AddYears(-age).AddDays(-1) : null,
                Sex = Sex,
                Fitzpatrick = Phototype is >= 1 and <= 6 ? Phototype : null,
                Conditions = Of(SandboxFactKind.Condition, fact => new ConditionFact(fact.Id, fact.Status)),
                Medications = Of(SandboxFactKind.Medicine, fact => new MedicationFact
                {
                    Id = fact.KnowledgeId,
                    Atc = fact.Id.Length == 0 ? null : fact.Id,
                    Name = fact.Title,
                    LastDose = fact.Day is { } day ? LastDose.On(day) : LastDose.StillTaken,
                }),
                Allergies = Of(SandboxFactKind.Allergy, fact => fact.Id),
                Events = Of(SandboxFactKind.Event, fact => new EventFact(fact.Id, fact.Day ?? date)),
                Answers = Facts.Where(fact => fact.Kind == SandboxFactKind.Answer).GroupBy(fact => fact.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => (string?)group.Last().Answer, StringComparer.Ordinal),
            },
            Plan = new TreatmentPlan
            {
                Indication = Plan.Indication,
                Areas = Plan.Areas.Count == 0 ? null : Plan.Areas,
                Technique = Plan.Technique,
                Administration = Plan.Administration,
                Ingredients = Plan.Ingredients.Count == 0 ? null : Plan.Ingredients,
            },
        };
    }

    /// <summary>A list that nothing was put on was never asked, unless the rest is clear.</summary>
    private T[]? Of<T>(SandboxFactKind kind, Func<SandboxFact, T> make)
    {
        T[] found = [.. Facts.Where(fact => fact.Kind == kind).Select(make)];
        return found.Length == 0 ? null : found;
    }
}

/// <summary>One thing that is true of the made-up patient.</summary>
public sealed class SandboxFact
{
    public required SandboxFactKind Kind { get; init; }

    /// <summary>ICD-10 or ATC code, id of an allergen, event kind or question.</summary>
    public required string Id { get; init; }
    public required string Title { get; init; }
    public string? KnowledgeId { get; init; }
    public ConditionStatus Status { get; set; }

    /// <summary>Last dose of a medicine (none: still taken), or the day of an event.</summary>
    public DateOnly? Day { get; set; }
    public string Answer { get; set; } = "yes";
}

public enum SandboxFactKind
{
    Condition,
    Medicine,
    Allergy,
    Event,
    Answer,
}
