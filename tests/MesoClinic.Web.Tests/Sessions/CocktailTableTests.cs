using Bunit;
using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Rules;
using MesoClinic.Testing;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Web.Tests.Sessions;

/// <summary>The lines of the cocktail, what is said of each, and its recipes.</summary>
public sealed class CocktailTableTests : CocktailContext
{
    [Fact]
    public async Task The_ampoules_follow_the_volume_until_somebody_says_another_number_and_the_rest_is_discarded()
    {
        var line = new SaveSessionDraft.Line { LotId = Later, Ampoules = 1 };
        var table = Table(new SaveSessionDraft.Command { Lines = [line] }, ampouleMl: 2);

        await table.OnAsync("#ml-0", field => field.ChangeAsync("0.8"));
        Assert.Equal(1, line.Ampoules);
        Assert.Contains("Rest 1.2 ml: discard", table.Markup, StringComparison.Ordinal);

        await table.OnAsync("#ml-0", field => field.ChangeAsync("4.5"));
        Assert.Equal(3, line.Ampoules);
        await table.OnAsync("#ml-0", field => field.ChangeAsync("4"));
        Assert.Equal(2, line.Ampoules);
        Assert.DoesNotContain("Rest", table.Markup, StringComparison.Ordinal);

        await table.OnAsync("#amp-0", field => field.ChangeAsync("5"));
        await table.OnAsync("#ml-0", field => field.ChangeAsync("1"));
        Assert.Equal(5, line.Ampoules);
    }

    [Fact]
    public async Task A_recipe_takes_typed_lines_out_only_after_it_has_asked()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var me = await clinic.AddCosmetologistAsync();
        await clinic.InDatabaseAsync(async db =>
        {
            db.Products.Add(new Product { Id = Hyaluron, Name = "Hyaluron 1 %", Ingredients = [new ProductIngredient("ing-hyaluronic-acid", 10)] });
            db.Recipes.Add(new Recipe { Name = "House mix", Lines = [new RecipeLine(Hyaluron, null, 0.5m)] });
            await db.SaveChangesAsync();
        });
        this.UseClinic(clinic, me, "Cosmetologist");
        var draft = new SaveSessionDraft.Command { Lines = [new SaveSessionDraft.Line { LotId = Later, VolumeMl = 0.7m }] };
        var table = Table(draft);
        await table.PressAsync("Recipe");

        await table.WaitForElementAsync("button[aria-label='Use House mix']", TimeSpan.FromSeconds(20));
        await table.OnAsync("button[aria-label='Use House mix']", button => button.ClickAsync());
        Assert.Equal(0.7m, Assert.Single(draft.Lines).VolumeMl);
        await table.PressAsync("Keep what is there");
        Assert.Equal(0.7m, Assert.Single(draft.Lines).VolumeMl);

