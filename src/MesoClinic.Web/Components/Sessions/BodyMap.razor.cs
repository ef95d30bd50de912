using System.Globalization;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Sessions.Mapping;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace MesoClinic.Web.Components.Sessions;

public sealed partial class BodyMap
{
    private const int FirstViews = 4;
    private const double StepMm = 2;
    private static readonly Dictionary<AreaShape, string> Outlines = BodyView.All.SelectMany(view => view.Shapes).ToDictionary(shape => shape, MapDrawing.Outline);

    private string _ghost = "";
    private ElementReference _undo;
    private ElementReference _clear;
    private Question? _question;

    [Parameter, EditorRequired] public required MapEditor Editor { get; set; }

    /// <summary>Sessions of the same patient to compare with.</summary>
    [Parameter] public IReadOnlyList<ListEarlierMaps.Map> Earlier { get; set; } = [];

    /// <summary>By property path of the draft, as the server answered.</summary>
    [Parameter] public IReadOnlyDictionary<string, string[]> Problems { get; set; } = new Dictionary<string, string[]>(StringComparer.Ordinal);

    /// <summary>The draft has changed.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    /// <summary>Another side was taken up, or another view.</summary>
    [Parameter] public EventCallback OnTaken { get; set; }

    /// <summary>The injections have begun: only then can an area be done.</summary>
    [Parameter] public bool Started { get; set; }
    [CascadingParameter] private SessionKnowledge Knowledge { get; set; } = default!;

    private string ViewBox => string.Create(CultureInfo.InvariantCulture, $"0 0 {Editor.View.WidthMm} {Editor.View.HeightMm}");

    private string Cross => string.Create(CultureInfo.InvariantCulture, $"M{-Editor.View.WidthMm / 40} 0h{Editor.View.WidthMm / 20}M0 {-Editor.View.WidthMm / 40}v{Editor.View.WidthMm / 20}");

    private string MoreView => BodyView.All.Skip(FirstViews).Contains(Editor.View) ? Editor.View.Id : "";

    private string? MapProblem => Problems.FirstOrDefault(problem => problem.Key.StartsWith("Sites", StringComparison.Ordinal) && (problem.Key == "Sites" || problem.Key.EndsWith(".Points", StringComparison.Ordinal))).Value?.FirstOrDefault();

    private IEnumerable<(string View, string Area, string Side, IReadOnlyList<InjectionPoint> Points)> Ghosts =>
        Earlier.FirstOrDefault(map => map.SessionId.ToString() == _ghost)?.Areas.SelectMany(area => area.Sites.Where(site => site.View == Editor.View.Id).Select(site => (site.View, area.Area, site.Side, site.Points))) ?? [];

    /// <summary>The newest session that was carried through, of the same indication.</summary>
    private ListEarlierMaps.Map? Last => Earlier.FirstOrDefault(map => !map.WasStopped && (Editor.Draft.Indication is null || map.Indication == Editor.Draft.Indication));

    private static string Short(BodyView view) => view.Id switch
    {
        "face-front" => "Front",
        "face-left" => "Left",
        "face-right" => "Right",
        _ => view.Title,
    };

    private static string OutlineOf(AreaShape shape) => Outlines[shape];

    private static string KeyOf(AreaShape shape) => $"{shape.Area}/{shape.Side}";

    private bool IsChosen(AreaShape shape) => Editor.Draft.Areas.Contains(shape.Area);

    private string LabelOf(AreaShape shape) => IsChosen(shape) ? $"{Knowledge.Side(shape.Area, shape.Side)}, {CountOf(shape)}" : Knowledge.Side(shape.Area, shape.Side);

