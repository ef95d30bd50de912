using MesoClinic.Rules.Facts;

namespace MesoClinic.Domain.Patients;

/// <summary>A person who is, or may be, treated, with the health profile that every assessment reads.</summary>
public sealed class Patient : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string GivenName { get; set; }
    public required string FamilyName { get; set; }

    /// <summary>Never in the future and not before 1900.</summary>
    public required DateOnly BirthDate { get; set; }
    public Sex Sex { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }

    /// <summary>BCP 47 tag of the language that the patient reads, such as "en".</summary>
    public string Language { get; set; } = "en";
    public bool MayBeContacted { get; set; } = true;

    /// <summary>Fitzpatrick phototype, 1 to 6; null = not assessed.</summary>
    public int? Fitzpatrick { get; set; }

    /// <summary>In kg; null = not weighed.</summary>
    public decimal? WeightKg { get; set; }

    /// <summary>"family given phone digits birthdate", lower case without accents: what a search reads on either engine.</summary>
    public string SearchText { get; set; } = "";
    public required DateTime RegisteredUtc { get; init; }
    public required Guid RegisteredById { get; init; }

    /// <summary>Days on which each list was last gone through with the patient; null = never, so the list is unknown.</summary>
    public DateOnly? ConditionsReviewedOn { get; set; }
    public DateOnly? MedicationsReviewedOn { get; set; }
    public DateOnly? AllergiesReviewedOn { get; set; }
    public DateOnly? ProceduresReviewedOn { get; set; }

    public List<PatientCondition> Conditions { get; init; } = [];
    public List<PatientMedication> Medications { get; init; } = [];
    public List<PatientAllergy> Allergies { get; init; } = [];
    public List<PatientProcedure> Procedures { get; init; } = [];
    public List<PatientAnswer> Answers { get; init; } = [];
    public List<Measurement> Measurements { get; init; } = [];
    public Guid Version { get; set; }

    public string FullName => $"{GivenName} {FamilyName}";

    /// <summary>Whole years on that day.</summary>
    public int AgeOn(DateOnly day) => Ages.On(day, BirthDate);
}
