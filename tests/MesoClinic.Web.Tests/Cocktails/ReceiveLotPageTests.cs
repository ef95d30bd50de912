using Bunit;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Cocktails;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;

namespace MesoClinic.Web.Tests.Cocktails;

public sealed class ReceiveLotPageTests : BunitContext
{
    private const string Known = "05012345000015";
    private const string Unknown = "09506000134352";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_second_pack_leaves_nothing_of_the_first_one_behind()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        await clinic.InDatabaseAsync(async db =>
        {
            db.Products.Add(new Product { Name = "Hyalura 10", Gtin = Known, Ingredients = [new ProductIngredient(SessionScene.Ingredient, 10)] });
            await db.SaveChangesAsync();
        });
        this.UseClinic(clinic, await clinic.AddManagerAsync(), "Manager");
        var page = Render<ReceiveLotPage>();
        await page.WaitForElementAsync("#scan-pack", Patience);

        await page.OnAsync("#scan-pack", field => field.ChangeAsync($"01{Known}17271130" + "10HA-2604"));
        Assert.Equal(("HA-2604", "2027-11-30"), (Value(page, "Lot number"), Value(page, "Last day of use")));
        Assert.NotEmpty(Value(page, "Product"));

        // Without its separator the serial number would make a lot of its own of each pack, and a recall would leave the others.
        await page.OnAsync("#scan-pack", field => field.ChangeAsync($"01{Known}17271130" + "10HA-2604" + "21SERIAL9"));
        Assert.Equal(("", "2027-11-30"), (Value(page, "Lot number"), Value(page, "Last day of use")));
        Assert.Contains("says HA-260421SERIAL9", page.Find("#scan-said").TextContent, StringComparison.Ordinal);

        await page.OnAsync("#scan-pack", field => field.ChangeAsync(Known));
        Assert.Equal(("", ""), (Value(page, "Lot number"), Value(page, "Last day of use")));
        Assert.Contains("Type it from the label", page.Find("#scan-said").TextContent, StringComparison.Ordinal);

        await page.OnAsync("#scan-pack", field => field.ChangeAsync($"01{Unknown}10VC-1"));
        Assert.Equal(("", "VC-1"), (Value(page, "Product"), Value(page, "Lot number")));
        Assert.Contains($"No product has the barcode {Unknown} yet", page.Find("#scan-said").TextContent, StringComparison.Ordinal);
    }

    private static string Value(IRenderedComponent<ReceiveLotPage> page, string label) => page.Field(label) switch
    {
        AngleSharp.Html.Dom.IHtmlSelectElement select => select.Value ?? "",
        var field => field.GetAttribute("value") ?? "",
    };
}
