using System.Globalization;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Sessions.Mapping;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>What one does on the body map of a draft: choose areas, lay points out or place them one by one, take steps back.</summary>
public sealed partial class MapEditor
{
    private int? _wanted;
    private decimal? _spacing;
    private decimal? _channel;

    public MapEditor(SaveSessionDraft.Command draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        (Draft, View) = (draft, BodyView.For(draft.Areas));
    }

    public SaveSessionDraft.Command Draft { get; }
    public BodyView View { get; private set; }

    /// <summary>The side of an area that is worked on.</summary>
    public AreaShape? Selected { get; private set; }

    /// <summary>Points are placed by tap instead of laid out.</summary>
    public bool ByTap { get; private set; }

    /// <summary>Why the last wish was not met, in words.</summary>
    public string? Problem { get; private set; }

    /// <summary>What just happened, for those who do not see it.</summary>
    public string Said { get; private set; } = "";

    /// <summary>Where the keyboard places the next point.</summary>
    public MapPoint? Cursor { get; private set; }

    /// <summary>A channel that has its entry and waits for its end.</summary>
    public MapPoint? Entry { get; private set; }

    public LayoutPattern? Pattern => LayoutPatterns.Of(Draft.Technique);

    public bool HasChannels => Pattern?.HasChannels() == true;

    /// <summary>What stands on the map and is not what the technique makes: "points" or "channels".</summary>
    public string? Misfit => MapCheck.Misfit(Draft.Technique, Draft.Sites.SelectMany(site => site.Points));

    public SaveSessionDraft.Site? Site => Selected is { } shape ? Of(shape) : null;

    /// <summary>Setting it lays so many points out over the selected side.</summary>
    public int? Count
    {
        get => _wanted ?? (Site?.Points.Count is > 0 and var count ? count : null);
        set
        {
            if (value is { } count && Selected is { } shape && Pattern is { } pattern)
            {
                Lay(PointLayout.ByCount(shape, pattern, count, (double?)_channel), count);
            }
        }
    }

    /// <summary>In mm; setting it lays out as many points as fit.</summary>
    public decimal? SpacingMm
    {
        get => _spacing;
        set
        {
            _spacing = value;
            if (value is { } mm && Selected is { } shape && Pattern is { } pattern)
            {
                Lay(PointLayout.BySpacing(shape, pattern, (double)mm, (double?)_channel), null);
            }
        }
    }

    /// <summary>Length of a channel, in mm; setting it lays the same number of channels out anew.</summary>
    public decimal? ChannelMm
    {
        get => _channel;
        set => (_channel, Count) = (value, Count);
    }

    /// <summary>Null while nothing of this side is recorded.</summary>
    public SaveSessionDraft.Site? Of(AreaShape shape) => Draft.Sites.Find(site => site.View == shape.View.Id && site.Area == shape.Area && site.Side == shape.Side);

    /// <summary>The sides of the chosen areas: as their best view shows them, and wherever else they have points.</summary>
    public IEnumerable<AreaShape> Sides() => Draft.Areas.SelectMany(area =>
    {
        var mapped = Draft.Sites.Where(site => site.Area == area && site.Points.Count > 0).Select(site => BodyView.FindShape(site.View, site.Area, site.Side)).OfType<AreaShape>().ToList();
        return BodyView.Showing(area, Draft.Areas).Where(shape => shape == Selected || mapped.Contains(shape) || !mapped.Exists(other => other.Side == shape.Side))
            .Union(mapped).Union(Selected is { } shape && shape.Area == area ? [shape] : []);
    });

    /// <summary>Another view than the one on which this area is usually worked on.</summary>
    public bool IsElsewhere(AreaShape shape) => !BodyView.Showing(shape.Area, Draft.Areas).Contains(shape);

    public void Show(BodyView view)
    {
        (View, Cursor, Entry) = (view, null, null);
        if (Selected?.View != view)
        {
            Selected = null;
        }
    }

    /// <summary>Takes this side up; an area that was not chosen yet becomes one of the session's.</summary>
    public bool Take(AreaShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var added = !Draft.Areas.Contains(shape.Area);
        if (added)
        {
            Remember();
            Draft.Areas = [.. Draft.Areas, shape.Area];
        }

        if (Of(shape) is null)
        {
            // Most areas of a session are treated alike: what was just said of one is offered for the next.
            var (depth, volume) = (Draft.DepthMm is null ? Site?.DepthMm : null, Draft.VolumePerInjectionMl is null ? Site?.VolumePerPointMl : null);
            Draft.Sites.Add(new SaveSessionDraft.Site { View = shape.View.Id, Area = shape.Area, Side = shape.Side, DepthMm = depth, VolumePerPointMl = volume });
        }

        (View, Selected, Cursor, Entry, Problem, _wanted, _spacing) = (shape.View, shape, null, null, null, null, null);
        return added;
    }

