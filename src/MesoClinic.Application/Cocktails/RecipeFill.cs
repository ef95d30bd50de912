using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Cocktails;

namespace MesoClinic.Application.Cocktails;

/// <summary>A recipe turned into lines of a record: of each product the lot that expires first, and of the next what that one does not hold.</summary>
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
        // Products first: whatever they bring along need not be added for a line that only names the ingredient.
        foreach (var line in recipe.OrderBy(line => line.ProductId is null))
        {
            if (line.Ingredient is { } wanted && covered.Contains(wanted))
            {
                // A ready-made mix that is in already brings it along.
                continue;
            }

            var products = catalogue.Where(p => p.IsActive && (line.ProductId is { } id ? p.Id == id : p.Ingredients.Any(i => i.Ingredient == line.Ingredient)))
                .OrderBy(p => p.Ingredients.Count).Select(p => p.Id).ToList();
            var lots = usable.Where(l => l.IsUsable && !l.IsCream && products.Contains(l.ProductId)).OrderBy(l => Left(l) <= 0).ThenBy(l => products.IndexOf(l.ProductId)).ThenBy(l => l.ExpiresOn).ThenBy(l => l.Number, StringComparer.Ordinal).ToList();
            if (lots.Count == 0)
            {
                missing.Add(line);
                continue;
            }

            var product = catalogue.First(p => p.Id == lots[0].ProductId);
            lines.AddRange(Spread(line.VolumeMl, product.AmpouleMl, [lots[0], .. lots.Skip(1).Where(l => l.ProductId == product.Id && Left(l) > 0)], Left));
            covered.UnionWith(product.Ingredients.Select(i => i.Ingredient));
        }

        return new RecipeFill(lines, missing);

        int Left(ListLots.LotRow lot) => lot.AmpoulesLeft - lines.Where(line => line.LotId == lot.Id).Sum(line => line.Ampoules ?? 1);
    }

    /// <summary>Whole ampoules of each lot in turn. What the last one does not hold stays with it, so that the record says what is lacking.</summary>
    private static List<SaveSessionDraft.Line> Spread(decimal? volumeMl, decimal? ampouleMl, IReadOnlyList<ListLots.LotRow> lots, Func<ListLots.LotRow, int> left)
    {
        var (lines, restMl, rest) = (new List<SaveSessionDraft.Line>(), volumeMl, Product.AmpoulesFor(volumeMl, ampouleMl));
        for (var i = 0; rest > 0; i++)
        {
            var isLast = i == lots.Count - 1 || rest <= left(lots[i]);
            var (ampoules, ml) = isLast ? (rest, restMl) : (left(lots[i]), left(lots[i]) * ampouleMl);
            lines.Add(new SaveSessionDraft.Line { LotId = lots[i].Id, VolumeMl = ml, Ampoules = ampoules });
            (rest, restMl) = (rest - ampoules, restMl - ml);
        }

        return lines;
    }
}
