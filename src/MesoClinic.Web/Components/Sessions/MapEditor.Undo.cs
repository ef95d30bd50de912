using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>Steps back and forth.</summary>
public sealed partial class MapEditor
{
    /// <summary>Each step holds every point of the map.</summary>
    private const int MostSteps = 100;

    private readonly List<Step> _undo = [];
    private readonly List<Step> _redo = [];

    public bool CanUndo => _undo.Count > 0;

    public bool CanRedo => _redo.Count > 0;

    public void Undo() => Swap(_undo, _redo, "Undone");

    public void Redo() => Swap(_redo, _undo, "Done again");

    /// <summary>Another version stands in the draft: there is no way back behind it.</summary>
    public void Renew()
    {
        _undo.Clear();
        _redo.Clear();
        Selected = Selected is { } shape && Of(shape) is not null ? shape : null;
        (Entry, Problem, _wanted, _spacing) = (null, null, null, null);
    }

    /// <param name="plan">What is typed beside the map is about to change as well, and comes back with the step.</param>
    private void Remember(bool plan = false)
    {
        if (_undo.Count == MostSteps)
        {
            _undo.RemoveAt(0);
        }

        _undo.Add(Now(plan));
        _redo.Clear();
    }

    private Step Now(bool plan) => new([.. Draft.Areas], Draft.Sites.ConvertAll(site => (site, site.Points, site.Done)), plan ? Typed.Of(Draft) : null);

    private void Swap(List<Step> from, List<Step> to, string said)
    {
        if (from.Count == 0)
        {
            return;
        }

        var step = from[^1];
        to.Add(Now(step.Typed is not null));
        from.RemoveAt(from.Count - 1);
        Draft.Areas = step.Areas;
        Draft.Sites = [.. step.Sites.Select(kept => Back(kept.Site, kept.Points, kept.Done)), .. SinceThen(step).Select(site => Back(site, [], done: false))];
        step.Typed?.PutBack(Draft);
        if (Selected is { } shape && Of(shape) is null)
        {
            Selected = null;
        }

        (Entry, Problem, _wanted, _spacing, Said) = (null, null, null, null, said);
        FollowMap();
    }

    /// <summary>Sides of the areas of this step that were taken up only later: they had no points then.</summary>
    private List<SaveSessionDraft.Site> SinceThen(Step step) => Draft.Sites.FindAll(site => step.Areas.Contains(site.Area) && !step.Sites.Exists(kept => (kept.Site.View, kept.Site.Area, kept.Site.Side) == (site.View, site.Area, site.Side)));

    private static SaveSessionDraft.Site Back(SaveSessionDraft.Site site, IReadOnlyList<InjectionPoint> points, bool done)
    {
        (site.Points, site.Done) = (points, done);
        return site;
    }

    /// <summary>Depth and volume are typed beside the map and stay as they are, unless the step itself has written them.</summary>
    private sealed record Step(List<string> Areas, List<(SaveSessionDraft.Site Site, IReadOnlyList<InjectionPoint> Points, bool Done)> Sites, Typed? Typed);
}
