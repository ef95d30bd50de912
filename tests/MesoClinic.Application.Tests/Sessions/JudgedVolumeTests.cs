using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>What may come into the skin: all that is mixed, or what the points take, whichever is more.</summary>
public sealed class JudgedVolumeTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Points_that_take_more_than_a_first_session_may_have_start_nothing(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.Sites = [InjectionPointTests.Nappage(100, ml: 0.02m, mm: 1.5m)]);

        var assessment = Assert.IsType<Failure.Contraindicated>((await scene.TryStartAsync()).Failure).Assessment;

        Assert.Contains(assessment.Findings, finding => finding.Rule == "tr-first-session-volume");
        await clinic.InDatabaseAsync(async db => Assert.Equal(2m, (await db.Assessments.SingleAsync()).Facts.Plan.VolumeTotalMl));
    }

    [Theory]
    [OnSqlite]
    public async Task Points_placed_or_typed_after_the_start_are_judged_once_they_take_more_than_is_mixed(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);

        Assert.IsType<Failure.Contraindicated>((await scene.TrySaveAsync(draft => draft.Points = 3000)).Failure);
        Assert.IsType<Failure.Contraindicated>((await scene.TrySaveAsync(draft => (draft.Points, draft.Sites) = (null, [InjectionPointTests.Nappage(100, ml: 0.02m, mm: 1.5m)]))).Failure);
        Assert.Equal(40, (await scene.ReadDraftAsync()).Points);
    }

    [Theory]
    [InlineData(null, null, 1, 1.0)]
    [InlineData(100, 0.02, 1, 2.0)]
    [InlineData(10, 0.02, 1, 1.0)]
    [InlineData(10, null, 1, null)]
    [InlineData(10, 0.02, null, null)]
    public void Unknown_points_or_an_unknown_mix_leave_the_volume_unknown(int? points, double? ml, int? mixed, double? judged) =>
        Assert.Equal((decimal?)judged, InjectionTotals.Of([new TreatedArea { Area = "forehead" }], 1, (decimal?)ml, points).JudgedMl(mixed));

    [Theory]
    [OnSqlite]
    public async Task A_needle_that_is_too_thick_is_refused_at_the_start(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.NeedleOuterDiameterMm = 0.5m);

        var assessment = Assert.IsType<Failure.Contraindicated>((await scene.TryStartAsync()).Failure).Assessment;

        Assert.Equal(Decision.ModifyPlan, assessment.Decision);
        Assert.Contains(assessment.Findings, finding => finding.Rule == "tr-needle-diameter");
    }
}
