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

    private void Remember()
    {
        if (_undo.Count == MostSteps)
        {
            _undo.RemoveAt(0);
        }

        _undo.Add(Now());
        _redo.Clear();
    }

    private Step Now() => new([.. Draft.Areas], Draft.Sites.ConvertAll(site => (site, site.Points, site.Done)));

    private void Swap(List<Step> from, List<Step> to, string said)
    {
        if (from.Count == 0)
        {
            return;
        }

        to.Add(Now());
        var step = from[^1];
        from.RemoveAt(from.Count - 1);
        Draft.Areas = step.Areas;
        Draft.Sites = step.Sites.ConvertAll(kept =>
        {
            (kept.Site.Points, kept.Site.Done) = (kept.Points, kept.Done);
            return kept.Site;
        });
        if (Selected is { } shape && Of(shape) is null)
        {
            Selected = null;
        }

        (Entry, Problem, _wanted, _spacing, Said) = (null, null, null, null, said);
        FollowMap();
    }

    /// <summary>Depth and volume are typed beside the map and stay as they are.</summary>
    private sealed record Step(List<string> Areas, List<(SaveSessionDraft.Site Site, IReadOnlyList<InjectionPoint> Points, bool Done)> Sites);
}
