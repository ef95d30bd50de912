using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Sessions;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>Whatever an assessment reads from a label is judged again before the signature when it was corrected after the injections were judged.</summary>
public sealed class CorrectedLabelTests
{
    private const string VitaminC = "ing-vitamin-c";
    private const string Lidocaine = "ing-lidocaine";

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_label_that_is_free_of_an_allergen_no_longer_is_judged_and_what_was_injected_is_signed_after_a_stop(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await WithVitaminCAsync(clinic);
        await scene.StartAsync();
        await RelabelAsync(scene, product => product.LabelFreeOf = []);

        Assert.Contains(Assert.IsType<Failure.Contraindicated>((await scene.TrySignAsync()).Failure).Assessment.Findings, finding => finding.Because.Contains("ulphite", StringComparison.OrdinalIgnoreCase) || finding.Because.Contains("ulfite", StringComparison.OrdinalIgnoreCase));

        scene.Draft.Version = (await clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "The label was wrong" })).Must();
        (await scene.TrySignAsync()).Must();
    }

    [Theory]
    [OnSqlite]
    public async Task A_composition_that_nobody_checked_after_all_is_judged_and_an_unchanged_label_is_not(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (same, other) = (await SessionScene.StartedAsync(clinic), default(SessionScene));
        var judged = await CountAsync(clinic);
        (await same.TrySignAsync()).Must();
        Assert.Equal(judged, await CountAsync(clinic));

        other = await SessionScene.StartedAsync(clinic);
        judged = await CountAsync(clinic);
        await RelabelAsync(other, product => product.CompositionVerified = false);
        (await other.TrySignAsync()).Must();

        Assert.Equal(judged + 1, await CountAsync(clinic));
        await clinic.InDatabaseAsync(async db =>
        {
            var session = await db.Sessions.Include(s => s.Cocktail).SingleAsync(s => s.Id == other.Session);
            Assert.False(Assert.Single(session.Cocktail).CompositionVerified);
            Assert.Empty((await db.Assessments.SingleAsync(a => a.Id == session.AssessmentId)).Facts.Plan.LabelCompositionVerified);
        });
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task An_anaesthetic_that_the_label_lists_by_now_asks_for_its_consent(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        await TestedAsync(scene, Lidocaine);
        await RelabelAsync(scene, product => product.Ingredients = [new ProductIngredient(SessionScene.Ingredient, 10), new ProductIngredient(Lidocaine, 3)]);

        Assert.Contains("idocaine", Assert.Single(Assert.IsType<Failure.Invalid>((await scene.TrySignAsync()).Failure).Errors[SessionReview.AnaestheticPath]), StringComparison.Ordinal);

        var consent = await scene.SignConsentAsync(c => (c.Kind, c.Ingredients) = (ConsentKind.Anaesthetic, [Lidocaine]));
        await scene.SignConsentAsync(c => c.Ingredients.Add(Lidocaine));
        (await scene.TrySignAsync()).Must();
        var record = (await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must();
        Assert.Equal((consent, true), (record.AnaestheticConsent!.Id, record.HashHolds));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Injections_that_began_before_this_was_kept_are_judged_again_only_for_other_ingredients(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        await clinic.InDatabaseAsync(async db =>
        {
            var line = await db.CocktailLines.SingleAsync();
            (line.LabelFreeOf, line.CompositionVerified) = (null, null);
            (await db.Patients.Include(p => p.Allergies).SingleAsync()).Allergies.Add(new PatientAllergy { Allergen = "alg-hyaluronan", NotedOn = clinic.Today });
            await db.SaveChangesAsync();
        });
        var judged = await CountAsync(clinic);

        (await scene.TrySignAsync()).Must();

        Assert.Equal(judged, await CountAsync(clinic));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_stopped_record_is_signed_with_the_labels_that_were_judged(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        scene.Draft.Version = (await clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "Felt faint" })).Must();
        await RelabelAsync(scene, product => (product.Name, product.Ingredients, product.CompositionVerified) = ("Another name", [new ProductIngredient(Lidocaine, 3)], false));

        (await scene.TrySignAsync()).Must();

        await clinic.InDatabaseAsync(async db =>
        {
            var line = await db.CocktailLines.SingleAsync();
            Assert.NotEqual("Another name", line.ProductName);
            Assert.Equal((SessionScene.Ingredient, true), (Assert.Single(line.Ingredients).Ingredient, line.CompositionVerified));
        });
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task What_the_label_lists_by_now_asks_for_a_consent_that_names_it(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        await TestedAsync(scene, VitaminC);
        await RelabelAsync(scene, product => product.Ingredients = [new ProductIngredient(SessionScene.Ingredient, 10), new ProductIngredient(VitaminC, 3)]);

        Assert.Contains("itamin C", Assert.Single(Assert.IsType<Failure.Invalid>((await scene.TrySignAsync()).Failure).Errors[SessionReview.ConsentPath]), StringComparison.Ordinal);

        var consent = await scene.SignConsentAsync(c => c.Ingredients = [SessionScene.Ingredient, VitaminC]);
        (await scene.TrySignAsync()).Must();
        await clinic.InDatabaseAsync(async db => Assert.Equal(consent, Assert.Single((await db.Sessions.SingleAsync()).LaterConsents).ConsentId));
    }

    /// <summary>A product that could hold sulphites and whose label says that it does not, for somebody who does not bear them.</summary>
    private static async Task<SessionScene> WithVitaminCAsync(TestClinic clinic)
    {
        var scene = await SessionScene.ReadyAsync(clinic);
        await TestedAsync(scene, VitaminC);
        var lot = await clinic.AddLotAsync(VitaminC);
        await clinic.InDatabaseAsync(async db =>
        {
            (await db.Patients.Include(p => p.Allergies).SingleAsync()).Allergies.Add(new PatientAllergy { Allergen = "alg-sulfites", NotedOn = clinic.Today });
            await db.SaveChangesAsync();
        });
        await scene.SignConsentAsync(c => c.Ingredients = [VitaminC]);
        await scene.TakeFromAsync(lot);
        await RelabelAsync(scene, product => product.LabelFreeOf = ["alg-sulfites"]);
        return scene;
    }

    private static Task TestedAsync(SessionScene scene, string ingredient) => scene.Clinic.InDatabaseAsync(async db =>
    {
        db.AllergyTests.Add(new AllergyTest { PatientId = scene.Patient, Ingredient = ingredient, AppliedOn = scene.Clinic.Today.AddDays(-5), ReadOn = scene.Clinic.Today.AddDays(-3), Negative = true, AppliedById = scene.Practitioner });
        await db.SaveChangesAsync();
    });

    private static Task RelabelAsync(SessionScene scene, Action<Product> change) => scene.Clinic.InDatabaseAsync(async db =>
    {
        var line = await db.Sessions.Where(s => s.Id == scene.Session).SelectMany(s => s.Cocktail).Include(l => l.Lot!.Product).SingleAsync();
        change(line.Lot!.Product!);
        await db.SaveChangesAsync();
    });

    private static Task<int> CountAsync(TestClinic clinic) => clinic.InDatabaseAsync(db => db.Assessments.CountAsync());
}
