using Bunit;
using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.Sessions;

/// <summary>Lines that came into the record by mistake, once the injections have begun.</summary>
public sealed class MistakeTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Guid Hyaluron = Guid.NewGuid();
    private static readonly ListLots.LotRow Lot = new(Guid.NewGuid(), Hyaluron, "Hyaluron 1 %", "Test laboratories", "HA-3", new DateOnly(2027, 7, 1), new DateOnly(2026, 1, 1), 20, 20, null, ListLots.LotState.Usable, Guid.Empty);
    private int changes;

    [Fact]
    public async Task A_flag_without_its_reason_is_not_signed_over()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        await scene.SaveAsync(draft => draft.EndedAt = new TimeOnly(9, 0));
        var page = await OpenAsync(scene);

        await page.OnAsync("button[aria-label^='Entered by mistake']", button => button.ClickAsync());
        await page.PressAsync("Sign");

        await page.WaitForAssertionAsync(() => Assert.Contains("Not everything is saved", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Null(await clinic.InDatabaseAsync(db => db.Sessions.Select(s => s.SignedUtc).SingleAsync()));
    }

    [Fact]
    public async Task A_line_is_marked_while_others_are_saved_and_with_its_reason_it_no_longer_counts()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        var right = await clinic.AddLotAsync(SessionScene.Ingredient);
        await scene.SaveAsync(draft =>
        {
            draft.Lines[0].VolumeMl = 0.5m;
            draft.Lines.Add(new SaveSessionDraft.Line { LotId = right, VolumeMl = 0.1m, SealedAmpoules = 1 });
            draft.Acknowledged = ["tr-two-hyaluronic-acids"];
        });
        var page = await OpenAsync(scene);
        Assert.True(page.Find(".ack input:checked").HasAttribute("disabled"));

        await page.OnAsync("button[aria-label^='Entered by mistake']", button => button.ClickAsync());
        await page.OnAsync("#ml-1", field => field.ChangeAsync("0.2"));
        await page.WaitForAssertionAsync(async () => Assert.Equal([(0.5m, null), (0.2m, null)], await LinesAsync(clinic)), Patience);
        await page.OnAsync("#mistake-0", field => field.ChangeAsync("Wrong pack "));

        await page.WaitForAssertionAsync(async () => Assert.Equal([(0.5m, "Wrong pack"), (0.2m, null)], await LinesAsync(clinic)), Patience);
        Assert.Equal("Wrong pack ", page.Find("#mistake-0").GetAttribute("value"));
    }

    [Fact]
    public async Task A_lot_whose_line_does_not_count_comes_in_anew_when_it_is_scanned()
    {
        var mistaken = new SaveSessionDraft.Line { LotId = Lot.Id, VolumeMl = 1, IsBegun = true, Mistake = "The pack beside it was scanned" };
        var draft = new SaveSessionDraft.Command { Lines = [mistaken] };
        var table = Table(draft);

        await table.PressAsync("Add or scan");
        var search = table.OnAsync("#find-lot", field => field.InputAsync("HA-3"));
        await table.OnAsync("#find-lot", field => field.KeyDownAsync("Enter"));
        await search;

        Assert.Equal(2, draft.Lines.Count);
        Assert.Equal((1, Lot.Id, null), (mistaken.Ampoules, draft.Lines[1].LotId, draft.Lines[1].Mistake));
    }

    [Fact]
    public async Task Words_of_a_reason_stay_as_they_are_typed()
    {
        var line = new SaveSessionDraft.Line { Mistake = "" };
        var note = Render<MistakeNote>(p => p.Add(n => n.Line, line).Add(n => n.Name, "Hyaluron").Add(n => n.Id, "mistake-0"));

        await note.OnAsync("input[type=text]", field => field.ChangeAsync("Wrong "));

        Assert.Equal("Wrong ", line.Mistake);
    }

    [Fact]
    public async Task A_stopped_session_marks_a_mistake_and_corrects_its_reason()
    {
        var line = new SaveSessionDraft.Line { LotId = Lot.Id, VolumeMl = 1, IsBegun = true };
        var table = Table(new SaveSessionDraft.Command { Lines = [line] }, stopped: true);

        await table.OnAsync("button[aria-label^='Entered by mistake']", button => button.ClickAsync());
        await table.OnAsync("#mistake-0", field => field.ChangeAsync("Wrong pack"));

        Assert.Equal(("Wrong pack", 2), (line.Mistake, changes));
        Assert.False(table.Find("#mistake-0").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_corrected_volume_asks_no_opened_ampoule_back()
    {
        var line = new SaveSessionDraft.Line { LotId = Lot.Id, VolumeMl = 2, IsBegun = true };
        var table = Table(new SaveSessionDraft.Command { Lines = [line] }, saved: [new() { LotId = Lot.Id, VolumeMl = 2 }]);

        await table.OnAsync("#ml-0", field => field.ChangeAsync("6"));
        Assert.Equal(3, line.Ampoules);
        await table.OnAsync("#ml-0", field => field.ChangeAsync("3"));
        Assert.Equal(2, line.Ampoules);

        await table.OnAsync("#ml-0", field => field.ChangeAsync("6"));
        table.Render(p => p.Add(t => t.Saved, [new() { LotId = Lot.Id, VolumeMl = 6, Ampoules = 3 }]));
        await table.OnAsync("#ml-0", field => field.ChangeAsync("3"));
        Assert.Equal(3, line.Ampoules);
    }

    [Fact]
    public void A_mistake_that_was_saved_before_the_stop_stays_one()
    {
        var line = new SaveSessionDraft.Line { LotId = Lot.Id, VolumeMl = 1, IsBegun = true, Mistake = "Wrong pack" };

        Assert.Contains("injected after all", Table(new SaveSessionDraft.Command { Lines = [line] }, stopped: true).Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("injected after all", Table(new SaveSessionDraft.Command { Lines = [line] }, stopped: true, saved: [line]).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_count_is_no_part_of_the_mix_and_its_recall_stops_nobody()
    {
        Services.AddSingleton<TimeProvider>(new FakeClock(TestClinic.Start));
        Services.AddSingleton<SafetyNews>();
        SaveSessionDraft.Line mistaken = new() { LotId = Lot.Id, IsBegun = true, Mistake = "Wrong pack" };
        var draft = new SaveSessionDraft.Command { Lines = [mistaken, new() { LotId = Guid.NewGuid(), VolumeMl = 1, IsBegun = true }] };

        var table = Table(draft, rulesByLine: [[], []]);
        Assert.DoesNotContain("compatible", table.Find(".ck-mix").TextContent, StringComparison.Ordinal);
        Assert.NotNull(table.Find("a[href='sessions/1/label']"));

        Assert.Contains("stop now", Alert([new() { LotId = Lot.Id, VolumeMl = 1 }]), StringComparison.Ordinal);
        Assert.Contains("by mistake and does not count", Alert(draft.Lines), StringComparison.Ordinal);

        string Alert(IReadOnlyList<SaveSessionDraft.Line> saved) =>
            Render<RecallAlert>(p => p.Add(a => a.Draft, draft).Add(a => a.Saved, saved).Add(a => a.Lots, [Lot with { RecallReason = "Particles." }]).Add(a => a.Started, true)).Find("[role=alert]").TextContent;
    }

    private static async Task<List<(decimal, string?)>> LinesAsync(TestClinic clinic) =>
        (await clinic.InDatabaseAsync(db => db.CocktailLines.AsNoTracking().OrderBy(l => l.Position).Select(l => new { l.VolumeMl, l.Mistake }).ToListAsync())).ConvertAll(l => (l.VolumeMl, l.Mistake));

    private IRenderedComponent<CocktailTable> Table(SaveSessionDraft.Command draft, bool stopped = false, IReadOnlyList<SaveSessionDraft.Line>? saved = null, IReadOnlyList<IReadOnlyList<string>>? rulesByLine = null) => Render<CocktailTable>(p => p
        .Add(t => t.Saved, saved ?? []).Add(t => t.RulesByLine, rulesByLine ?? []).Add(t => t.Label, "sessions/1/label")
        .Add(t => t.Draft, draft).Add(t => t.Lots, [Lot]).Add(t => t.Disabled, stopped).Add(t => t.OnChanged, () => changes++)
        .Add(t => t.Catalogue, [new ListProducts.ProductRow(Hyaluron, "Hyaluron 1 %", "Test laboratories", [new ProductIngredient("ing-hyaluronic-acid", 10)], [], true, true, Guid.Empty, AmpouleMl: 2)])
        .Add(t => t.Search, (_, _) => Task.FromResult<IReadOnlyList<FindForMixing.Item>>([new FindForMixing.Item("Hyaluron 1 %", "", Lot, null)]))
        .AddCascadingValue(new EditContext(draft)));

    private async Task<IRenderedComponent<SessionPage>> OpenAsync(SessionScene scene)
    {
        this.UseClinic(scene.Clinic, scene.Practitioner, "Cosmetologist");
        Services.AddSingleton(new ClinicCardSource(new ClinicCard("Test clinic", "020 7946 0142", "999", Demo: false)));
        Services.AddSingleton<TimeProvider>(scene.Clinic.Clock);
        Services.AddSingleton<SessionScreens>();
        Services.AddSingleton(scene.Clinic.Scope().ServiceProvider.GetRequiredService<SafetyNews>());
        var page = Render<SessionPage>(parameters => parameters.Add(p => p.Id, scene.Session));
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll(".panel .verdict")), Patience);
        return page;
    }
}
