using FluentValidation;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Sessions.Mapping;
using MesoClinic.Rules;
using MesoClinic.Testing;

namespace MesoClinic.Application.Tests.Sessions;

public sealed class InjectionPointTests
{
    private static readonly AreaShape Forehead = BodyView.FindShape("face-front", "forehead", "mid")!;

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Points_come_back_as_they_were_placed(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var site = Nappage(28, ml: 0.014m, mm: 1.5m);
        var channels = new SaveSessionDraft.Site { View = "face-left", Area = "cheeks", Side = "left", Points = Laid(BodyView.FindShape("face-left", "cheeks", "left")!, LayoutPattern.Lines, 4, 12) };
        await scene.SaveAsync(draft => (draft.Areas, draft.Sites) = (["forehead", "cheeks"], [site, channels]));

        var read = await scene.ReadDraftAsync();

        Assert.Equal(2, read.Sites.Count);
        var forehead = read.Sites.Single(s => s.Area == "forehead");
        Assert.Equal(site.Points, forehead.Points);
        Assert.Equal(("face-front", "mid", 0.014m, 1.5m, false), (forehead.View, forehead.Side, forehead.VolumePerPointMl!.Value, forehead.DepthMm!.Value, forehead.Done));
        Assert.Equal(channels.Points, read.Sites.Single(s => s.Area == "cheeks").Points);
        Assert.Equal(32, read.Points);
    }

    [Theory]
    [OnSqlite]
    public async Task The_largest_volume_of_any_area_is_what_the_rule_book_judges(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.Sites = [Nappage(20, ml: 0.03m, mm: 1.5m)]);

        var refused = Assert.IsType<Failure.Contraindicated>((await scene.TryStartAsync()).Failure);

