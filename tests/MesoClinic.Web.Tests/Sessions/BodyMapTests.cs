using Bunit;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Sessions.Mapping;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Sessions;
using Microsoft.AspNetCore.Components.Web;

namespace MesoClinic.Web.Tests.Sessions;

public sealed class BodyMapTests : BunitContext
{
    private static readonly SessionKnowledge Knowledge = new(TestClinic.Book.Value);
    private readonly SaveSessionDraft.Command _draft = new() { Technique = "tech-nappage", VolumePerInjectionMl = 0.014m };
    private int _changes;

    [Theory]
    [InlineData("Enter")]
    [InlineData(" ")]
    public void An_area_is_chosen_on_the_drawing_by_keyboard(string key)
    {
        var (map, _) = Open();

        Shape(map, "Forehead").KeyDown(key);

        Assert.Equal("forehead", Assert.Single(_draft.Areas));
        Assert.Equal(1, _changes);
        Assert.Equal("true", Shape(map, "Forehead, no points yet").GetAttribute("aria-pressed"));
    }

    [Fact]
    public async Task An_area_is_chosen_by_tap_and_from_the_list()
    {
        var (map, _) = Open();

        await TapAsync(map, "chin/mid", null);
        map.Find("select#add-area").Change("cheeks");

        Assert.Equal(["chin", "cheeks"], _draft.Areas);
        Assert.Equal(["Chinno points yet", "Cheeks, leftno points yet", "Cheeks, rightno points yet"], Chips(map));
    }

    [Fact]
    public void Points_are_laid_out_by_count_and_each_side_counts_for_itself()
    {
        var (map, editor) = Open("cheeks");
        map.Render(p => p.Add(m => m.Started, true));

        Chip(map, "Cheeks, left").Click();
        editor.Count = 16;
        Chip(map, "Cheeks, right").Click();
        editor.Count = 12;
        map.Find("button:contains('Mark as done')").Click();

        Assert.Equal(["Cheeks, left16 to do, 0.224 ml", "Cheeks, right12 done, 0.168 ml"], Chips(map));
        Assert.Equal(28, _draft.Points);
        Assert.Equal(2, map.FindAll(".bm-dots").Count);
    }

    [Fact]
    public void A_count_that_cannot_be_laid_out_keeps_the_points_and_what_was_typed()
    {
        var (map, editor) = Open("forehead");
        Chip(map, "Forehead").Click();
        editor.Count = 28;

        editor.Count = 3001;

        Assert.Equal(("Write a number of points between 1 and 3000.", 3001, 28), (editor.Problem, editor.Count, _draft.Sites[0].Points.Count));
    }

    [Fact]
    public async Task A_tap_places_a_point_and_a_tap_on_it_takes_it_away()
    {
        var (map, editor) = Open("forehead");
        Chip(map, "Forehead").Click();
        editor.Use(byTap: true);

        await TapAsync(map, "forehead/mid", new MapPoint(120, 80));
        await TapAsync(map, "forehead/mid", new MapPoint(130, 80));
        Assert.Equal(2, _draft.Points);

        await TapAsync(map, "forehead/mid", new MapPoint(121, 80));
        Assert.Equal(1, _draft.Points);
        Assert.Equal(130m / 240, _draft.Sites[0].Points[0].X, 4);
    }

    [Fact]
    public async Task While_points_are_placed_a_tap_beside_the_area_adds_nothing_to_the_session()
    {
        var (map, editor) = Open("forehead");
        Chip(map, "Forehead").Click();
        editor.Use(byTap: true);

        await TapAsync(map, "nose/mid", new MapPoint(120, 160));

        Assert.Equal(["forehead"], _draft.Areas);
        Assert.Equal("This lies outside the area. Add another area in the list.", editor.Problem);
    }

    [Fact]
    public void By_keyboard_a_cursor_inside_the_area_places_points_and_takes_them_away()
    {
        var (map, editor) = Open("forehead");
        Chip(map, "Forehead").Click();
        editor.Use(byTap: true);

        Key(map, "ArrowRight");
        Key(map, "Enter");
        Key(map, "ArrowDown", shift: true);
        Key(map, "Enter");
        Assert.Equal("Forehead2 to do, 0.028 ml", Assert.Single(Chips(map)));

        Key(map, "Delete");
        Assert.Equal("Forehead1 to do, 0.014 ml", Assert.Single(Chips(map)));
        for (var i = 0; i < 200; i++)
        {
            Key(map, "ArrowUp");
        }

        Assert.True(editor.Selected!.Contains(editor.Cursor!.Value));
    }

