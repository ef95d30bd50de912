using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Cocktails;

/// <summary>How much of an ingredient a mixed cocktail holds.</summary>
/// <param name="Mg">In all, in mg; null = a label gives no concentration, or a product is not measured out yet.</param>
/// <param name="MgPerMl">In the final mix, in mg/ml; null likewise.</param>
public sealed record MixStrength(string Ingredient, decimal? Mg, decimal? MgPerMl)
{
    /// <summary>Adds up an ingredient that several products hold. What is unknown in one of them is unknown in the mix.</summary>
    /// <param name="doses">What goes in of each ingredient, product by product.</param>
    /// <param name="totalMl">Volume of the whole mix, in ml; null or 0 = not known yet.</param>
    public static IReadOnlyList<MixStrength> Of(IEnumerable<Dose> doses, decimal? totalMl)
    {
        ArgumentNullException.ThrowIfNull(doses);
        return [.. doses.GroupBy(dose => dose.Ingredient, StringComparer.Ordinal).Select(group =>
        {
            var mg = group.All(dose => dose.Mg is not null) ? group.Sum(dose => dose.Mg) : null;
            return new MixStrength(group.Key, mg, totalMl > 0 ? mg / totalMl : null);
        })];
    }
}
