namespace MesoClinic.Domain.Cocktails;

/// <summary>A test dose of an ingredient and how the skin answered. Only a negative reading lets a first exposure go ahead.</summary>
public sealed class AllergyTest
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PatientId { get; init; }

    /// <summary>ing-…</summary>
    public required string Ingredient { get; init; }
    public required DateOnly AppliedOn { get; init; }
    public DateOnly? ReadOn { get; set; }

    /// <summary>Null until read.</summary>
    public bool? Negative { get; set; }
    public required Guid AppliedById { get; init; }
}
