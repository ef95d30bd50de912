using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>A line that was entered by mistake stays on record and counts nowhere: whatever is corrected in its product later holds nothing up.</summary>
public sealed class MistakenLinesTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task What_an_ampoule_of_it_is_found_to_hold_does_not_stop_what_follows(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (scene, wrong) = await WithAMistakeAsync(clinic);
        await clinic.InDatabaseAsync(db => db.Products.Where(p => db.Lots.Any(l => l.Id == wrong && l.ProductId == p.Id)).ExecuteUpdateAsync(p => p.SetProperty(x => x.AmpouleMl, 0.05m)));

        Assert.Empty((await clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must().Problems);
        await scene.SaveAsync(draft => draft.Lines[0].VolumeMl = 0.85m);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_corrected_label_of_it_is_not_judged_at_the_signature(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (scene, wrong) = await WithAMistakeAsync(clinic);
        var judged = await clinic.InDatabaseAsync(db => db.Assessments.CountAsync());
        await clinic.InDatabaseAsync(async db =>
        {
            (await db.Lots.Include(l => l.Product).SingleAsync(l => l.Id == wrong)).Product!.Ingredients = [new ProductIngredient("ing-lidocaine", 10)];
            await db.SaveChangesAsync();
        });

        (await scene.TrySignAsync()).Must();

        Assert.Equal(judged, await clinic.InDatabaseAsync(db => db.Assessments.CountAsync()));
    }

    /// <returns>Injections of one product, and a lot of another that was in the record by mistake.</returns>
    private static async Task<(SessionScene Scene, Guid Wrong)> WithAMistakeAsync(TestClinic clinic)
    {
        var scene = await SessionScene.ReadyAsync(clinic);
        var wrong = await clinic.AddLotAsync("ing-vitamin-c");
        await clinic.InDatabaseAsync(async db =>
        {
            db.AllergyTests.Add(new AllergyTest { PatientId = scene.Patient, Ingredient = "ing-vitamin-c", AppliedOn = clinic.Today.AddDays(-5), ReadOn = clinic.Today.AddDays(-3), Negative = true, AppliedById = scene.Practitioner });
            await db.SaveChangesAsync();
        });
        await scene.SignConsentAsync(c => c.Ingredients.Add("ing-vitamin-c"));
        await scene.SaveAsync(draft => draft.Lines = [new SaveSessionDraft.Line { LotId = scene.Lot, VolumeMl = 0.8m, SealedAmpoules = 1 }, new SaveSessionDraft.Line { LotId = wrong, VolumeMl = 0.1m, SealedAmpoules = 1 }]);
        await scene.StartAsync();
        await scene.SaveAsync(draft => draft.Lines[1].Mistake = "The pack beside it was scanned.");
        return (scene, wrong);
    }
}