        await table.OnAsync("button[aria-label='Use House mix']", button => button.ClickAsync());
        Assert.Contains("This takes the line below out.", table.Markup, StringComparison.Ordinal);
        await table.PressAsync("Replace");
        Assert.Equal((Soon, 0.5m), (draft.Lines.Single().LotId, draft.Lines.Single().VolumeMl));
        Assert.Empty(table.FindAll(".recipes"));
        Assert.Contains(table.FindAll("[role=status]"), said => said.TextContent == "One line of the recipe is in the cocktail.");
    }

    [Fact]
    public async Task A_recipe_keeps_nothing_that_was_entered_by_mistake()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var me = await clinic.AddCosmetologistAsync();
        await clinic.InDatabaseAsync(async db =>
        {
            db.Products.Add(new Product { Id = Hyaluron, Name = "Hyaluron 1 %", Ingredients = [new ProductIngredient("ing-hyaluronic-acid", 10)] });
            await db.SaveChangesAsync();
        });
        this.UseClinic(clinic, me, "Cosmetologist");
        var draft = new SaveSessionDraft.Command { Lines = [new() { LotId = Soon, VolumeMl = 2, IsBegun = true, Mistake = "Wrong pack" }, new() { LotId = Later, VolumeMl = 0.7m, IsBegun = true }] };
        var table = Table(draft);
        await table.PressAsync("Recipe");

        await table.WaitForElementAsync("#recipe-name", TimeSpan.FromSeconds(20));
        await table.OnAsync("#recipe-name", field => field.ChangeAsync("What was injected"));
        await table.PressAsync("Save as recipe");

        await table.WaitForElementAsync("button[aria-label='Use What was injected']", TimeSpan.FromSeconds(20));
        Assert.Equal(0.7m, Assert.Single((await clinic.InDatabaseAsync(db => db.Recipes.SingleAsync())).Lines).VolumeMl);
    }

    [Fact]
    public void A_product_that_is_new_to_the_patient_and_was_not_tested_says_so()
    {
        Finding missing = new("ci-skin-test-missing", Tier.Relative, Decision.Postpone, "No allergy test", "New", "", null, [], []);

        var table = Table(new SaveSessionDraft.Command { Lines = [new() { LotId = Soon, VolumeMl = 1 }] }, findings: [missing], rulesByLine: [[]], tests: [new(Soon, null, true)]);

        Assert.Equal("Not tested", table.Find(".ck-check").TextContent.Trim());
    }

    [Fact]
    public void A_lot_that_expires_sooner_is_named_beside_a_later_one()
    {
        var table = Table(new SaveSessionDraft.Command { Lines = [new SaveSessionDraft.Line { LotId = Later }] });

        Assert.Contains("HA-2 expires sooner", table.Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(table.FindAll("#lot-0 option"), option => option.TextContent.Contains("HA-1", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_line_says_what_the_check_found_and_the_mix_how_strong_it_is()
    {
        var draft = new SaveSessionDraft.Command { Lines = [new() { LotId = Soon, VolumeMl = 0.8m }, new() { LotId = Later, VolumeMl = 0.2m }] };
        Finding finding = new("ci-x", Tier.Absolute, Decision.ModifyPlan, "Sulfite allergy", "Not verified", "", null, [], []);

        var table = Table(draft, findings: [finding], rulesByLine: [[], [finding.Rule]], tests: [new(Soon, new DateOnly(2026, 6, 13), false), new(Later, null, true)]);

        Assert.Equal(["Tested 13 June", "Modify plan"], table.FindAll(".ck-check").Select(cell => cell.TextContent.Trim()));
        Assert.Contains("Mixed 1.00 ml", table.Find(".ck-mix").TextContent, StringComparison.Ordinal);
        Assert.Contains("10 mg", table.Find(".ck-in tbody").TextContent, StringComparison.Ordinal);
        Assert.Contains("10 mg/ml", table.Find(".ck-in tbody").TextContent, StringComparison.Ordinal);

        table.FindAll("button").Single(button => button.TextContent == "Leave out Hyaluron 1 %").Click();
        Assert.Equal(Soon, Assert.Single(draft.Lines).LotId);
    }

    [Fact]
    public void A_finding_stands_under_the_line_of_the_product_that_it_is_about()
    {
        var draft = new SaveSessionDraft.Command { Lines = [new() { LotId = Soon, VolumeMl = 1 }, new() { LotId = Later, VolumeMl = 1 }] };
        Finding finding = new("tr-x", Tier.Caution, Decision.AllowWithCaution, "Planned twice", "In both products", "", null, [], []);

        var rows = Table(draft, findings: [finding], rulesByLine: [[], [finding.Rule]]).FindAll(".ck > tbody > tr");

        Assert.Equal(3, rows.Count);
        Assert.Contains("Planned twice. In both products.", rows[2].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_volume_has_one_message_over_the_whole_line_and_counts_for_nothing()
    {
        var draft = new SaveSessionDraft.Command { Lines = [new() { LotId = Soon, VolumeMl = 50 }, new() { LotId = Later, VolumeMl = 0.5m }, new() { LotId = Later }] };
        var problems = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["Lines[0].VolumeMl"] = ["Write less."], ["Lines[2].VolumeMl"] = ["Measure it out."] };

        var table = Table(draft, problems);

        Assert.Equal("Write less.", Assert.Single(table.FindAll(".ck tr.ck-f .err")).TextContent.Trim());
        Assert.Equal(("true", null), (table.Find("#ml-0").GetAttribute("aria-invalid"), table.Find("#ml-2").GetAttribute("aria-invalid")));
        Assert.Contains("Mixed 0.50 ml", table.Find(".ck-mix").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_whose_lot_is_recalled_says_so_whatever_was_tested()
    {
        var recalled = Lot(Guid.NewGuid(), "HA-4", new DateOnly(2027, 7, 1), ListLots.LotState.Recalled);
        var table = Table(new SaveSessionDraft.Command { Lines = [new() { LotId = recalled.Id, VolumeMl = 1, IsBegun = true }] }, rulesByLine: [[]], tests: [new(recalled.Id, new DateOnly(2026, 6, 13), false)]);
        table.Render(p => p.Add(t => t.Lots, [recalled]));

        Assert.Equal("Recalled", table.Find(".ck-check .is-refuse").TextContent.Trim());
    }

    [Fact]
    public void A_problem_with_a_lot_stands_beside_its_line()
    {
        var draft = new SaveSessionDraft.Command { Lines = [new SaveSessionDraft.Line { LotId = Later }] };
        var problems = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["Lines[0].LotId"] = ["Lot HA-3: none left in stock, the record takes 1."] };

        var table = Table(draft, problems);

        Assert.Equal("true", table.Find("#lot-0").GetAttribute("aria-invalid"));
        Assert.Equal("Lot HA-3: none left in stock, the record takes 1.", table.Find("#lot-0-error").TextContent.Trim());
    }

    [Theory]
    [InlineData("0,8")]
    [InlineData("0.8")]
    public void A_volume_is_read_with_a_comma_and_with_a_point(string typed)
    {
        var draft = new SaveSessionDraft.Command { Lines = [new SaveSessionDraft.Line { LotId = Later }] };

        Table(draft).Find("#ml-0").Change(typed);

        Assert.Equal(0.8m, draft.Lines[0].VolumeMl);
    }
}
