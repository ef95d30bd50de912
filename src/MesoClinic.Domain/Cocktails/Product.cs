namespace MesoClinic.Domain.Cocktails;

/// <summary>Something that can be injected, or a cream that numbs before it, as its label describes it.</summary>
public sealed class Product : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; set; }
    public string Manufacturer { get; set; } = "";

    /// <summary>The barcode's number (GTIN) in 14 digits; null = the pack has none, or nobody has read it yet.</summary>
    public string? Gtin { get; set; }

    /// <summary>What one ampoule, vial or syringe holds, in ml; null = nobody has entered it.</summary>
    public decimal? AmpouleMl { get; set; }
    public List<ProductIngredient> Ingredients { get; set; } = [];

    /// <summary>Allergens (alg-…) that the label was checked to be free of.</summary>
    public List<string> LabelFreeOf { get; set; } = [];

    /// <summary>The label's whole composition was entered and checked.</summary>
    public bool CompositionVerified { get; set; }
    public bool IsActive { get; set; } = true;
    public Guid Version { get; set; }

    /// <summary>An anaesthetic cream: it lies on the skin before the injections and is never mixed. Its tube serves many patients.</summary>
    public bool IsCream => Ingredients.Exists(i => i.Ingredient == Sessions.Session.CreamIngredient);

    /// <summary>How many ampoules are opened for this volume; one while either is not known.</summary>
    public static int AmpoulesFor(decimal? volumeMl, decimal? ampouleMl) => volumeMl > 0 && ampouleMl > 0 ? (int)Math.Ceiling(volumeMl.Value / ampouleMl.Value) : 1;
}

/// <param name="Ingredient">ing-… or exc-….</param>
/// <param name="MgPerMl">Concentration in mg/ml; null = the label gives none.</param>
public sealed record ProductIngredient(string Ingredient, decimal? MgPerMl);
