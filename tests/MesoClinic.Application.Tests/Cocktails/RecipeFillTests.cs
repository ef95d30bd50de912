using MesoClinic.Application.Cocktails;
using MesoClinic.Domain.Cocktails;

namespace MesoClinic.Application.Tests.Cocktails;

public sealed class RecipeFillTests
{
    private static readonly DateOnly Today = new(2026, 6, 1);
    private static readonly ListProducts.ProductRow Hyaluron = Product("Hyalura 10", 2, "ing-hyaluronic-acid");
    private static readonly ListProducts.ProductRow Mix = Product("Vita mix", 5, "ing-vitamin-c", "ing-biotin", "ing-zinc");
    private static readonly ListProducts.ProductRow Biotin = Product("Biotin 5", 1, "ing-biotin");

    [Fact]
    public void What_the_first_lot_does_not_hold_is_taken_from_the_next()
    {
        var (late, first, next) = (Lot(Hyaluron, 300, 20), Lot(Hyaluron, 20, 1), Lot(Hyaluron, 40, 1));

        Assert.Equal([(first.Id, 2m, 1), (next.Id, 2m, 1), (late.Id, 0.5m, 1)], Fill([new RecipeLine(Hyaluron.Id, null, 4.5m)], late, first, next));
    }

    [Fact]
    public void A_lot_that_holds_it_all_is_enough()
    {
        var (late, first) = (Lot(Hyaluron, 300, 20), Lot(Hyaluron, 20, 3));

        Assert.Equal([(first.Id, 4.5m, 3)], Fill([new RecipeLine(Hyaluron.Id, null, 4.5m)], late, first));
    }

    [Fact]
    public void What_the_stock_lacks_stays_with_the_last_lot()
    {
        var (late, first) = (Lot(Hyaluron, 300, 1), Lot(Hyaluron, 20, 1));

        Assert.Equal([(first.Id, 2m, 1), (late.Id, 2.5m, 2)], Fill([new RecipeLine(Hyaluron.Id, null, 4.5m)], late, first));
    }

    [Fact]
    public void A_second_line_of_a_product_takes_what_the_first_one_left()
    {
        var (late, first) = (Lot(Hyaluron, 300, 20), Lot(Hyaluron, 20, 1));

        Assert.Equal([(first.Id, 1m, 1), (late.Id, 2m, 1)], Fill([new RecipeLine(Hyaluron.Id, null, 1), new RecipeLine(Hyaluron.Id, null, 2)], late, first));
    }

    [Fact]
    public void An_ingredient_is_not_added_for_itself_where_a_product_further_down_brings_it()
    {
        var (mix, biotin) = (Lot(Mix, 100, 5), Lot(Biotin, 100, 5));

        Assert.Equal([(mix.Id, 3m, 1)], Fill([new RecipeLine(null, "ing-biotin", 0.5m), new RecipeLine(Mix.Id, null, 3)], mix, biotin));
    }

    private static List<(Guid Lot, decimal? Ml, int? Ampoules)> Fill(IReadOnlyList<RecipeLine> recipe, params ListLots.LotRow[] lots)
    {
        var fill = RecipeFill.Of(recipe, lots, [Hyaluron, Mix, Biotin]);
        Assert.Empty(fill.Missing);
        return [.. fill.Lines.Select(line => (line.LotId, line.VolumeMl, line.Ampoules))];
    }

    private static ListLots.LotRow Lot(ListProducts.ProductRow product, int days, int left) =>
        new(Guid.NewGuid(), product.Id, product.Name, product.Manufacturer, $"L-{days}", Today.AddDays(days), Today, 20, left, null, ListLots.LotState.Usable, Guid.NewGuid());

    private static ListProducts.ProductRow Product(string name, decimal ampouleMl, params string[] ingredients) =>
        new(Guid.NewGuid(), name, "Test laboratories", [.. ingredients.Select(id => new ProductIngredient(id, 10))], [], true, true, Guid.NewGuid(), null, ampouleMl);
}
