using Bunit;
using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Rules;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Components.Shared.Forms;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Web.Tests.Sessions;

public sealed class RecorderPartsTests : BunitContext
{
    private static readonly Guid Soon = Guid.NewGuid();
    private static readonly Guid Later = Guid.NewGuid();
    private static readonly Guid Expired = Guid.NewGuid();
    private static readonly Guid Hyaluron = Guid.NewGuid();

    private static readonly IReadOnlyList<ListLots.LotRow> Lots =
    [
        Lot(Expired, "HA-1", new DateOnly(2026, 5, 1), ListLots.LotState.Expired),
        Lot(Soon, "HA-2", new DateOnly(2026, 7, 1), ListLots.LotState.Usable),
        Lot(Later, "HA-3", new DateOnly(2027, 7, 1), ListLots.LotState.Usable),
    ];

    [Fact]
    public async Task What_is_found_goes_into_the_cocktail_with_its_lot()
    {
        var draft = new SaveSessionDraft.Command();
        var found = Lot(Guid.NewGuid(), "VC-1", new DateOnly(2026, 8, 1), ListLots.LotState.Usable);
        var table = Table(draft, found: new FindForMixing.Item("Vita C", "", found, null));

        await FindAsync(table, "vita");

        Assert.Equal(found.Id, Assert.Single(draft.Lines).LotId);
        Assert.Contains("VC-1", table.Find("#lot-0").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_must_not_be_used_is_refused_in_words_and_does_not_go_in()
    {
        var draft = new SaveSessionDraft.Command();
        var table = Table(draft, found: new FindForMixing.Item("Hyaluron 1 %", "", Lots[0], "Lot HA-1 expired on 1 May 2026. Take another lot."));

        await FindAsync(table, "HA-1");

        Assert.Empty(draft.Lines);
        Assert.Equal("Lot HA-1 expired on 1 May 2026. Take another lot.", table.Find("p[role=alert]").TextContent.Trim());
    }

    [Fact]
    public async Task The_same_lot_again_is_one_more_ampoule()
    {
        var draft = new SaveSessionDraft.Command { Lines = [new SaveSessionDraft.Line { LotId = Later, Ampoules = 1 }] };
        var table = Table(draft, found: new FindForMixing.Item("Hyaluron 1 %", "", Lots[2], null));

        await FindAsync(table, "HA-3");

        Assert.Equal(2, Assert.Single(draft.Lines).Ampoules);
        Assert.Equal("Lot HA-3: 2 ampoules now.", table.Find(".ck-panel p[role=status]").TextContent.Trim());
    }

    [Fact]
    public async Task A_guessed_lot_goes_in_only_after_somebody_has_said_that_it_is_the_one()
    {
        var draft = new SaveSessionDraft.Command();
        var table = Table(draft, found: new FindForMixing.Item("Hyaluron 1 %", "", Lots[1], null, IsGuess: true));

        await FindAsync(table, "5012345000015");
        Assert.Empty(draft.Lines);
        await table.PressAsync("No, type the lot");
        Assert.Empty(draft.Lines);
        Assert.Empty(table.FindAll("[role=alert]"));

        await FindAsync(table, "5012345000015", open: false);
        await table.PressAsync("Yes, add lot HA-2");
        Assert.Equal(Soon, Assert.Single(draft.Lines).LotId);
    }

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
    public async Task Whoever_adds_a_product_can_scan_at_once()
    {
        var table = Table(new SaveSessionDraft.Command());

        await table.PressAsync("Add or scan");

        JSInterop.VerifyFocusAsyncInvoke();
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
    public async Task A_guess_that_nobody_confirmed_is_named_when_the_next_pack_is_scanned()
    {
        var draft = new SaveSessionDraft.Command();
        var table = Table(draft, found: new FindForMixing.Item("Hyaluron 1 %", "", Lots[1], null, IsGuess: true));
        await FindAsync(table, "5012345000015");
        var next = Lot(Guid.NewGuid(), "VC-1", new DateOnly(2026, 8, 1), ListLots.LotState.Usable);
        table.Render(p => p.Add(t => t.Search, (_, _) => Task.FromResult<IReadOnlyList<FindForMixing.Item>>([new FindForMixing.Item("Vita C", "", next, null)])));

        await FindAsync(table, "VC-1", open: false);

        Assert.Equal(next.Id, Assert.Single(draft.Lines).LotId);
        Assert.Equal("Hyaluron 1 % was not added: its lot HA-2 was not confirmed. Vita C, lot VC-1, is added.", table.Find(".ck-panel p[role=status]").TextContent.Trim());
    }

    [Fact]
    public async Task What_must_not_be_used_looks_refused_in_the_list()
    {
        var table = Table(new SaveSessionDraft.Command(), found: new FindForMixing.Item("Hyaluron 1 %", "", Lots[0], "Lot HA-1 is recalled."));
        await table.PressAsync("Add or scan");

        await table.OnAsync("#find-lot", field => field.InputAsync("HA-1"));

        Assert.Equal("Lot HA-1 is recalled.", table.Find("[role=option] .is-refuse").TextContent);
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
    public void A_red_note_stays_under_the_head_until_it_is_read_and_then_in_one_line()
    {
        var note = Render<KeptNote>(p => p.Add(n => n.Title, "Lot HA-4 is recalled.").Add(n => n.ChildContent, "Stop now."));

        Assert.Contains("Stop now.", note.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        note.Find("button:contains('I have read this')").Click();

        Assert.Empty(note.FindAll("[role=alert]"));
        Assert.Equal("Lot HA-4 is recalled.", note.Find("summary").TextContent);
        JSInterop.VerifyFocusAsyncInvoke();
    }

    [Fact]
    public void A_volume_above_its_limit_is_said_in_words()
    {
        var draft = new SaveSessionDraft.Command { Points = 3000, VolumePerInjectionMl = 0.014m, NeedleOuterDiameterMm = 0.3m };
        var meters = Render<SessionMeters>(p => p.Add(m => m.Draft, draft).Add(m => m.Limits, new TechniqueLimits(1.2m, 0.02m, 0.31m, 60)).Add(m => m.Number, 1));

        Assert.Equal("42 ml planned, at most 1.2 ml in a first session.", meters.Find("[role=alert]").TextContent.Trim());
        Assert.Contains("Needle0.3 mmup to 30G, 0.3 mm", meters.FindAll(".row").Select(row => row.TextContent));
        Assert.Empty(meters.FindAll(".meter.is-caution"));

        draft.Points = 80;
        meters.Render();
        Assert.Empty(meters.FindAll("[role=alert]"));
    }

    [Theory]
    [InlineData("30G", "0.3")]
    [InlineData("32 g", "0.23")]
    [InlineData("12G", null)]
    [InlineData("0.3", null)]
    public void A_needle_may_be_named_by_its_gauge(string typed, string? mm) =>
        Assert.Equal(mm is null ? null : decimal.Parse(mm, System.Globalization.CultureInfo.InvariantCulture), Needles.OfGauge(typed));

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

    [Fact]
    public async Task Whoever_used_a_cream_is_asked_for_its_tube_and_what_expires_first_stands_on_top()
    {
        var (later, soon) = (Lots[2] with { Id = Guid.NewGuid(), IsCream = true, Product = "Numbing cream" }, Lots[1] with { Id = Guid.NewGuid(), IsCream = true, Product = "Numbing cream" });
        var draft = new SaveSessionDraft.Command();
        var card = Render<PrepareCard>(p => p.Add(c => c.Draft, draft).Add(c => c.Lots, [.. Lots, later, soon, soon with { Id = Guid.NewGuid(), State = ListLots.LotState.Recalled }]).AddCascadingValue(new SessionKnowledge(TestClinic.Book.Value)));
        Assert.Empty(card.FindAll("#cream-lot"));

        await card.FindAll("input[name=cream]")[1].ChangeAsync(true);
        Assert.Equal(["", soon.Id.ToString(), later.Id.ToString()], card.FindAll("#cream-lot option").Select(option => option.GetAttribute("value")!));
        await card.OnAsync("#cream-lot", field => field.ChangeAsync(soon.Id.ToString()));
        Assert.Equal(soon.Id, draft.CreamLotId);
        card.Render(p => p.Add(c => c.Problems, new Dictionary<string, string[]>(StringComparer.Ordinal) { ["CreamLotId"] = ["Lot HA-2 is recalled."] }));
        Assert.Equal("true", card.Find("#cream-lot").GetAttribute("aria-invalid"));

        await card.FindAll("input[name=cream]")[0].ChangeAsync(true);
        Assert.Null(draft.CreamLotId);
    }

    private static ListLots.LotRow Lot(Guid id, string number, DateOnly expires, ListLots.LotState state) =>
        new(id, Hyaluron, "Hyaluron 1 %", "Test laboratories", number, expires, new DateOnly(2026, 1, 1), 20, 20, null, state, Guid.Empty);

    private static async Task FindAsync(IRenderedComponent<CocktailTable> table, string typed, bool open = true)
    {
        if (open)
        {
            await table.PressAsync("Add or scan");
        }

        var search = table.OnAsync("#find-lot", field => field.InputAsync(typed));
        await table.OnAsync("#find-lot", field => field.KeyDownAsync("Enter"));
        await search;
    }

    private IRenderedComponent<CocktailTable> Table(
        SaveSessionDraft.Command draft, Dictionary<string, string[]>? problems = null, IReadOnlyList<Finding>? findings = null, IReadOnlyList<IReadOnlyList<string>>? rulesByLine = null,
        FindForMixing.Item? found = null, IReadOnlyList<PreviewSession.LineTest>? tests = null, decimal? ampouleMl = null) => Render<CocktailTable>(p =>
    {
        p.Add(t => t.Draft, draft).Add(t => t.Lots, [.. Lots]).Add(t => t.Findings, findings ?? []).Add(t => t.RulesByLine, rulesByLine ?? []).Add(t => t.Tests, tests ?? []).AddCascadingValue(new EditContext(draft));
        p.Add(t => t.Catalogue, [new ListProducts.ProductRow(Hyaluron, "Hyaluron 1 %", "Test laboratories", [new ProductIngredient("ing-hyaluronic-acid", 10)], [], true, true, Guid.Empty, AmpouleMl: ampouleMl)]);
        p.Add(t => t.Search, (_, _) => Task.FromResult<IReadOnlyList<FindForMixing.Item>>(found is null ? [] : [found]));
        if (problems is not null)
        {
            p.Add(t => t.Problems, problems);
        }
    });
}
