using Bunit;
using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Tests.Shared;

namespace MesoClinic.Web.Tests.Sessions;

/// <summary>What is found or scanned goes into the cocktail, or does not.</summary>
public sealed class CocktailScanTests : CocktailContext
{
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
    public async Task What_must_not_be_used_looks_refused_in_the_list()
    {
        var table = Table(new SaveSessionDraft.Command(), found: new FindForMixing.Item("Hyaluron 1 %", "", Lots[0], "Lot HA-1 is recalled."));
        await table.PressAsync("Add or scan");

        await table.OnAsync("#find-lot", field => field.InputAsync("HA-1"));

        Assert.Equal("Lot HA-1 is recalled.", table.Find("[role=option] .is-refuse").TextContent);
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
    public async Task Whoever_adds_a_product_can_scan_at_once()
    {
        var table = Table(new SaveSessionDraft.Command());

        await table.PressAsync("Add or scan");

        JSInterop.VerifyFocusAsyncInvoke();
    }

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
}
