using Bunit;
using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Rules;
using MesoClinic.Web.Components.Sessions;
using Microsoft.AspNetCore.Components.Forms;

namespace MesoClinic.Web.Tests.Sessions;

/// <summary>The cocktail of a record alone: three lots of one product, and whatever is to be found.</summary>
public abstract class CocktailContext : BunitContext
{
    private protected static readonly Guid Soon = Guid.NewGuid();
    private protected static readonly Guid Later = Guid.NewGuid();
    private protected static readonly Guid Expired = Guid.NewGuid();
    private protected static readonly Guid Hyaluron = Guid.NewGuid();

    private protected static readonly IReadOnlyList<ListLots.LotRow> Lots =
    [
        Lot(Expired, "HA-1", new DateOnly(2026, 5, 1), ListLots.LotState.Expired),
        Lot(Soon, "HA-2", new DateOnly(2026, 7, 1), ListLots.LotState.Usable),
        Lot(Later, "HA-3", new DateOnly(2027, 7, 1), ListLots.LotState.Usable),
    ];

    private protected static ListLots.LotRow Lot(Guid id, string number, DateOnly expires, ListLots.LotState state) =>
        new(id, Hyaluron, "Hyaluron 1 %", "Test laboratories", number, expires, new DateOnly(2026, 1, 1), 20, 20, null, state, Guid.Empty);

    private protected IRenderedComponent<CocktailTable> Table(
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
