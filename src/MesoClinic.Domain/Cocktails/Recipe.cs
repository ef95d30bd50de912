namespace MesoClinic.Domain.Cocktails;

/// <summary>A cocktail to be mixed again: one ready-made preparation, or several ingredients. The lots are chosen when it is used.</summary>
public sealed class Recipe : IVersioned
{
    public const int MostLines = 12;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; set; }

    /// <summary>The clinician whose own it is; null = the clinic's.</summary>
    public Guid? OwnerId { get; init; }
    public List<RecipeLine> Lines { get; set; } = [];
    public Guid Version { get; set; }
}

/// <summary>A product, or an ingredient of which any product will do; exactly one of the two.</summary>
/// <param name="Ingredient">ing-… or exc-….</param>
/// <param name="VolumeMl">Null = measured out anew each time.</param>
public sealed record RecipeLine(Guid? ProductId, string? Ingredient, decimal? VolumeMl);
