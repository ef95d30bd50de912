using System.Globalization;
using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Rules;
using MesoClinic.Rules.Cocktails;
using MesoClinic.Rules.Facts;
using MesoClinic.Web.Components.Cocktails;
using MesoClinic.Web.Components.Shared;
using MesoClinic.Web.Components.Shared.Forms;
using Microsoft.AspNetCore.Components;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>What is mixed: from a ready-made preparation or by a recipe of one's own, line by line with its lot, volume and check.</summary>
public sealed partial class CocktailTable
{
    /// <summary>Speaks of the whole plan; the line that it is about is known from the tests.</summary>
    private const string UntestedRule = "ci-skin-test-missing";

    private readonly Dictionary<SaveSessionDraft.Line, int> _filled = [];
    private Panel _open;
    private string? _refused;
    private string? _said;
    private FindForMixing.Item? _guess;
    private Combobox<FindForMixing.Item>? _finder;
    private ElementReference _recipes;
    private string? _filledIn;

    private enum Panel
    {
        None,
        Finder,
        Recipes,
    }

    [Parameter, EditorRequired] public required SaveSessionDraft.Command Draft { get; set; }

    /// <summary>Usable lots and those of the draft; a lot that is scanned joins them.</summary>
    [Parameter, EditorRequired] public required List<ListLots.LotRow> Lots { get; set; }
    [Parameter] public IReadOnlyList<ListProducts.ProductRow> Catalogue { get; set; } = [];
    [Parameter] public Func<string, CancellationToken, Task<IReadOnlyList<FindForMixing.Item>>> Search { get; set; } = (_, _) => Task.FromResult<IReadOnlyList<FindForMixing.Item>>([]);
    [Parameter] public IReadOnlyDictionary<string, string[]> Problems { get; set; } = new Dictionary<string, string[]>(StringComparer.Ordinal);

    /// <summary>What the rule book says of the saved draft.</summary>
    [Parameter] public IReadOnlyList<Finding> Findings { get; set; } = [];

    /// <summary>For each line the rules that are about its product; empty while the draft is not checked.</summary>
    [Parameter] public IReadOnlyList<IReadOnlyList<string>> RulesByLine { get; set; } = [];

    /// <summary>For each line whether what it holds was tested on this patient.</summary>
    [Parameter] public IReadOnlyList<PreviewSession.LineTest> Tests { get; set; } = [];

    /// <summary>The lines as they stand on the server.</summary>
    [Parameter] public IReadOnlyList<SaveSessionDraft.Line> Saved { get; set; } = [];

    /// <summary>Where the label for the syringe is printed.</summary>
    [Parameter] public string? Label { get; set; }
    /// <summary>Stopped: nothing more is mixed. The volumes can still be put right, and mistakes marked.</summary>
    [Parameter] public bool Disabled { get; set; }
    [Parameter] public EventCallback OnChanged { get; set; }
    [CascadingParameter] private SessionKnowledge? Knowledge { get; set; }

    /// <summary>What cannot be a volume is not in the mix.</summary>
    private decimal Total => Draft.Counted().Sum(l => l.VolumeMl is { } ml and > 0 and <= SaveSessionDraft.Validator.MostLineMl ? ml : 0);

    private decimal? Needed => Draft.Totals().NeededMl;

    private bool IsChecked => RulesByLine.Count == Draft.Lines.Count;

    private Decision? WorstPair => Findings.Where(f => f.Rule.StartsWith("ic-", StringComparison.Ordinal)).Select(f => (Decision?)f.Action).Max();

    private IReadOnlyList<MixStrength> Strengths => MixStrength.Of(
        Draft.Counted().SelectMany(line => ProductOf(LotOf(line))?.Ingredients.Select(i => new Dose(i.Ingredient, i.MgPerMl * line.VolumeMl, line.VolumeMl)) ?? []),
        Draft.Counted().TrueForAll(line => line.VolumeMl > 0) ? Total : null);

    private static string Ml(decimal ml) => ml.ToString("0.00##", CultureInfo.InvariantCulture);

    private static string Figure(decimal value) => value.ToString(value < 10 ? "0.##" : "0.#", CultureInfo.InvariantCulture);

