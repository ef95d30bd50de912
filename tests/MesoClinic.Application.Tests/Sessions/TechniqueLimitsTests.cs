using MesoClinic.Application.Sessions;
using MesoClinic.Rules.Facts;
using MesoClinic.Testing;

namespace MesoClinic.Application.Tests.Sessions;

public sealed class TechniqueLimitsTests
{
    private static readonly TreatmentPlan Plan = new()
    {
        Indication = "ind-wrinkles", Areas = ["forehead"], Technique = "tech-nappage", Ingredients = [SessionScene.Ingredient], SessionNumber = 1,
    };

    [Fact]
    public void A_first_session_by_nappage_has_a_limit_of_each_kind() =>
        Assert.Equal(new TechniqueLimits(1.2m, 0.02m, 0.31m, 30), Of(Plan));

    [Fact]
    public void A_technique_without_a_limit_a_point_has_none() => Assert.Null(Of(Plan with { Technique = "tech-papular" }).PerPointMl);

    [Fact]
    public void A_technique_that_is_not_chosen_yet_has_none() => Assert.Null(Of(Plan with { Technique = null }).PerPointMl);

    [Fact]
    public void A_later_session_is_limited_on_the_face_alone()
    {
        Assert.Equal(1.2m, Of(Plan with { SessionNumber = 2, Areas = ["forehead", "cheeks"] }).TotalMl);
        Assert.Null(Of(Plan with { SessionNumber = 2, Areas = ["forehead", "thighs"] }).TotalMl);
        Assert.Null(Of(Plan with { SessionNumber = 2, Areas = ["thighs"] }).TotalMl);
        Assert.Null(Of(Plan with { SessionNumber = 2, Areas = null }).TotalMl);
    }

    [Fact]
    public void The_number_of_a_session_that_is_not_known_gives_no_limit() => Assert.Null(Of(Plan with { SessionNumber = null }).TotalMl);

    [Fact]
    public void A_point_of_deoxycholic_acid_has_its_own_limit()
    {
        var papules = Plan with { Technique = "tech-papular", Areas = ["submental"] };

        Assert.Equal(0.2m, Of(papules with { Ingredients = ["ing-deoxycholic-acid"] }).PerPointMl);
        Assert.Null(Of(papules with { Ingredients = null }).PerPointMl);
        Assert.Equal(0.02m, Of(Plan with { Ingredients = ["ing-deoxycholic-acid"] }).PerPointMl);
    }

    [Fact]
    public void What_is_measured_out_already_changes_no_limit() => Assert.Equal(Of(Plan), Of(Plan with { VolumeTotalMl = 4, VolumePerInjectionMl = 0.25m, NeedleOuterDiameterMm = 0.5m }));

    [Theory]
    [OnSqlite]
    public async Task The_preview_shows_the_limits_of_the_record_as_it_stands(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        Assert.Equal((1.2m, 0.02m, 0.31m), Shown(await PreviewAsync()));

        await scene.SaveAsync(draft => draft.Technique = "tech-papular");
        Assert.Equal((1.2m, null, 0.31m), Shown(await PreviewAsync()));

        async Task<TechniqueLimits> PreviewAsync() => (await clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must().Limits;

        static (decimal?, decimal?, decimal?) Shown(TechniqueLimits limits) => (limits.TotalMl, limits.PerPointMl, limits.NeedleMm);
    }

    private static TechniqueLimits Of(TreatmentPlan plan) => TechniqueLimits.Of(TestClinic.Book.Value, new AssessmentRequest { Date = new DateOnly(2026, 6, 1), Stage = Stage.Start, Plan = plan });
}
