using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Cocktails;

namespace MesoClinic.Application.Cocktails;

/// <summary>A recipe turned into lines of a record: of each product the lot that expires first.</summary>
/// <param name="Missing">Lines of which nothing usable is in stock.</param>
public sealed record RecipeFill(IReadOnlyList<SaveSessionDraft.Line> Lines, IReadOnlyList<RecipeLine> Missing)
{
    /// <param name="usable">Lots that may be used today.</param>
    public static RecipeFill Of(IReadOnlyList<RecipeLine> recipe, IReadOnlyList<ListLots.LotRow> usable, IReadOnlyList<ListProducts.ProductRow> catalogue)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(usable);
        ArgumentNullException.ThrowIfNull(catalogue);
        var (lines, missing, covered) = (new List<SaveSessionDraft.Line>(), new List<RecipeLine>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var line in recipe)
        {
            if (line.Ingredient is { } wanted && covered.Contains(wanted))
            {
                // A ready-made mix that is in already brings it along.
                continue;
            }

            var products = catalogue.Where(p => p.IsActive && (line.ProductId is { } id ? p.Id == id : p.Ingredients.Any(i => i.Ingredient == line.Ingredient)))
                .OrderBy(p => p.Ingredients.Count).Select(p => p.Id).ToList();
            var lot = usable.Where(l => l.IsUsable && !l.IsCream && products.Contains(l.ProductId)).OrderBy(l => products.IndexOf(l.ProductId)).ThenBy(l => l.ExpiresOn).ThenBy(l => l.Number, StringComparer.Ordinal).FirstOrDefault();
            if (lot is null)
            {
                missing.Add(line);
                continue;
            }

            var product = catalogue.First(p => p.Id == lot.ProductId);
            lines.Add(new SaveSessionDraft.Line { LotId = lot.Id, VolumeMl = line.VolumeMl, Ampoules = Product.AmpoulesFor(line.VolumeMl, product.AmpouleMl) });
            covered.UnionWith(product.Ingredients.Select(i => i.Ingredient));
        }

        return new RecipeFill(lines, missing);
    }
}