    [Fact]
    public async Task A_channel_is_placed_by_its_entry_and_its_end()
    {
        _draft.Technique = "tech-linear";
        var (map, editor) = Open("forehead");
        Chip(map, "Forehead").Click();
        editor.Use(byTap: true);

        await TapAsync(map, "forehead/mid", new MapPoint(110, 80));
        Assert.Null(_draft.Points);
        await TapAsync(map, "forehead/mid", new MapPoint(125, 82));

        var point = Assert.Single(_draft.Sites[0].Points);
        Assert.Equal(125m / 240, point.ToX!.Value, 4);
        Assert.NotNull(map.Find(".bm-dots .channel"));
    }

    [Fact]
    public void Undo_and_redo_by_button_and_by_key()
    {
        var (map, editor) = Open("forehead");
        Chip(map, "Forehead").Click();
        editor.Count = 10;
        editor.Count = 20;
        map.Render();

        map.Find("button[aria-label=Undo]").Click();
        Assert.Equal(10, _draft.Points);
        map.Find("section").KeyDown(new KeyboardEventArgs { Key = "z", CtrlKey = true });
        Assert.Null(_draft.Points);
        Assert.True(map.Find("button[aria-label=Undo]").HasAttribute("disabled"));
        map.Find("section").KeyDown(new KeyboardEventArgs { Key = "y", CtrlKey = true });
        map.Find("button[aria-label=Redo]").Click();

        Assert.Equal(20, _draft.Points);
    }

    [Fact]
    public void Leaving_an_area_out_takes_its_points_along_and_can_be_undone()
    {
        var (map, editor) = Open("forehead");
        Chip(map, "Forehead").Click();
        editor.Count = 10;
        map.Render();

        map.Find("button:contains('Leave out forehead')").Click();
        Assert.Empty(_draft.Areas);
        Assert.Empty(_draft.Sites);
        Assert.Null(_draft.Points);
        map.Find("button[aria-label=Undo]").Click();

        Assert.Equal("forehead", Assert.Single(_draft.Areas));
        Assert.Equal(10, _draft.Points);
    }

    [Fact]
    public void A_step_back_keeps_what_was_typed_beside_the_map_for_another_side()
    {
        var (map, editor) = Open("forehead", "cheeks");
        Chip(map, "Forehead").Click();
        editor.Count = 10;
        Chip(map, "Cheeks, left").Click();
        (editor.Site!.DepthMm, editor.Site.VolumePerPointMl) = (1.5m, 0.014m);
        editor.Count = 8;
        map.Render();

        map.Find("button[aria-label=Undo]").Click();
        map.Find("button[aria-label=Undo]").Click();

        var cheek = Assert.Single(_draft.Sites, site => site.Area == "cheeks");
        Assert.Equal((1.5m, 0.014m, 0, null), (cheek.DepthMm, cheek.VolumePerPointMl, cheek.Points.Count, _draft.Points));
        Assert.Equal(cheek, editor.Site);
        map.Find("button[aria-label=Redo]").Click();
        map.Find("button[aria-label=Redo]").Click();
        Assert.Equal((18, 2), (_draft.Points, _draft.Sites.Count));
    }

    [Fact]
    public void Nothing_is_done_before_the_injections_have_begun()
    {
        var (map, editor) = Open("forehead");
        Chip(map, "Forehead").Click();
        editor.Count = 10;

        map.Render();
        Assert.Empty(map.FindAll("button:contains('Mark as done')"));

        map.Render(p => p.Add(m => m.Started, true));
        Assert.Single(map.FindAll("button:contains('Mark as done')"));
    }

