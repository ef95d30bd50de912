using Bunit;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Cocktails;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;

namespace MesoClinic.Web.Tests.Cocktails;

public sealed class RecipesPageTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_does_not_go_together_is_said_while_one_writes_the_recipe_and_in_the_list()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        await clinic.AddLotAsync("ing-pentoxifylline");
        await clinic.AddLotAsync("ing-etamsylate");
        this.UseClinic(clinic, await clinic.AddCosmetologistAsync(), "Cosmetologist");
        var page = Render<RecipesPage>();
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll("button.btn-p")), Patience);
        await page.PressAsync("New recipe");
        await page.EnterAsync("Name", "Legs");

        await page.OnAsync("#recipe-add", field => field.ChangeAsync("ing-pentoxifylline"));
        Assert.DoesNotContain("Etamsylate (Dicynone)", page.Find("form .note, form h2").TextContent, StringComparison.Ordinal);
        await page.OnAsync("#recipe-add", field => field.ChangeAsync("ing-etamsylate"));
        Assert.Contains("You may keep the recipe", page.Find("form .note").TextContent, StringComparison.Ordinal);

        await page.SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll(".recipe .flag")), Patience);
    }
}
