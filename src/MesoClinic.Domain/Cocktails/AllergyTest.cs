namespace MesoClinic.Domain.Cocktails;

/// <summary>A test dose of an ingredient and how the skin answered. Only a negative reading lets a first exposure go ahead.</summary>
public sealed class AllergyTest : IVersioned
{
    /// <summary>Whole days until no reaction may be read: a late one shows 48 to 72 hours after the dose (rule ci-skin-test-missing).</summary>
    public const int ReadingDelayDays = 2;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PatientId { get; init; }

    /// <summary>ing-…</summary>
    public required string Ingredient { get; init; }

    /// <summary>Where the dose came from; null in records from before lots were kept.</summary>
    public Guid? LotId { get; init; }
    public required DateOnly AppliedOn { get; init; }
    public DateOnly? ReadOn { get; set; }

    /// <summary>Null until read.</summary>
    public bool? Negative { get; set; }
    public required Guid AppliedById { get; init; }
    public Guid Version { get; set; }

    /// <summary>The first day on which the absence of a reaction says something.</summary>
    public DateOnly ReadableFrom => AppliedOn.AddDays(ReadingDelayDays);

    /// <summary>Read as without reaction, and late enough.</summary>
    public bool IsCleared => Negative == true && ReadOn >= ReadableFrom;
}
