using MesoClinic.Application.Cocktails;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Cocktails;

public sealed class MixingTests
{
    private const string Gtin = "05012345000015";

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_product_offers_the_lot_that_expires_first(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var me = await clinic.AddCosmetologistAsync();
        var product = await ProductAsync(clinic, "Hyalura 10");
        await LotAsync(clinic, product, "LATE", 300);
        await LotAsync(clinic, product, "FIRST", 20);
        await LotAsync(clinic, product, "EMPTY", 10, left: 0);
        await LotAsync(clinic, product, "OVER", -1);

        var item = Assert.Single((await clinic.SendAsync(me, new FindForMixing.Query { Text = "hyalu" })).Must());

        Assert.Equal(("FIRST", null), (item.Lot!.Number, item.Refusal));
    }

    [Theory]
    [InlineData("over", "expired on")]
    [InlineData("empty", "no ampoule left")]
    [InlineData("bad", "is recalled")]
    public async Task A_lot_that_must_not_be_used_is_found_and_refused_with_the_reason(string typed, string reason)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var me = await clinic.AddCosmetologistAsync();
        var product = await ProductAsync(clinic, "Hyalura 10");
        await LotAsync(clinic, product, "EMPTY", 10, left: 0);
        await LotAsync(clinic, product, "OVER", -1);
        await LotAsync(clinic, product, "BAD", 100, recalled: true);