    public void LeaveOut(string area)
    {
        Remember();
        Draft.Areas = [.. Draft.Areas.Where(other => other != area)];
        Draft.Sites.RemoveAll(site => site.Area == area);
        (Selected, Cursor, Entry, Problem, _wanted) = (null, null, null, null, null);
        FollowMap();
    }

    public void Use(bool byTap) => (ByTap, Entry, Problem, _wanted) = (byTap, null, null, null);

    public void SetDone(bool done)
    {
        Remember();
        (Site!.Done, Said) = (done, done ? "Marked as done" : "Not done any more");
    }

    public void Clear() => Set([], "No points");

    /// <summary>A tap on the selected side: places a point, or takes the one away that lies there.</summary>
    /// <param name="reachMm">How far a finger reaches on the drawing as it is zoomed.</param>
    public bool Tap(MapPoint at, double reachMm)
    {
        if (Selected is not { } shape || Site is not { } site || !ByTap)
        {
            return false;
        }

        if (Entry is null && Nearest(site, at, reachMm) is { } there)
        {
            Set([.. site.Points.Where((_, index) => index != there)], "Point taken away");
            return true;
        }

        return Place(shape, site, at);
    }

    /// <summary>A finger slipped: while points are placed, no tap adds an area to the session.</summary>
    public bool Slips(AreaShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (!ByTap || Selected is null || Draft.Areas.Contains(shape.Area))
        {
            return false;
        }

        Problem = "This lies outside the area. Add another area in the list.";
        return true;
    }

    /// <summary>Takes the point away that lies nearest to the cursor.</summary>
    public bool Delete(double reachMm)
    {
        if (Site is not { } site || Cursor is not { } at || Nearest(site, at, reachMm) is not { } there)
        {
            return false;
        }

        Set([.. site.Points.Where((_, index) => index != there)], "Point taken away");
        return true;
    }

    /// <summary>Moves the cursor, which starts in the middle and stays inside the selected side.</summary>
    public void Move(double x, double y)
    {
        if (Selected is not { } shape)
        {
            return;
        }

        var from = Cursor ?? Inside(shape);
        var to = from + new MapPoint(x, y);
        Cursor = shape.Contains(to) ? to : from;
    }

    private static MapPoint Inside(AreaShape shape) => PointLayout.ByCount(shape, LayoutPattern.Square, 1).Marks[0].At;

    private static int? Nearest(SaveSessionDraft.Site site, MapPoint at, double reachMm)
    {
        var view = BodyView.Find(site.View)!;
        var nearest = site.Points.Select((point, index) => (index, Distance: point.On(view).At.DistanceTo(at))).DefaultIfEmpty((-1, double.MaxValue)).MinBy(p => p.Item2);
        return nearest.Item2 <= reachMm ? nearest.Item1 : null;
    }

    private bool Place(AreaShape shape, SaveSessionDraft.Site site, MapPoint at)
    {
        var mark = InjectionPoint.Of(Entry is { } entry ? new Mark(entry, at) : new Mark(at), shape.View);
        if (!shape.Contains(mark.On(shape.View)))
        {
            Problem = Entry is null ? "No point goes here." : "The whole channel has to lie inside the area.";
            return true;
        }

        if (HasChannels && Entry is null)
        {
            (Entry, Problem, Said) = (at, null, "Entry placed; now the end of the channel");
            return true;
        }

        if (mark.On(shape.View).IsTooShort)
        {
            Problem = "A channel is at least 1 mm long. Place its end further on.";
            return true;
        }

        if (Draft.Sites.Sum(other => other.Points.Count) >= PointLayout.MostPoints)
        {
            Problem = string.Create(CultureInfo.InvariantCulture, $"A session records up to {PointLayout.MostPoints} points.");
            return true;
        }

        Set([.. site.Points, mark], string.Create(CultureInfo.InvariantCulture, $"{site.Points.Count + 1} points"));
        return true;
    }

    private void Lay(PointLayout layout, int? wanted)
    {
        var elsewhere = Draft.Sites.Where(site => site != Site).Sum(site => site.Points.Count);
        Problem = layout.Problem ?? (elsewhere + layout.Marks.Count > PointLayout.MostPoints ? string.Create(CultureInfo.InvariantCulture, $"With the {elsewhere} points of the other areas these would be more than {PointLayout.MostPoints}.") : null);
        _wanted = Problem is null ? null : wanted;
        if (Problem is null)
        {
            Set([.. layout.Marks.Select(mark => InjectionPoint.Of(mark, View))], string.Create(CultureInfo.InvariantCulture, $"{layout.Marks.Count} points laid out"));
            _spacing = Math.Round((decimal)layout.SpacingMm, 1);
        }
    }

    private void Set(IReadOnlyList<InjectionPoint> points, string said)
    {
        Remember();
        (Site!.Points, Entry, Problem, _wanted, _spacing, Said) = (points, null, null, null, null, said);
        FollowMap();
    }

    /// <summary>The typed count follows the map.</summary>
    private void FollowMap() => Draft.Points = Draft.Sites.Sum(site => site.Points.Count) is > 0 and var mapped ? mapped : null;
}
