using Bunit;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Sessions.Mapping;
using MesoClinic.Web.Components.Sessions;
using Microsoft.AspNetCore.Components.Web;

namespace MesoClinic.Web.Tests.Sessions;

/// <summary>Areas are chosen, and points placed in them.</summary>
public sealed class BodyMapTests : BodyMapContext
{
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

    private static List<string> Paths(IRenderedComponent<BodyMap> map) => [.. map.FindAll(".bm-dots path:not(.hole)").Select(path => path.GetAttribute("d")!)];

    private static AngleSharp.Dom.IElement Shape(IRenderedComponent<BodyMap> map, string label) => map.Find($"path[aria-label='{label}']");

    private static void Key(IRenderedComponent<BodyMap> map, string key, bool shift = false) => map.Find("path[aria-pressed=true]").KeyDown(new KeyboardEventArgs { Key = key, ShiftKey = shift });

    private static Task TapAsync(IRenderedComponent<BodyMap> map, string shape, MapPoint? at) =>
        map.Find(".bm-map > svg").TriggerEventAsync("onmaptap", new MapTapEventArgs { Shape = shape, X = at?.X, Y = at?.Y, Reach = 3 });
}
