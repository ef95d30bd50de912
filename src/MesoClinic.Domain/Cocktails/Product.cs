namespace MesoClinic.Domain.Cocktails;

/// <summary>Something that can be injected, as its label describes it.</summary>
public sealed class Product : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; set; }
    public string Manufacturer { get; set; } = "";
    public List<ProductIngredient> Ingredients { get; set; } = [];

    /// <summary>Allergens (alg-…) that the label was checked to be free of.</summary>
    public List<string> LabelFreeOf { get; set; } = [];

    /// <summary>The label's whole composition was entered and checked.</summary>
    public bool CompositionVerified { get; set; }
    public bool IsActive { get; set; } = true;
    public Guid Version { get; set; }
}

/// <param name="Ingredient">ing-… or exc-….</param>
/// <param name="MgPerMl">Concentration in mg/ml; null = the label gives none.</param>
public sealed record ProductIngredient(string Ingredient, decimal? MgPerMl);

/// <summary>One delivery batch of a product; what traces an ampoule to a patient.</summary>
public sealed class Lot : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid ProductId { get; init; }
    public Product? Product { get; init; }
    public required string Number { get; init; }

    /// <summary>Last day of use.</summary>
    public required DateOnly ExpiresOn { get; init; }
    public required DateOnly ReceivedOn { get; init; }
    public required int AmpoulesReceived { get; set; }
    public required int AmpoulesLeft { get; set; }
    public DateTime? RecalledUtc { get; set; }
    public string? RecallReason { get; set; }
    public Guid Version { get; set; }
}
