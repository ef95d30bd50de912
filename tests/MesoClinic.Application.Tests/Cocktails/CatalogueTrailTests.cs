using MesoClinic.Application.Cocktails;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Cocktails;

/// <summary>What is injected is judged by the label and mixed by the recipe: who changed either, and what, is found again.</summary>
public sealed class CatalogueTrailTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Whoever_changes_a_label_leaves_what_it_said_and_what_it_says_now(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var product = (await clinic.SendAsync(manager, new AddProduct.Command { Name = "Hyal 1 %", AmpouleMl = 2, Ingredients = [Part("ing-hyaluronic-acid", 10), Part("ing-procaine", 20)], LabelFreeOf = ["alg-latex"] })).Must();
        var version = await clinic.InDatabaseAsync(db => db.Products.Select(p => p.Version).SingleAsync());

        (await clinic.SendAsync(manager, new EditProduct.Command
        {
            ProductId = product, Version = version, Name = "Hyal 1.5 %", Manufacturer = "Test laboratories", AmpouleMl = 2, Ingredients = [Part("ing-hyaluronic-acid", 15), Part("ing-lidocaine", null), Part("ing-vitamin-c", null)], CompositionVerified = true,
        })).Must();

        var (hyaluron, procaine, lidocaine, vitamin, latex) = (Title("ing-hyaluronic-acid"), Title("ing-procaine"), Title("ing-lidocaine"), Title("ing-vitamin-c"), TestClinic.Book.Value.Allergens["alg-latex"].Title);
        Assert.Equal($"Name: Hyal 1 %. Ampoule: 2 ml. Ingredients: {hyaluron} 10 mg/ml, {procaine} 20 mg/ml. Free of: {latex}. Composition: not checked. Catalogue: offered.", await DetailAsync(clinic, nameof(AddProduct), product));
        Assert.Equal(
            $"Name: Hyal 1 % → Hyal 1.5 %. Manufacturer: + Test laboratories. Ingredients: + {hyaluron} 15 mg/ml, + {lidocaine}, + {vitamin}, − {hyaluron} 10 mg/ml, − {procaine} 20 mg/ml. Free of: − {latex}. Composition: not checked → checked.",
            await DetailAsync(clinic, nameof(EditProduct), product));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_recipe_leaves_what_it_said_when_it_is_changed_and_when_it_is_taken_away(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var product = (await clinic.SendAsync(manager, new AddProduct.Command { Name = "Hyal 1 %", Ingredients = [Part("ing-hyaluronic-acid", 10)] })).Must();
        var recipe = (await clinic.SendAsync(manager, new SaveRecipe.Command { Name = "Glow", ForClinic = true, Lines = [new() { ProductId = product, VolumeMl = 1 }] })).Must();
        var version = await clinic.InDatabaseAsync(db => db.Recipes.Select(r => r.Version).SingleAsync());

        (await clinic.SendAsync(manager, new SaveRecipe.Command { RecipeId = recipe, Version = version, Name = "Glow", ForClinic = true, Lines = [new() { ProductId = product, VolumeMl = 1.5m }] })).Must();
        (await clinic.SendAsync(manager, new RemoveRecipe.Command { RecipeId = recipe })).Must();

        Assert.Equal(["Name: Glow. For: the clinic. Lines: Hyal 1 % 1 ml.", "Lines: Hyal 1 % 1 ml → Hyal 1 % 1.5 ml."], await DetailsAsync(clinic, nameof(SaveRecipe), recipe));
        Assert.Equal("Name: Glow. For: the clinic. Lines: Hyal 1 % 1.5 ml.", await DetailAsync(clinic, nameof(RemoveRecipe), recipe));
    }

    [Theory]
    [OnSqlite]
    public async Task A_label_longer_than_the_trail_is_cut_and_still_recorded(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var all = TestClinic.Book.Value.Ingredients.Keys.Where(id => id.StartsWith("ing-", StringComparison.Ordinal)).Take(50).Select(id => Part(id, 10)).ToList();
        all.RemoveAll(part => part.Ingredient == Domain.Sessions.Session.CreamIngredient);

        var product = (await clinic.SendAsync(manager, new AddProduct.Command { Name = "Everything", Ingredients = all })).Must();

        var detail = await DetailAsync(clinic, nameof(AddProduct), product);
        Assert.Equal((700, '…'), (detail!.Length, detail[^1]));
    }

    private static ProductForm.LabelIngredient Part(string ingredient, decimal? mgPerMl) => new() { Ingredient = ingredient, MgPerMl = mgPerMl };

    private static string Title(string ingredient) => TestClinic.Book.Value.Ingredients[ingredient].Title;

    private static async Task<string?> DetailAsync(TestClinic clinic, string action, Guid record) => Assert.Single(await DetailsAsync(clinic, action, record));

    private static Task<List<string?>> DetailsAsync(TestClinic clinic, string action, Guid record) =>
        clinic.InDatabaseAsync(db => db.AuditEntries.Where(e => e.Action == action && e.RecordId == record && e.Outcome == "Done").OrderBy(e => e.Sequence).Select(e => e.Detail).ToListAsync());
}