    private string CountOf(AreaShape shape)
    {
        if (Editor.Of(shape) is not { Points.Count: > 0 } site)
        {
            return "no points yet";
        }

        var ml = site.Points.Count * (site.VolumePerPointMl ?? Editor.Draft.VolumePerInjectionMl);
        return string.Create(CultureInfo.InvariantCulture, $"{site.Points.Count} {(site.Done ? "done" : "to do")}{(ml is null ? "" : $", {ml:0.###} ml")}{(Editor.IsElsewhere(shape) ? $", {Short(shape.View).ToLowerInvariant()}" : "")}");
    }

    private Task ShowMoreAsync(string? id) => BodyView.Find(id ?? "") is { } view ? ShowAsync(view) : Task.CompletedTask;

    private Task ShowAsync(BodyView view)
    {
        Editor.Show(view);
        return OnTaken.InvokeAsync();
    }

    private async Task TapAsync(MapTapEventArgs tap)
    {
        var at = tap is { X: { } x, Y: { } y } ? new MapPoint(x, y) : (MapPoint?)null;
        var shape = Editor.Selected is { } current && at is { } there && current.Contains(there) ? current : Editor.View.Shapes.FirstOrDefault(s => KeyOf(s) == tap.Shape);
        if (shape is null)
        {
            return;
        }

        if (Editor.Slips(shape))
        {
            await OnTaken.InvokeAsync();
        }
        else if (shape != Editor.Selected)
        {
            await TakeAsync(shape);
        }
        else if (at is { } place && Editor.Tap(place, Math.Min(tap.Reach, Editor.View.WidthMm / 30)))
        {
            await OnChanged.InvokeAsync();
        }
    }

    private async Task KeyAsync(KeyboardEventArgs e, AreaShape shape)
    {
        var step = e.ShiftKey ? 5 * StepMm : StepMm;
        switch (e.Key)
        {
            case "Enter" or " " when shape != Editor.Selected:
                await TakeAsync(shape);
                break;
            case "Enter" or " " when Editor.ByTap && Editor.Cursor is { } at:
                await DoAsync(() => Editor.Tap(at, 0));
                break;
            case "Delete" or "Backspace" when shape == Editor.Selected:
                await DoAsync(() => Editor.Delete(2 * StepMm));
                break;
            case "ArrowLeft" when shape == Editor.Selected:
                Editor.Move(-step, 0);
                break;
            case "ArrowRight" when shape == Editor.Selected:
                Editor.Move(step, 0);
                break;
            case "ArrowUp" when shape == Editor.Selected:
                Editor.Move(0, -step);
                break;
            case "ArrowDown" when shape == Editor.Selected:
                Editor.Move(0, step);
                break;
        }
    }

    private Task ShortcutAsync(KeyboardEventArgs e) =>
        !(e.CtrlKey || e.MetaKey) ? Task.CompletedTask
        : e.Key is "y" or "Y" || (e.Key is "z" or "Z" && e.ShiftKey) ? DoAsync(Editor.Redo)
        : e.Key is "z" or "Z" ? DoAsync(Editor.Undo)
        : Task.CompletedTask;

    private Task AddAsync(string? area) => string.IsNullOrEmpty(area) ? Task.CompletedTask : TakeAsync(BodyView.Showing(area, [.. Editor.Draft.Areas, area]).First());

    private async Task TakeAsync(AreaShape shape)
    {
        if (Editor.Take(shape))
        {
            await OnChanged.InvokeAsync();
        }

        await OnTaken.InvokeAsync();
    }

    private async Task RepeatAsync(ListEarlierMaps.Map last)
    {
        await DoAsync(() => Editor.Repeat(last));

        // The button is gone with what it was offered for; this one takes its work back.
        await _undo.FocusAsync();
    }

    /// <summary>Points of an area that is done were injected: they go only after a question.</summary>
    private Task ClearAsync(SaveSessionDraft.Site site)
    {
        if (site.Points.Count == 0)
        {
            return Task.CompletedTask;
        }

        if (site.Done)
        {
            _question = new Question(Editor.Selected!, $"This area is marked as done. Clear its {site.Points.Count} points?", "Clear them", Editor.Clear);
            return Task.CompletedTask;
        }

        return DoAsync(Editor.Clear);
    }

    private Task LeaveOutAsync(AreaShape side)
    {
        if (Editor.Draft.Sites.Where(site => site.Area == side.Area && site.Done).Sum(site => site.Points.Count) is > 0 and var done)
        {
            _question = new Question(side, $"{Knowledge.Area(side.Area)}: {done} points are marked as done. Leave the area out with its points?", "Leave it out", () => Editor.LeaveOut(side.Area));
            return Task.CompletedTask;
        }

        return DoAsync(() => Editor.LeaveOut(side.Area));
    }

    private async Task AnswerAsync()
    {
        var act = _question!.Act;
        _question = null;
        await DoAsync(act);
        await (Editor.Selected is null ? _undo : _clear).FocusAsync();
    }

    private async Task KeepAsync()
    {
        _question = null;
        await _clear.FocusAsync();
    }

    private Task DoAsync(Action act)
    {
        act();
        return OnChanged.InvokeAsync();
    }

    /// <param name="Side">It is asked while this one is worked on.</param>
    private sealed record Question(AreaShape Side, string What, string Yes, Action Act);
}
