using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Cocktails;

public sealed class AmpouleContentTests
{
    [Theory]
    [InlineData(0.8, 2.0, 1)]
    [InlineData(2.0, 2.0, 1)]
    [InlineData(2.1, 2.0, 2)]
    [InlineData(20.0, 5.0, 4)]
    [InlineData(null, 2.0, 1)]
    [InlineData(3.0, null, 1)]
    public void As_many_ampoules_are_opened_as_the_volume_needs(double? volume, double? held, int ampoules) => Assert.Equal(ampoules, Product.AmpoulesFor((decimal?)volume, (decimal?)held));

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task More_than_the_ampoules_hold_is_refused_beside_the_volume_at_the_start_and_after_it(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await HoldsAsync(clinic, scene.Lot, 0.5m);

        Assert.Contains("One ampoule holds 0.5 ml, not 1 ml", Problem(await scene.TryStartAsync()), StringComparison.Ordinal);
        await scene.SaveAsync(draft =>
        {
            draft.Lines[0].Ampoules = 2;
            draft.ConfirmSealed();
        });
        await scene.StartAsync();
        Assert.Contains("2 ampoules hold 1 ml, not 1.1 ml", Problem(await scene.TrySaveAsync(draft => draft.Lines[0].VolumeMl = 1.1m)), StringComparison.Ordinal);
    }

    [Theory]
    [OnSqlite]
    public async Task What_an_ampoule_holds_is_kept_with_the_product_and_fills_a_recipe(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, me) = (await clinic.AddManagerAsync(), await clinic.AddCosmetologistAsync());
        var form = new AddProduct.Command { Name = "Hyalura 10", AmpouleMl = 0, Ingredients = [new ProductForm.LabelIngredient { Ingredient = SessionScene.Ingredient, MgPerMl = 10 }] };
        Assert.Contains(nameof(ProductForm.AmpouleMl), Assert.IsType<Failure.Invalid>((await clinic.SendAsync(manager, form)).Failure).Errors.Keys);
        form.AmpouleMl = 2;
        var product = (await clinic.SendAsync(manager, form)).Must();
        (await clinic.SendAsync(manager, new ReceiveLot.Command { ProductId = product, Number = "HA-26", ExpiresOn = clinic.Today.AddYears(1), ReceivedOn = clinic.Today, Ampoules = 9 })).Must();

        var fill = RecipeFill.Of([new RecipeLine(product, null, 4.5m)], (await clinic.SendAsync(me, new ListLots.Query { UsableOnly = true })).Must(), (await clinic.SendAsync(me, new ListProducts.Query())).Must());

        Assert.Equal(3, Assert.Single(fill.Lines).Ampoules);
    }

    private static string Problem<T>(Outcome<T> outcome) => Assert.Single(Assert.IsType<Failure.Invalid>(outcome.Failure).Errors["Lines[0].VolumeMl"]);

    private static Task<int> HoldsAsync(TestClinic clinic, Guid lot, decimal ml) =>
        clinic.InDatabaseAsync(db => db.Products.Where(p => db.Lots.Any(l => l.Id == lot && l.ProductId == p.Id)).ExecuteUpdateAsync(p => p.SetProperty(x => x.AmpouleMl, ml)));
}
