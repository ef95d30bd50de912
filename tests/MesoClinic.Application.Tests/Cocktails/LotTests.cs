using MesoClinic.Application.Cocktails;
using MesoClinic.Testing;

namespace MesoClinic.Application.Tests.Cocktails;

public sealed class LotTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_product_is_added_received_recalled_and_every_state_is_listed(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var product = (await clinic.SendAsync(manager, Product())).Value;
        var lot = (await clinic.SendAsync(manager, Delivery(clinic, product))).Value;
        Assert.Equal(lot, (await clinic.SendAsync(manager, Delivery(clinic, product))).Value);

        var listed = Assert.Single((await clinic.SendAsync(manager, new ListLots.Query { UsableOnly = true })).Value!);
        Assert.Equal((20, ListLots.LotState.ExpiresSoon), (listed.AmpoulesLeft, listed.State));
        Assert.True((await clinic.SendAsync(manager, new RecallLot.Command { LotId = lot, Reason = "particles" })).Succeeded);

        Assert.Empty((await clinic.SendAsync(manager, new ListLots.Query { UsableOnly = true })).Value!);
        Assert.Equal(ListLots.LotState.Recalled, Assert.Single((await clinic.SendAsync(manager, new ListLots.Query())).Value!).State);
        Assert.Contains("Number", Assert.IsType<Failure.Invalid>((await clinic.SendAsync(manager, Delivery(clinic, product))).Failure).Errors.Keys);
    }

    [Theory]
    [OnSqlite]
    public async Task Cosmetologists_read_lots_and_do_not_change_them(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var cosmetologist = await clinic.AddCosmetologistAsync();

        Assert.True((await clinic.SendAsync(cosmetologist, new ListLots.Query())).Succeeded);
        Assert.IsType<Failure.Forbidden>((await clinic.SendAsync(cosmetologist, Product())).Failure);
    }

    [Theory]
    [OnSqlite]
    public async Task A_product_cannot_be_free_of_what_its_ingredient_is(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var product = Product();
        (product.Ingredients, product.LabelFreeOf) = ([new ProductForm.LabelIngredient { Ingredient = "exc-sulfites" }], ["alg-sulfites"]);

        Assert.Contains("LabelFreeOf", Assert.IsType<Failure.Invalid>((await clinic.SendAsync(manager, product)).Failure).Errors.Keys);
    }

    [Fact]
    public void A_delivery_that_had_expired_or_has_no_ampoules_is_refused()
    {
        var result = new ReceiveLot.Validator().Validate(new ReceiveLot.Command
        {
            ProductId = Guid.NewGuid(),
            Number = new string('9', 65),
            ReceivedOn = new DateOnly(2026, 6, 2),
            ExpiresOn = new DateOnly(2026, 6, 1),
            Ampoules = 10_001,
        });

        Assert.Equal(["Number", "ExpiresOn", "Ampoules"], result.Errors.Select(e => e.PropertyName));
    }

    [Theory]
    [OnSqlite]
    public async Task The_last_day_of_use_may_be_the_day_of_the_delivery(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        var product = (await clinic.SendAsync(manager, Product())).Must();
        var delivery = Delivery(clinic, product);
        delivery.ExpiresOn = clinic.Today;

        (await clinic.SendAsync(manager, delivery)).Must();
    }

    private static AddProduct.Command Product() => new() { Name = "Hyal 1 %", Ingredients = [new ProductForm.LabelIngredient { Ingredient = "ing-hyaluronic-acid", MgPerMl = 10 }] };

    private static ReceiveLot.Command Delivery(TestClinic clinic, Guid product) =>
        new() { ProductId = product, Number = "HA-2604", ReceivedOn = clinic.Today, ExpiresOn = clinic.Today.AddDays(20), Ampoules = 10 };
}
