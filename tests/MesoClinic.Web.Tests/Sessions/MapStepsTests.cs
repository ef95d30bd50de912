using Bunit;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions;
using Microsoft.AspNetCore.Components.Web;

namespace MesoClinic.Web.Tests.Sessions;

/// <summary>What is on the map already: taken back, marked as done, cleared, laid out as last time.</summary>
public sealed class MapStepsTests : BodyMapContext
{
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

    private static ListEarlierMaps.Map Last() => new(
        Guid.NewGuid(), new DateOnly(2026, 5, 1), 1, "tech-nappage",
        [
            new TreatedArea { Area = "forehead", Sites = [new() { View = "face-front", Side = "mid", Done = true, DepthMm = 2, VolumePerPointMl = 0.01m, Points = [new(0.5m, 0.25m), new(0.52m, 0.25m)] }] },
            new TreatedArea { Area = "chin", Sites = [new() { View = "face-front", Side = "mid", Done = true, Points = [new(0.5m, 0.75m)] }] },
        ])
    {
        Administration = "tech-manual", NeedleOuterDiameterMm = 0.3m, DepthMm = 1.5m, VolumePerInjectionMl = 0.02m, InjectionSpeed = "slow",
    };
}
