using MesoClinic.Rules.Facts;

namespace MesoClinic.Domain.Patients;

/// <summary>A diagnosis or state with its WHO ICD-10 code.</summary>
public sealed class PatientCondition
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Icd10 { get; set; }

    /// <summary>What the clinic calls it.</summary>
    public required string Title { get; set; }
    public ConditionStatus Status { get; set; }

    /// <summary>Treatment areas that it concerns; empty = the whole body.</summary>
    public List<string> Areas { get; set; } = [];
    public required DateOnly NotedOn { get; init; }
}

/// <summary>A medicine that is or was taken. Without a row of the tables and without a full ATC code it is not identified, and no assessment is complete until it is.</summary>
public sealed class PatientMedication
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; set; }

    /// <summary>Row of the medication table (med-…).</summary>
    public string? KnowledgeId { get; set; }
    public string? Atc { get; set; }
    public DateOnly? Started { get; set; }
    public LastDoseKind LastDoseKind { get; set; }

    /// <summary>Day of the last dose; only with <see cref="LastDoseKind.OnDate"/>.</summary>
    public DateOnly? LastDoseOn { get; set; }
    public bool? PrescriberConfirmedStop { get; set; }
    public required DateOnly NotedOn { get; init; }

    /// <summary>A code of a group of substances (B01A) leaves open which one it is.</summary>
    public bool IsIdentified => KnowledgeId is not null || Atc is { Length: FullAtcLength };

    private const int FullAtcLength = 7;
}

public sealed class PatientAllergy
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Row of the allergen table (alg-…).</summary>
    public required string Allergen { get; set; }
    public string? Reaction { get; set; }
    public required DateOnly NotedOn { get; init; }
}

/// <summary>Something done elsewhere, or planned: botulinum toxin, a peel, a vaccination, a social event.</summary>
public sealed class PatientProcedure
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>One of the knowledge's event kinds.</summary>
    public required string Kind { get; set; }
    public required DateOnly Date { get; set; }
    public List<string> Areas { get; set; } = [];
    public required DateOnly NotedOn { get; init; }
}

/// <summary>One answer on one day; answers are added, never changed, and the newest counts for as long as its question says.</summary>
public sealed class PatientAnswer
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>q-… or v-….</summary>
    public required string Question { get; init; }

    /// <summary>"yes", "no" or one of the question's options; null = asked, and the person does not know.</summary>
    public string? Value { get; init; }
    public required DateOnly AskedOn { get; init; }
    public required DateTime AskedUtc { get; init; }
    public required Guid AskedById { get; init; }
}

/// <summary>A vital sign or laboratory value: temperature_c, systolic_mmhg, diastolic_mmhg, hba1c_mmol_mol.</summary>
public sealed class Measurement
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>As in the tables, with its unit: "temperature_c", "systolic_mmhg".</summary>
    public required string Name { get; init; }

    /// <summary>In the unit that the name ends with.</summary>
    public required decimal Value { get; init; }
    public required DateOnly TakenOn { get; init; }
    public required DateTime TakenUtc { get; init; }
}