    private ListLots.LotRow? LotOf(SaveSessionDraft.Line line) => Lots.Find(l => l.Id == line.LotId);

    private ListProducts.ProductRow? ProductOf(ListLots.LotRow? lot) => Catalogue.FirstOrDefault(p => p.Id == lot?.ProductId);

    private ListLots.LotRow? Sooner(ListLots.LotRow? lot) => lot is null ? null : Lots.Where(l => l.ProductId == lot.ProductId && l.IsUsable && l.ExpiresOn < lot.ExpiresOn).MinBy(l => l.ExpiresOn);

    /// <summary>"Hyaluronic acid, 10 mg/ml", or the maker while the catalogue is not there.</summary>
    private string Contents(ListLots.LotRow? lot) => ProductOf(lot) is { } product && Knowledge is not null
        ? product.Ingredients.Count switch
        {
            1 when product.Ingredients[0].MgPerMl is { } mg => string.Create(CultureInfo.InvariantCulture, $"{Knowledge.Ingredient(product.Ingredients[0].Ingredient)}, {mg:0.####} mg/ml"),
            1 => Knowledge.Ingredient(product.Ingredients[0].Ingredient),
            var count => $"Ready-made mix of {count}",
        }
        : lot?.Manufacturer ?? "";

    private string? Error(int line, string field) => Problems.GetValueOrDefault($"Lines[{line}].{field}")?.FirstOrDefault();

    /// <summary>What the server says of a volume; that none is measured out yet stands under Check.</summary>
    private string? VolumeProblem(int line) => Draft.Lines[line].VolumeMl is null ? null : Error(line, nameof(SaveSessionDraft.Line.VolumeMl));

    private SaveSessionDraft.Line? SavedAt(int line) => Saved.ElementAtOrDefault(line) is { } saved && saved.LotId == Draft.Lines[line].LotId ? saved : null;

    private PreviewSession.LineTest? TestOf(int line) => Tests.ElementAtOrDefault(line) is { } test && test.LotId == Draft.Lines[line].LotId ? test : null;

    private IEnumerable<Finding> FindingsOf(int line) => IsChecked ? Findings.Where(finding => RulesByLine[line].Contains(finding.Rule, StringComparer.Ordinal)) : [];

    private RenderFragment Check(int at, SaveSessionDraft.Line line)
    {
        var worst = FindingsOf(at).Select(f => (Decision?)f.Action).Max();
        return line.Mistake is not null ? Say("Does not count", null)
            : LotOf(line)?.State == ListLots.LotState.Recalled ? Say("Recalled", Decision.Refuse)
            : Error(at, "LotId") is not null ? Say("Not this lot", Decision.Refuse)
            : line.VolumeMl is not > 0 ? Say("Measure it out", Decision.Incomplete)
            : !IsChecked ? Say("Not checked yet", null)
            : worst > Decision.AllowWithCaution ? Say(worst.Value.Word(), worst)
            : worst is not null ? Say("With caution", worst)
            : TestOf(at) is { IsMissing: true } && Findings.FirstOrDefault(f => f.Rule == UntestedRule) is { } untested ? Say("Not tested", untested.Action)
            : TestOf(at)?.On is { } day ? Say($"Tested {day.Short()}", Decision.Allow)
            : Say("Fits", Decision.Allow);
    }

    private static RenderFragment Say(string text, Decision? decision) => builder =>
    {
        builder.OpenComponent<Flag>(0);
        builder.AddComponentParameter(1, nameof(Flag.Decision), decision);
        builder.AddComponentParameter(2, nameof(Flag.Symbol), decision is null ? "clock" : null);
        builder.AddComponentParameter(3, nameof(Flag.Strong), decision > Decision.AllowWithCaution);
        builder.AddComponentParameter(4, nameof(Flag.ChildContent), (RenderFragment)(inner => inner.AddContent(0, text)));
        builder.CloseComponent();
    };

    private void Toggle(Panel panel) => (_open, _refused, _said, _guess, _filledIn) = (_open == panel ? Panel.None : panel, null, null, null, null);

    private Task ChangedAsync() => OnChanged.InvokeAsync();

