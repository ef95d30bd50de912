using MesoClinic.Application.Rules;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Application.Tests.Sessions;

public sealed class CocktailFindingsTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_second_product_of_the_same_substance_is_said_beside_both_lines(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var second = await clinic.AddLotAsync(SessionScene.Ingredient);
        await scene.SaveAsync(draft => draft.Lines.Add(new SaveSessionDraft.Line { LotId = second, VolumeMl = 0.1m, Ampoules = 1 }));

        var preview = await PreviewAsync(scene);

        Assert.Contains(preview.Assessment.Findings, finding => finding.Rule == "tr-two-hyaluronic-acids");
        Assert.Equal([["tr-two-hyaluronic-acids"], ["tr-two-hyaluronic-acids"]], preview.RulesByLine);
    }

    [Theory]
    [OnSqlite]
    public async Task A_product_that_is_not_measured_out_leaves_the_cocktail_incomplete(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var procaine = await clinic.AddLotAsync("ing-procaine");
        await scene.SaveAsync(draft => draft.Lines.Add(new SaveSessionDraft.Line { LotId = procaine, Ampoules = 1 }));

        var assessment = (await PreviewAsync(scene)).Assessment;

        Assert.True(assessment.Decision >= Decision.Incomplete);
        Assert.Contains("doses", assessment.Missing);
        Assert.Contains("volumeTotalMl", assessment.Missing);
    }

    [Theory]
    [OnSqlite]
    public async Task A_recalled_lot_is_a_finding_that_is_kept_with_the_assessment(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await clinic.InDatabaseAsync(async db =>
        {
            (await db.Lots.FindAsync(scene.Lot))!.RecalledUtc = clinic.Clock.GetUtcNow().UtcDateTime;
            await db.SaveChangesAsync();
        });

        Assert.False((await scene.TryStartAsync()).Succeeded);

        await clinic.InDatabaseAsync(async db => Assert.Contains((await db.Assessments.SingleAsync()).Result.Findings, finding => finding.Rule == "tr-recalled-lot"));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task An_ingredient_to_which_the_skin_reacted_lately_is_not_proven_by_an_earlier_test(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await clinic.InDatabaseAsync(async db =>
        {
            db.AllergyTests.Add(new AllergyTest { PatientId = scene.Patient, Ingredient = SessionScene.Ingredient, AppliedOn = clinic.Today.AddDays(-2), ReadOn = clinic.Today, Negative = false, AppliedById = scene.Practitioner });
            await db.SaveChangesAsync();
        });

        Assert.Contains((await PreviewAsync(scene)).Assessment.Findings, finding => finding.Rule == "ci-skin-test-missing");
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task What_a_signed_session_gave_is_told_to_the_rules_of_the_next_booking(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromMinutes(20));
        await scene.SaveAsync(draft => draft.AsepsisDone = [.. TestClinic.Book.Value.Knowledge.AsepsisSteps.Select(step => step.Id)]);
        Assert.True((await scene.TrySignAsync(new TimeOnly(9, 10))).Succeeded);

        await using var services = clinic.Scope();
        var assessor = services.ServiceProvider.GetRequiredService<ClinicAssessor>();
        var plan = new PlannedTreatment { Ingredients = [SessionScene.Ingredient] };
        var request = await assessor.RequestAsync(scene.Patient, plan, AppointmentKind.Session, clinic.Today.AddDays(7), Stage.Booking, null, CancellationToken.None);

        Assert.Equal([new GivenIngredient(SessionScene.Ingredient, clinic.Today)], request.Plan.Given);
    }

    private static async Task<PreviewSession.Preview> PreviewAsync(SessionScene scene)
    {
        var preview = await scene.Clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session });
        Assert.True(preview.Succeeded, $"{preview.Failure}");
        return preview.Value;
    }
}
