using System.Text.Json.Serialization;

namespace MesoClinic.Rules.Facts;

/// <summary>What is planned. A null field is not known yet: at booking and visit it fires nothing, at start it is missing if a rule reads it.</summary>
public sealed record TreatmentPlan
{
    public string? Indication { get; init; }
    public IReadOnlyList<string>? Areas { get; init; }

    /// <summary>A technique (tech-…) or an alternative without needles (alt-…).</summary>
    public string? Technique { get; init; }

    /// <summary>tech-manual or tech-device.</summary>
    public string? Administration { get; init; }
    public decimal? NeedleOuterDiameterMm { get; init; }
    public decimal? DepthMm { get; init; }
    public decimal? VolumePerInjectionMl { get; init; }
    public decimal? VolumeTotalMl { get; init; }
    public int? DurationMin { get; init; }

    /// <summary>"slow" or "fast".</summary>
    public string? InjectionSpeed { get; init; }
    public int? SessionNumber { get; init; }
    public DateOnly? LastSession { get; init; }
    public IReadOnlyList<string>? Ingredients { get; init; }

    /// <summary>What goes in of each ingredient: one entry for each product that contains it, or for each lot of it where the product is named.</summary>
    public IReadOnlyList<Dose>? Doses { get; init; }

    /// <summary>What was injected into this patient before. Null = not known, except at the first session of a course.</summary>
    public IReadOnlyList<GivenIngredient>? Given { get; init; }
    public bool? FirstUseOfProduct { get; init; }
    public bool? SkinTestDocumented { get; init; }

    /// <summary>The newest allergy test of a planned ingredient showed a reaction. Null means no.</summary>
    public bool? SkinTestReacted { get; init; }

    /// <summary>Allergens that the labels were checked to be free of.</summary>
    public IReadOnlyList<string> LabelVerifiedFreeOf { get; init; } = [];

    /// <summary>Ingredients of unknown composition whose label composition was entered and checked.</summary>
    public IReadOnlyList<string> LabelCompositionVerified { get; init; } = [];
    public bool? ConsultationDone { get; init; }

    /// <summary>"clinic", or "home", "self", "non-clinic".</summary>
    public string? Setting { get; init; }
    public bool? ProductTraceable { get; init; }
    public bool? AmpouleOpenedBefore { get; init; }
    public bool? ProductExpired { get; init; }
    public bool? ProductRecalled { get; init; }
    public bool? AsepsisComplete { get; init; }
}

/// <summary>How much of an ingredient is injected in the whole session.</summary>
/// <param name="Mg">In mg. Null = not known, because the label gives no concentration or the volume is not measured out yet.</param>
/// <param name="Ml">In ml, of the product that holds it; null = not measured out yet.</param>
/// <param name="Product">Names the product that brings it: the same name is the same product, whatever the lot. Null = not known, and perhaps one of its own.</param>
public sealed record Dose(string Ingredient, decimal? Mg, decimal? Ml, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Product = null);

/// <summary>An ingredient that was injected on a day.</summary>
public sealed record GivenIngredient(string Ingredient, DateOnly Date);