    private async Task TakeAsync(FindForMixing.Item? item)
    {
        // Who scans on has not looked at the pack that was asked about.
        var left = item is not null && _guess is { Lot: { } guessed } unanswered && guessed.Id != item.Lot?.Id ? $"{unanswered.Product} was not added: its lot {guessed.Number} was not confirmed." : null;
        (_said, _guess, _refused) = (left, null, item?.Refusal);
        if (item is { Refusal: null, IsGuess: true })
        {
            _guess = item;
        }
        else if (item is { Refusal: null, Lot: { } lot })
        {
            await AddAsync(item.Product, lot);
            _said = left is null ? _said : $"{left} {_said}";
        }
    }

    /// <summary>The same lot again is one more ampoule of it. Where its line is a mistake, this one is the first that counts.</summary>
    private async Task AddAsync(string product, ListLots.LotRow lot)
    {
        if (Draft.Lines.Find(l => l.LotId == lot.Id && l.Mistake is null) is { } line)
        {
            line.Ampoules = (line.Ampoules ?? 0) + 1;
            _said = $"Lot {lot.Number}: {LotWords.Ampoules(line.Ampoules.Value)} now.";
        }
        else
        {
            if (!Lots.Exists(l => l.Id == lot.Id))
            {
                Lots.Add(lot);
            }

            Draft.Lines.Add(new SaveSessionDraft.Line { LotId = lot.Id });
            _said = $"{product}, lot {lot.Number}, is added.";
        }

        await ChangedAsync();
    }

    /// <summary>The ampoules follow the volume, as long as nobody has said another number. What was opened since the start does not go back.</summary>
    private Task MeasuredAsync(SaveSessionDraft.Line line)
    {
        if (!Disabled && ProductOf(LotOf(line))?.AmpouleMl is { } held)
        {
            var opened = line.IsBegun ? SavedAt(Draft.Lines.IndexOf(line))?.Ampoules ?? 1 : 1;
            var needed = Math.Max(Product.AmpoulesFor(line.VolumeMl, held), opened);
            if (line.Ampoules is not { } said || said < needed || (_filled.TryGetValue(line, out var filled) && filled == said))
            {
                line.Ampoules = _filled[line] = needed;
            }
        }

        return ChangedAsync();
    }

    /// <summary>What is left in the opened ampoules, in ml; null while it is not known, or nothing is.</summary>
    private decimal? RestOf(SaveSessionDraft.Line line) => ProductOf(LotOf(line))?.AmpouleMl * line.Ampoules - line.VolumeMl is { } rest and > 0 && line.VolumeMl > 0 ? rest : null;

    private async Task AddGuessAsync()
    {
        if (_guess is { Lot: { } lot } guess)
        {
            _guess = null;
            await AddAsync(guess.Product, lot);
            await FocusFinderAsync();
        }
    }

    private async Task DropGuessAsync()
    {
        (_guess, _said) = (null, "Type the lot number as it stands on the pack.");
        await FocusFinderAsync();
    }

    private Task FocusFinderAsync() => _finder?.FocusAsync() ?? Task.CompletedTask;

    private async Task UseAsync(RecipeFill fill)
    {
        // What the injections began with stays.
        Draft.Lines = [.. Draft.Lines.Where(line => line.IsBegun), .. fill.Lines];
        if (fill.Missing.Count == 0)
        {
            // What could not be filled in is said in the panel, which stays open for it.
            _open = Panel.None;
            _filledIn = fill.Lines.Count == 1 ? "One line of the recipe is in the cocktail." : $"{fill.Lines.Count} lines of the recipe are in the cocktail.";
            await _recipes.FocusAsync();
        }

        await ChangedAsync();
    }

    private Task ChangeLotAsync(SaveSessionDraft.Line line, Guid lot)
    {
        line.LotId = lot;
        return ChangedAsync();
    }

    private Task RemoveAsync(SaveSessionDraft.Line line)
    {
        if (line.IsBegun)
        {
            // Kept once its reason is written.
            line.Mistake ??= "";
        }
        else
        {
            Draft.Lines.Remove(line);
        }

        return ChangedAsync();
    }
}