    [Theory]
    [InlineData("Clear points", "Clear them")]
    [InlineData("Leave out forehead", "Leave it out")]
    public void Points_that_are_done_go_only_after_a_question(string act, string yes)
    {
        var (map, editor) = Open("forehead");
        Chip(map, "Forehead").Click();
        editor.Count = 10;
        editor.SetDone(true);
        map.Render(p => p.Add(m => m.Started, true));

        map.Find($"button:contains('{act}')").Click();
        Assert.Contains("10 points", map.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        map.Find("button:contains('Keep them')").Click();
        Assert.Equal(10, _draft.Points);
        Assert.Empty(map.FindAll("[role=alert]"));

        map.Find($"button:contains('{act}')").Click();
        map.Find($"button:contains('{yes}')").Click();
        Assert.Null(_draft.Points);
        Assert.Empty(map.FindAll("[role=alert]"));
    }

    [Fact]
    public void The_focus_stays_on_the_button_that_cleared_the_points()
    {
        var (map, editor) = Open("forehead");
        Chip(map, "Forehead").Click();
        editor.Count = 10;
        map.Render();

        map.Find("button:contains('Clear points')").Click();

        Assert.Null(_draft.Points);
        var clear = map.Find("button:contains('Clear points')");
        Assert.Equal((false, "true"), (clear.HasAttribute("disabled"), clear.GetAttribute("aria-disabled")));
    }

    [Fact]
    public void What_was_done_last_time_is_laid_out_for_the_planned_areas_and_taken_back_in_one_step()
    {
        var last = Last();
        var (map, _) = Open(["forehead", "cheeks"], [last with { SessionId = Guid.NewGuid(), WasStopped = true, Technique = "tech-linear" }, last]);
        (_draft.Technique, _draft.VolumePerInjectionMl, _draft.NeedleOuterDiameterMm) = (null, null, 0.25m);

        map.Find("button:contains('As last time (1 May)')").Click();

        Assert.Equal(("tech-nappage", "tech-manual", "slow", 0.3m, 1.5m, 0.02m), (_draft.Technique, _draft.Administration, _draft.InjectionSpeed, _draft.NeedleOuterDiameterMm, _draft.DepthMm, _draft.VolumePerInjectionMl));
        var site = Assert.Single(_draft.Sites);
        Assert.Equal(("forehead", 2, false, 2m, 0.01m), (site.Area, site.Points.Count, site.Done, site.DepthMm, site.VolumePerPointMl));
        Assert.Equal((2, 1), (_draft.Points, _changes));
        Assert.Equal(["forehead", "cheeks"], _draft.Areas);
        Assert.Empty(_draft.Lines);
        Assert.Empty(map.FindAll("button:contains('As last time')"));

        map.Find("button[aria-label=Undo]").Click();
        Assert.Equal((null, null, 0.25m, null), (_draft.Technique, _draft.VolumePerInjectionMl, _draft.NeedleOuterDiameterMm, _draft.Points));
        map.Find("button[aria-label=Redo]").Click();
        Assert.Equal(("tech-nappage", 0.02m, 0.3m, 2), (_draft.Technique, _draft.VolumePerInjectionMl, _draft.NeedleOuterDiameterMm, _draft.Points));
        Assert.Equal(2m, Assert.Single(_draft.Sites).DepthMm);
    }

    [Fact]
    public void As_last_time_is_offered_before_the_start_and_for_the_same_indication_only()
    {
        _draft.Indication = "ind-mesolifting";
        var (map, _) = Open(["forehead"], [Last() with { Indication = "ind-alopecia" }]);
        Assert.Empty(map.FindAll("button:contains('As last time')"));

        map.Render(p => p.Add(m => m.Earlier, [Last() with { Indication = "ind-mesolifting" }]));
        Assert.Single(map.FindAll("button:contains('As last time')"));
        map.Render(p => p.Add(m => m.Started, true));
        Assert.Empty(map.FindAll("button:contains('As last time')"));
    }

    [Fact]
    public void An_earlier_session_lies_under_the_points_as_a_ghost()
    {
        var earlier = new ListEarlierMaps.Map(Guid.NewGuid(), new DateOnly(2026, 5, 1), 1, "tech-nappage", [new TreatedArea { Area = "chin", Sites = [new() { View = "face-front", Side = "mid", Points = [new(0.5m, 0.75m)] }] }]);
        var (map, _) = Open(["forehead"], [earlier]);
        Assert.Empty(map.FindAll(".is-ghost"));

        map.Find("select#compare").Change(earlier.SessionId.ToString());

        Assert.Single(map.FindAll(".is-ghost"));
    }

    [Fact]
    public void A_tap_draws_one_area_again_and_of_three_thousand_points_sends_a_hundred()
    {
        var (map, editor) = Open("forehead", "chin");
        Chip(map, "Chin").Click();
        editor.Count = 30;
        Chip(map, "Forehead").Click();
        editor.Count = 2900;
        map.Render();
        var before = Paths(map);

        editor.Use(byTap: true);
        editor.Tap(new MapPoint(120.3, 80.2), 0);
        map.Render();

        Assert.Equal(2931, _draft.Points);
        Assert.Single(Paths(map).Except(before, StringComparer.Ordinal).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void Enter_twice_on_one_spot_makes_no_channel()
    {
        _draft.Technique = "tech-linear";
        var (map, editor) = Open("forehead");
        Chip(map, "Forehead").Click();
        editor.Use(byTap: true);

        Key(map, "ArrowRight");
        Key(map, "Enter");
        Key(map, "Enter");

        Assert.Equal("A channel is at least 1 mm long. Place its end further on.", editor.Problem);
        Assert.Empty(_draft.Sites[0].Points);
        Key(map, "ArrowRight", shift: true);
        Key(map, "Enter");
        Assert.Single(_draft.Sites[0].Points);
    }

    [Theory]
    [InlineData("tech-linear", "Laid out as points; lay out anew for ")]
    [InlineData("tech-papular", null)]
    [InlineData("tech-mesopuncture", null)]
    public void Points_that_do_not_fit_the_technique_are_named_beside_the_map(string technique, string? said)
    {
        var (map, editor) = Open("forehead");
        Chip(map, "Forehead").Click();
        editor.Count = 28;

        _draft.Technique = technique;
        map.Render();

        Assert.Equal(said is null, !map.Markup.Contains("lay out anew", StringComparison.Ordinal));
        Assert.Contains(said is null ? "" : $"{said}{Knowledge.Technique(technique).ToLowerInvariant()}.", map.Markup, StringComparison.Ordinal);
    }

    private static ListEarlierMaps.Map Last() => new(
        Guid.NewGuid(), new DateOnly(2026, 5, 1), 1, "tech-nappage",
        [
            new TreatedArea { Area = "forehead", Sites = [new() { View = "face-front", Side = "mid", Done = true, DepthMm = 2, VolumePerPointMl = 0.01m, Points = [new(0.5m, 0.25m), new(0.52m, 0.25m)] }] },
            new TreatedArea { Area = "chin", Sites = [new() { View = "face-front", Side = "mid", Done = true, Points = [new(0.5m, 0.75m)] }] },
        ])
    {
        Administration = "tech-manual", NeedleOuterDiameterMm = 0.3m, DepthMm = 1.5m, VolumePerInjectionMl = 0.02m, InjectionSpeed = "slow",
    };

    private static List<string> Paths(IRenderedComponent<BodyMap> map) => [.. map.FindAll(".bm-dots path:not(.hole)").Select(path => path.GetAttribute("d")!)];

    private static AngleSharp.Dom.IElement Shape(IRenderedComponent<BodyMap> map, string label) => map.Find($"path[aria-label='{label}']");

    private static AngleSharp.Dom.IElement Chip(IRenderedComponent<BodyMap> map, string name) => map.FindAll("[aria-label='Chosen areas'] button").Single(chip => chip.QuerySelector("b")!.TextContent == name);

    private static List<string> Chips(IRenderedComponent<BodyMap> map)
    {
        map.Render();
        return [.. map.FindAll("[aria-label='Chosen areas'] button").Select(chip => chip.TextContent)];
    }

    private static void Key(IRenderedComponent<BodyMap> map, string key, bool shift = false) => map.Find("path[aria-pressed=true]").KeyDown(new KeyboardEventArgs { Key = key, ShiftKey = shift });

    private static Task TapAsync(IRenderedComponent<BodyMap> map, string shape, MapPoint? at) =>
        map.Find(".bm-map > svg").TriggerEventAsync("onmaptap", new MapTapEventArgs { Shape = shape, X = at?.X, Y = at?.Y, Reach = 3 });

    private (IRenderedComponent<BodyMap> Map, MapEditor Editor) Open(params string[] areas) => Open(areas, []);

    private (IRenderedComponent<BodyMap> Map, MapEditor Editor) Open(string[] areas, IReadOnlyList<ListEarlierMaps.Map> earlier)
    {
        _draft.Areas = [.. areas];
        var editor = new MapEditor(_draft);
        return (Render<BodyMap>(p => p.Add(m => m.Editor, editor).Add(m => m.Earlier, earlier).Add(m => m.OnChanged, () => _changes++).AddCascadingValue(Knowledge)), editor);
    }
}