        Assert.Contains(refused.Assessment.Findings, finding => finding.Rule == "tr-nappage-volume");
    }

    [Theory]
    [OnSqlite]
    public async Task An_area_whose_volume_nobody_gave_is_unknown_and_waits(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => (draft.VolumePerInjectionMl, draft.Sites) = (null, [Nappage(20, ml: null, mm: 1.5m)]));

        var refused = Assert.IsType<Failure.Contraindicated>((await scene.TryStartAsync()).Failure);

        Assert.Equal(Decision.Incomplete, refused.Assessment.Decision);
    }

    [Theory]
    [OnSqlite]
    public async Task After_the_start_a_larger_point_is_judged_and_refused(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.Sites = [Nappage(20, ml: 0.014m, mm: 1.5m)]);
        await scene.StartAsync();

        Assert.IsType<Failure.Contraindicated>((await scene.TrySaveAsync(draft => draft.Sites[0].VolumePerPointMl = 0.05m)).Failure);

        Assert.Equal(0.014m, (await scene.ReadDraftAsync()).Sites[0].VolumePerPointMl);
    }

    [Theory]
    [OnSqlite]
    public async Task A_point_outside_its_area_on_another_view_or_of_an_area_not_treated_is_refused(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var elsewhere = Nappage(5, ml: 0.014m, mm: 1.5m);
        elsewhere.Points = [.. elsewhere.Points, new InjectionPoint(0.5m, 0.99m)];

        Assert.Equal("Sites[0].Points", Path(await scene.TrySaveAsync(draft => draft.Sites = [elsewhere])));
        Assert.Equal("Sites[0].Points", Path(await scene.TrySaveAsync(draft => draft.Sites = [new() { View = "hands", Area = "forehead", Side = "mid", Points = [new(0.5m, 0.5m)] }])));
        Assert.Equal("Sites[0].Points", Path(await scene.TrySaveAsync(draft => draft.Sites = [new() { View = "face-front", Area = "chin", Side = "mid", Points = [new(0.5m, 0.75m)] }])));
        Assert.Empty((await scene.ReadDraftAsync()).Sites);
    }

    [Fact]
    public void Volumes_and_depths_of_an_area_and_more_than_3000_points_are_refused_in_words()
    {
        var many = Enumerable.Repeat(new InjectionPoint(0.5m, 0.2m), 3001).ToList();
        var command = new SaveSessionDraft.Command { Sites = [new() { View = "face-front", Area = "forehead", Side = "mid", VolumePerPointMl = 0, DepthMm = -1, Points = many }] };

        var errors = new SaveSessionDraft.Validator().Validate(command).Errors.ToDictionary(e => e.PropertyName, e => e.ErrorMessage, StringComparer.Ordinal);

        Assert.Equal("A session records up to 3000 points; these are 3001.", errors["Sites"]);
        Assert.StartsWith("Write a volume above 0 and up to 5 ml", errors["Sites[0].VolumePerPointMl"], StringComparison.Ordinal);
        Assert.Equal("Write a depth between 0.1 and 20 mm.", errors["Sites[0].DepthMm"]);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Areas_without_points_beside_one_with_them_are_named_and_signed_all_the_same(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.Areas = ["forehead", "cheeks", "neck"]);
        await scene.SignConsentAsync();
        await scene.StartAsync();
        Assert.DoesNotContain(await GapsAsync(scene), gap => gap.What.StartsWith("Points", StringComparison.Ordinal));

        await scene.SaveAsync(draft => draft.Sites = [Nappage(28, ml: 0.014m, mm: 1.5m)]);

        Assert.Equal([new("Points: cheeks", false), new("Points: neck", false)], (await GapsAsync(scene)).Where(gap => gap.What.StartsWith("Points", StringComparison.Ordinal)).OrderBy(gap => gap.What, StringComparer.Ordinal));
        Assert.Contains(new("Marked as done: 0 of 28 points", false), await GapsAsync(scene));
        (await scene.TrySignAsync()).Must();
    }

    [Theory]
    [OnSqlite]
    public async Task A_depth_that_nobody_gave_is_named_until_the_record_or_every_mapped_side_has_one(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var gap = new SessionGap("Depth", false);

        Assert.DoesNotContain(gap, await GapsAsync(scene));
        await scene.SaveAsync(draft => draft.DepthMm = null);
        Assert.Contains(gap, await GapsAsync(scene));
        await scene.SaveAsync(draft => draft.Sites = [Nappage(28, ml: 0.014m, mm: null)]);
        Assert.Contains(gap, await GapsAsync(scene));
        await scene.SaveAsync(draft => draft.Sites = [Nappage(28, ml: 0.014m, mm: 1.5m)]);
        Assert.DoesNotContain(gap, await GapsAsync(scene));
        await scene.SaveAsync(draft => (draft.Technique, draft.Sites) = ("alt-electroporation", []));
        Assert.DoesNotContain(gap, await GapsAsync(scene));
    }

    [Theory]
    [InlineData("tech-nappage", null)]
    [InlineData("tech-linear", "points")]
    [InlineData("tech-mesopuncture", null)]
    public async Task Points_of_another_kind_of_technique_are_named_and_kept(string technique, string? marks)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);

        await scene.SaveAsync(draft => (draft.Technique, draft.Sites) = (technique, [Nappage(28, ml: 0.014m, mm: 1.5m)]));

        Assert.Equal(marks is null ? [] : [$"Layout for {TestClinic.Book.Value.TitleOf(technique).ToLowerInvariant()} (the map shows {marks})"], (await GapsAsync(scene)).Where(gap => gap.What.Contains("the map", StringComparison.Ordinal)).Select(gap => gap.What));
        Assert.Equal("channels", MapCheck.Misfit("tech-papular", Laid(Forehead, LayoutPattern.Lines, 4, 12)));
        Assert.Null(MapCheck.Misfit("tech-linear-mesh", Laid(Forehead, LayoutPattern.Lines, 4, 12)));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0.9, true)]
    [InlineData(1, false)]
    public async Task A_channel_shorter_than_a_millimetre_is_refused(double mm, bool refused)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);
        var at = PointLayout.ByCount(Forehead, LayoutPattern.Square, 1).Marks[0].At;
        var site = Nappage(1, ml: 0.014m, mm: 1.5m);
        site.Points = [InjectionPoint.Of(new Mark(at, at + new MapPoint(mm, 0)), Forehead.View)];

        var saved = await scene.TrySaveAsync(draft => (draft.Technique, draft.Sites) = ("tech-linear", [site]));

        Assert.Equal(refused ? "Forehead: a channel is shorter than 1 mm. Take it away, and place its end further on." : null, (saved.Failure as Failure.Invalid)?.Errors["Sites[0].Points"][0]);
    }

    /// <summary>What the layouts make is never refused, however short the channel that was wished.</summary>
    [Fact]
    public void The_shortest_channels_that_are_laid_out_are_long_enough_as_they_are_kept() =>
        Assert.All(BodyView.All.SelectMany(view => view.Shapes), shape => Assert.DoesNotContain(PointLayout.BySpacing(shape, LayoutPattern.Lines, 12, 1).Marks, mark => InjectionPoint.Of(mark, shape.View).On(shape.View).IsTooShort));

    private static async Task<IReadOnlyList<SessionGap>> GapsAsync(SessionScene scene) => (await scene.Clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must().Gaps;

    private static string Path(Outcome<Guid> outcome) => Assert.Single(Assert.IsType<Failure.Invalid>(outcome.Failure).Errors).Key;

    internal static SaveSessionDraft.Site Nappage(int count, decimal? ml, decimal? mm, bool done = false) =>
        new() { View = "face-front", Area = "forehead", Side = "mid", VolumePerPointMl = ml, DepthMm = mm, Done = done, Points = Laid(Forehead, LayoutPattern.Staggered, count) };

    private static List<InjectionPoint> Laid(AreaShape shape, LayoutPattern pattern, int count, double? channel = null) =>
        [.. PointLayout.ByCount(shape, pattern, count, channel).Marks.Select(mark => InjectionPoint.Of(mark, shape.View))];
}
