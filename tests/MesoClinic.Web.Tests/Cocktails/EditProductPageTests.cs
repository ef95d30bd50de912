using Bunit;
using MesoClinic.Application.Cocktails;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Cocktails;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;

namespace MesoClinic.Web.Tests.Cocktails;

public sealed class EditProductPageTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_manager_corrects_a_product_and_a_number_that_could_be_misread_is_refused()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var (manager, product) = (await clinic.AddManagerAsync(), await AddAsync(clinic));
        var page = await OpenAsync(clinic, manager, product.Id);
        await page.EnterAsync("Name", "Hyaluron 10 mg");
        await page.EnterAsync("Concentration", "1.234,5");
        await page.SubmitAsync();
        Assert.Contains("such as 0.02 or 0,02", page.Described(page.Field("Concentration")), StringComparison.Ordinal);
        Assert.Equal(product.Name, Assert.Single((await clinic.SendAsync(manager, new ListProducts.Query())).Value!).Name);

        await page.EnterAsync("Concentration", "0,02");
        await page.SubmitAsync();

        await page.WaitForAssertionAsync(async () => Assert.Equal("Hyaluron 10 mg", Assert.Single(await ProductsAsync(clinic, manager)).Name), Patience);
        Assert.Equal(0.02m, Assert.Single(Assert.Single(await ProductsAsync(clinic, manager)).Ingredients).MgPerMl);
    }

    [Fact]
    public async Task Whoever_saves_second_sees_what_stands_in_the_catalogue_and_chooses()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var (manager, product) = (await clinic.AddManagerAsync(), await AddAsync(clinic));
        var page = await OpenAsync(clinic, manager, product.Id);
        Assert.True((await clinic.SendAsync(manager, new EditProduct.Command { ProductId = product.Id, Version = product.Version, Name = "Renamed meanwhile", Ingredients = [new ProductForm.LabelIngredient { Ingredient = SessionScene.Ingredient }] })).Succeeded);
        await page.EnterAsync("Name", "My name for it");
        await page.SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Contains("Renamed meanwhile", page.Find(".theirs").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal("My name for it", page.Field("Name").GetAttribute("value"));
        await page.PressAsync("Take theirs");

        Assert.Equal("Renamed meanwhile", page.Field("Name").GetAttribute("value"));
    }

    private static async Task<List<ListProducts.ProductRow>> ProductsAsync(TestClinic clinic, Guid manager) => (await clinic.SendAsync(manager, new ListProducts.Query())).Value!;

    private static async Task<ListProducts.ProductRow> AddAsync(TestClinic clinic)
    {
        await clinic.AddLotAsync(SessionScene.Ingredient);
        return Assert.Single((await clinic.SendAsync(await clinic.AddManagerAsync("Another manager"), new ListProducts.Query())).Value!);
    }

    private async Task<IRenderedComponent<EditProductPage>> OpenAsync(TestClinic clinic, Guid manager, Guid product)
    {
        this.UseClinic(clinic, manager, "Manager");
        var page = Render<EditProductPage>(parameters => parameters.Add(p => p.Id, product));
        await page.WaitForElementAsync("form", Patience);
        return page;
    }
}
