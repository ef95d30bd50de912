using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Sessions;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

public sealed class CreamTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Whether_a_cream_was_used_is_said_before_the_needle(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.AnaestheticCream = null);

        Assert.Contains(Assert.IsType<Failure.Contraindicated>((await scene.TryStartAsync()).Failure).Assessment.Findings, finding => finding.Rule == "tr-asepsis");
        await scene.SaveAsync(draft => draft.AnaestheticCream = false);
        Assert.True((await scene.TryStartAsync()).Succeeded);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_tested_and_consented_cream_is_used_and_known_the_next_time(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await clinic.InDatabaseAsync(async db =>
        {
            db.AllergyTests.Add(new AllergyTest { PatientId = scene.Patient, Ingredient = Session.CreamIngredient, AppliedOn = clinic.Today.AddDays(-5), ReadOn = clinic.Today.AddDays(-3), Negative = true, AppliedById = scene.Practitioner });
            await db.SaveChangesAsync();
        });
        await scene.SaveAsync(draft => draft.AnaestheticCream = true);
        await scene.SignConsentAsync(c => c.Ingredients.Add(Session.CreamIngredient));
        Assert.Contains(SessionReview.AnaestheticPath, Assert.IsType<Failure.Invalid>((await scene.TryStartAsync()).Failure).Errors.Keys);
        await scene.SignConsentAsync(c => (c.Kind, c.Ingredients) = (ConsentKind.Anaesthetic, [Session.CreamIngredient]));

        var started = await scene.TryStartAsync();

        Assert.True(started.Succeeded, $"{started.Failure}");
        scene.Draft.Version = started.Value;
        (await scene.TrySignAsync()).Must();
        await clinic.InDatabaseAsync(async db =>
        {
            var history = await MesoClinic.Application.Rules.TreatmentHistory.OfAsync(db, [scene.Patient], clinic.Clock.GetUtcNow().UtcDateTime, clinic.Today, default);
            Assert.Equal([SessionScene.Ingredient, Session.CreamIngredient], Assert.Single(history.Sessions[scene.Patient]).Ingredients.Order());
        });
    }

    [Theory]
    [OnSqlite]
    public async Task No_label_of_a_product_speaks_for_the_cream(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await clinic.InDatabaseAsync(async db =>
        {
            (await db.Products.SingleAsync()).LabelFreeOf = ["alg-amide-anaesthetic"];
            await db.SaveChangesAsync();
        });
        await scene.SaveAsync(draft => draft.ConfirmSealed(false));
        await VerifiedAsync("alg-amide-anaesthetic");

        await scene.SaveAsync(draft => draft.AnaestheticCream = true);

        await VerifiedAsync();

        async Task VerifiedAsync(params string[] freeOf)
        {
            await scene.TryStartAsync();
            var facts = await clinic.InDatabaseAsync(db => db.Assessments.OrderByDescending(a => a.Id).Select(a => a.Facts).FirstAsync());
            Assert.Equal(freeOf, facts.Plan.LabelVerifiedFreeOf);
            Assert.Equal([SessionScene.Ingredient], facts.Plan.LabelCompositionVerified);
        }
    }
}
