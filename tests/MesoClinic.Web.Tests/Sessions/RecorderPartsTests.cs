using Bunit;
using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Rules;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Components.Shared.Forms;
using Microsoft.AspNetCore.Components.Forms;

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

    [Theory]
    [InlineData("Enter")]
    [InlineData(" ")]
    public void An_area_is_chosen_on_the_drawing_by_keyboard(string key)
    {
        var chosen = new List<string>();
        var map = Render<BodyMap>(p => p.Add(m => m.Areas, [new Choice("forehead", "Forehead")]).Add(m => m.Selected, []).Add(m => m.OnToggle, chosen.Add));

        map.Find("path[aria-label='Forehead']").KeyDown(key);

        Assert.Equal(["forehead"], chosen);
    }

    [Fact]
    public void A_chosen_area_is_pressed_on_the_drawing_and_in_the_list()
    {
        var map = Render<BodyMap>(p => p.Add(m => m.Areas, [new Choice("forehead", "Forehead")]).Add(m => m.Selected, ["forehead"]));

        Assert.Equal("true", map.Find("path[aria-label='Forehead']").GetAttribute("aria-pressed"));
        Assert.Contains("Forehead", map.Find("button.area[aria-pressed='true']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Adding_a_product_takes_the_usable_lot_that_expires_first()
    {
        var draft = new SaveSessionDraft.Command();

        Table(draft).Find("#add-lot").Change(Table(draft).Find("#add-lot option:nth-child(2)").GetAttribute("value"));

        Assert.Equal(Soon, Assert.Single(draft.Lines).LotId);
    }

    [Fact]
    public void A_finding_stands_under_the_line_of_the_product_that_it_is_about()
    {
        var draft = new SaveSessionDraft.Command { Lines = [new() { LotId = Soon, VolumeMl = 1 }, new() { LotId = Later, VolumeMl = 1 }] };
        Finding finding = new("tr-x", Tier.Caution, Decision.AllowWithCaution, "Planned twice", "In both products", "", null, [], []);

        var rows = Table(draft, findings: [finding], rulesByLine: [[], [finding.Rule]]).FindAll("tbody tr");

        Assert.Equal(3, rows.Count);
        Assert.Contains("Planned twice. In both products.", rows[2].TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HA-1", "Lot HA-1 expired on 1 May 2026. Take another lot.")]
    [InlineData("XX-9", "No lot XX-9 in the clinic's stock.")]
    public void A_typed_lot_that_cannot_be_used_is_refused_in_words(string typed, string message)
    {
        var draft = new SaveSessionDraft.Command();
        var table = Table(draft);

        table.Find("#find-lot").Change(typed);

        Assert.Empty(draft.Lines);
        Assert.StartsWith(message, table.Find("[role=alert]").TextContent.Trim(), StringComparison.Ordinal);
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

    private static ListLots.LotRow Lot(Guid id, string number, DateOnly expires, ListLots.LotState state) =>
        new(id, Hyaluron, "Hyaluron 1 %", "Test laboratories", number, expires, new DateOnly(2026, 1, 1), 20, 20, null, state, Guid.Empty);

    private IRenderedComponent<CocktailTable> Table(
        SaveSessionDraft.Command draft, Dictionary<string, string[]>? problems = null, IReadOnlyList<Finding>? findings = null, IReadOnlyList<IReadOnlyList<string>>? rulesByLine = null) => Render<CocktailTable>(p =>
    {
        p.Add(t => t.Draft, draft).Add(t => t.Lots, Lots).Add(t => t.Findings, findings ?? []).Add(t => t.RulesByLine, rulesByLine ?? []).AddCascadingValue(new EditContext(draft));
        if (problems is not null)
        {
            p.Add(t => t.Problems, problems);
        }
    });
}