        Assert.Contains(reason, Assert.Single((await clinic.SendAsync(me, new FindForMixing.Query { Text = typed })).Must()).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_scanned_pack_leads_to_its_own_lot_and_nothing_else(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var me = await clinic.AddCosmetologistAsync();
        var product = await ProductAsync(clinic, "Hyalura 10", Gtin);
        await LotAsync(clinic, await ProductAsync(clinic, "Vita C"), "VC-0931", 100);
        await LotAsync(clinic, product, "HA-2604", 30);
        await LotAsync(clinic, product, "HA-2610", 10);
        var day = clinic.Today.AddDays(30).ToString("yyMMdd", System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(("HA-2604", null), await ScanAsync($"]d201{Gtin}17{day}10HA-2604"));
        Assert.Equal(("HA-2610", null), await ScanAsync("5012345000015"));
        Assert.Contains("in stock is Vita C", (await ScanAsync($"(01){Gtin}(10)VC-0931")).Refusal, StringComparison.Ordinal);
        Assert.Contains("Compare both labels", (await ScanAsync($"01{Gtin}1729010110HA-2604")).Refusal, StringComparison.Ordinal);
        Assert.Contains("is in the clinic's stock", (await ScanAsync($"01{Gtin}10HA-9999")).Refusal, StringComparison.Ordinal);
        Assert.Contains("No product of the catalogue", (await ScanAsync("4006381333931")).Refusal, StringComparison.Ordinal);

        async Task<(string? Number, string? Refusal)> ScanAsync(string text)
        {
            var item = Assert.Single((await clinic.SendAsync(me, new FindForMixing.Query { Text = text })).Must());
            return (item.Lot?.Number, item.Refusal);
        }
    }

    /// <summary>Under “A lot is missing” and in an addendum the pack is scanned like into the cocktail, also one that must not be used.</summary>
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_stock_is_searched_by_the_code_of_a_pack_too(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var me = await clinic.AddCosmetologistAsync();
        var product = await ProductAsync(clinic, "Hyalura 10", Gtin);
        await LotAsync(clinic, product, "HA-2604", -30);
        await LotAsync(clinic, product, "HA-2610", 10, recalled: true);
        await LotAsync(clinic, await ProductAsync(clinic, "Vita C"), "HA-2604", 100);
        await LotAsync(clinic, await ProductAsync(clinic, "Vita B"), "5012345000015", 100);
        var day = clinic.Today.AddDays(-30).ToString("yyMMdd", System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(["Hyalura 10 HA-2604"], await FoundAsync($"]d201{Gtin}17{day}10HA-2604"));
        Assert.Equal(["Hyalura 10 HA-2610"], await FoundAsync($"(01){Gtin}(10)HA-2610"));
        Assert.Equal(["Hyalura 10 HA-2604", "Hyalura 10 HA-2610", "Vita B 5012345000015"], await FoundAsync("5012345000015"));
        Assert.Empty(await FoundAsync($"01{Gtin}10HA-9999"));

        async Task<IEnumerable<string>> FoundAsync(string text) =>
            (await clinic.SendAsync(me, new GetStock.Query { Text = text, Show = GetStock.StockView.All })).Must().Rows.Select(row => $"{row.Product} {row.Number}").Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("21SER17271130109HA-2604")]
    [InlineData("91X10HA-2604")]
    [InlineData("17271130")]
    public async Task A_pack_whose_lot_was_not_read_offers_none(string behind)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var me = await clinic.AddCosmetologistAsync();
        await LotAsync(clinic, await ProductAsync(clinic, "Hyalura 10", Gtin), "HA-2604", 30);

        var item = Assert.Single((await clinic.SendAsync(me, new FindForMixing.Query { Text = $"01{Gtin}{behind}" })).Must());

        Assert.Equal((null, false), (item.Lot, item.IsGuess));
        Assert.StartsWith("The lot could not be read", item.Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Only_the_plain_number_of_a_product_leads_to_a_guess(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var me = await clinic.AddCosmetologistAsync();
        var product = await ProductAsync(clinic, "Hyalura 10", Gtin);
        await LotAsync(clinic, product, "HA-2604", 30);

        Assert.True(Assert.Single((await clinic.SendAsync(me, new FindForMixing.Query { Text = Gtin })).Must()).IsGuess);
        Assert.False(Assert.Single((await clinic.SendAsync(me, new FindForMixing.Query { Text = $"01{Gtin}10HA-2604" })).Must()).IsGuess);
    }

    /// <summary>The last digit of 20260415 fits, as it would for the number of a product.</summary>
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_typed_lot_number_that_could_be_a_products_is_found_as_the_lot_it_is(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var me = await clinic.AddCosmetologistAsync();
        await LotAsync(clinic, await ProductAsync(clinic, "Hyalura 10", Gtin), "2026-0415", 30);

        var item = Assert.Single((await clinic.SendAsync(me, new FindForMixing.Query { Text = "20260415" })).Must());

        Assert.Equal(("2026-0415", null, false), (item.Lot!.Number, item.Refusal, item.IsGuess));
        Assert.NotNull(Gs1Label.AsGtin("20260415"));
    }

    [Theory]
    [OnSqlite]
    public async Task One_barcode_stands_for_one_product(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        await ProductAsync(clinic, "Hyalura 10", Gtin);

        Assert.Contains("Hyalura 10 has this barcode", Problem(await AddAsync("5012345000015")), StringComparison.Ordinal);
        Assert.Contains("no product number", Problem(await AddAsync("5012345000016")), StringComparison.Ordinal);

        Task<Outcome<Guid>> AddAsync(string barcode) => clinic.SendAsync(manager, new AddProduct.Command { Name = "Other", Barcode = barcode, Ingredients = [new ProductForm.LabelIngredient { Ingredient = SessionScene.Ingredient }] });
        static string Problem(Outcome<Guid> outcome) => Assert.Single(Assert.IsType<Failure.Invalid>(outcome.Failure).Errors["Barcode"]);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_recipe_is_ones_own_and_the_clinics_only_by_a_manager(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (irina, linh, manager) = (await clinic.AddCosmetologistAsync(), await clinic.AddCosmetologistAsync("Linh Tran"), await clinic.AddManagerAsync());
        var product = await ProductAsync(clinic, "Hyalura 10");
        var mine = (await clinic.SendAsync(irina, Recipe("My glow", product))).Must();
        var clinics = (await clinic.SendAsync(manager, Recipe("House mix", product, forClinic: true))).Must();

        Assert.Equal(["My glow", "House mix"], (await clinic.SendAsync(irina, new ListRecipes.Query())).Must().Select(r => r.Name));
        Assert.Equal(["House mix"], (await clinic.SendAsync(linh, new ListRecipes.Query())).Must().Select(r => r.Name));
        Assert.IsType<Failure.Forbidden>((await clinic.SendAsync(irina, Recipe("For all", product, forClinic: true))).Failure);
        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(linh, new RemoveRecipe.Command { RecipeId = mine })).Failure);
        Assert.IsType<Failure.Forbidden>((await clinic.SendAsync(linh, new RemoveRecipe.Command { RecipeId = clinics })).Failure);
        Assert.Contains("Name", Assert.IsType<Failure.Invalid>((await clinic.SendAsync(irina, Recipe("My glow", product))).Failure).Errors.Keys);
        (await clinic.SendAsync(irina, new RemoveRecipe.Command { RecipeId = mine })).Must();
        Assert.DoesNotContain((await clinic.SendAsync(irina, new ListRecipes.Query())).Must(), r => r.Id == mine);
    }

    [Theory]
    [OnSqlite]
    public async Task A_recipe_takes_of_each_line_what_expires_first_and_names_what_is_not_there(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var me = await clinic.AddCosmetologistAsync();
        var hyaluron = await ProductAsync(clinic, "Hyalura 10");
        await LotAsync(clinic, hyaluron, "LATE", 300);
        var first = await LotAsync(clinic, hyaluron, "FIRST", 20);
        var lots = (await clinic.SendAsync(me, new ListLots.Query { UsableOnly = true })).Must();
        var catalogue = (await clinic.SendAsync(me, new ListProducts.Query())).Must();

        var fill = RecipeFill.Of([new RecipeLine(null, SessionScene.Ingredient, 0.8m), new RecipeLine(null, "ing-vitamin-c", 0.1m)], lots, catalogue);

        var line = Assert.Single(fill.Lines);
        Assert.Equal((first, 0.8m), (line.LotId, line.VolumeMl!.Value));
        Assert.Equal("ing-vitamin-c", Assert.Single(fill.Missing).Ingredient);
    }

    [Theory]
    [OnSqlite]
    public async Task An_indication_brings_what_its_protocol_usually_injects(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);

        var row = Assert.Single((await clinic.SendAsync(await clinic.AddCosmetologistAsync(), new ListRecipes.Query { Indication = "ind-wrinkles" })).Must());

        Assert.Equal(ListRecipes.RecipeSource.Protocol, row.Source);
        Assert.Contains(row.Lines, line => line.Ingredient == "ing-hyaluronic-acid");
    }

    private static SaveRecipe.Command Recipe(string name, Guid product, bool forClinic = false) => new() { Name = name, ForClinic = forClinic, Lines = [new SaveRecipe.Line { ProductId = product, VolumeMl = 0.8m }] };

    private static Task<Guid> ProductAsync(TestClinic clinic, string name, string? gtin = null) => clinic.InDatabaseAsync(async db =>
    {
        var product = new Product { Name = name, Gtin = gtin, Ingredients = [new ProductIngredient(SessionScene.Ingredient, 10)] };
        db.Products.Add(product);
        await db.SaveChangesAsync();
        return product.Id;
    });

    private static Task<Guid> LotAsync(TestClinic clinic, Guid product, string number, int days, int left = 5, bool recalled = false) => clinic.InDatabaseAsync(async db =>
    {
        var lot = new Lot { ProductId = product, Number = number, ExpiresOn = clinic.Today.AddDays(days), ReceivedOn = clinic.Today.AddDays(-300), AmpoulesReceived = 5, AmpoulesLeft = left, RecalledUtc = recalled ? TestClinic.Start.UtcDateTime : null, RecallReason = recalled ? "particles" : null };
        db.Lots.Add(lot);
        await db.SaveChangesAsync();
        return lot.Id;
    });
}
