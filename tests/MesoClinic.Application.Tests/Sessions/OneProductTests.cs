using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>What one product brings was mixed by its maker, whatever its lots; a cream on the skin is mixed with nothing.</summary>
public sealed class OneProductTests
{
    private const string Acid = "ing-deoxycholic-acid";
    private const string Filler = "ing-hyaluronic-acid-crosslinked";

    [Theory]
    [OnSqlite]
    public async Task Deoxycholic_acid_with_its_preservative_and_after_a_cream_is_not_mixed_with_anything(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var lot = await ReadyMadeAsync(clinic, Acid, "exc-benzyl-alcohol");
        await scene.SaveAsync(draft =>
        {
            (draft.Areas, draft.Technique, draft.AnaestheticCream) = (["submental"], "tech-mesoinfiltration", true);
            draft.Lines = [new SaveSessionDraft.Line { LotId = lot, VolumeMl = 1, Ampoules = 1 }];
        });
        Assert.DoesNotContain(await PairsAsync(scene), rule => rule == "ic-dca-anything");

        var other = await clinic.AddLotAsync("ing-biotin");
        await scene.SaveAsync(draft => draft.Lines.Add(new SaveSessionDraft.Line { LotId = other, VolumeMl = 1, Ampoules = 1 }));
        Assert.Contains(await PairsAsync(scene), rule => rule == "ic-dca-anything");
    }

    [Theory]
    [OnSqlite]
    public async Task A_syringe_of_filler_with_lidocaine_is_tested_labelled_and_judged_as_one_product(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var lot = await ReadyMadeAsync(clinic, Filler, "ing-lidocaine");
        await scene.SignConsentAsync(c => c.Ingredients = [Filler, "ing-lidocaine"]);

        var test = await clinic.SendAsync(scene.Practitioner, new ApplyAllergyTest.Command { PatientId = scene.Patient, LotId = lot, AppliedOn = clinic.Today });

        Assert.DoesNotContain((test.Failure as Failure.Contraindicated)?.Assessment.Findings ?? [], finding => finding.Rule == "ic-ha-crosslinked-anything");
        await scene.SaveAsync(draft => draft.Lines = [new SaveSessionDraft.Line { LotId = lot, VolumeMl = 0.5m, Ampoules = 1 }]);
        Assert.DoesNotContain(await PairsAsync(scene), rule => rule == "ic-ha-crosslinked-anything");
        Assert.DoesNotContain("any other ingredient", ((await clinic.SendAsync(scene.Practitioner, new GetMixLabel.Query { SessionId = scene.Session })).Failure as Failure.Conflict)?.Message ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Two_lots_of_one_product_are_one_product_and_the_session_starts(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var product = await clinic.InDatabaseAsync(db => db.Lots.Where(l => l.Id == scene.Lot).Select(l => l.ProductId).SingleAsync());
        var second = new Lot { ProductId = product, Number = "L-2605", ExpiresOn = clinic.Today.AddYears(1), ReceivedOn = clinic.Today, AmpoulesReceived = 9, AmpoulesLeft = 9 };
        await clinic.InDatabaseAsync(db =>
        {
            db.Lots.Add(second);
            return db.SaveChangesAsync();
        });
        await scene.SaveAsync(draft =>
        {
            draft.Lines[0].VolumeMl = 0.5m;
            draft.Lines.Add(new SaveSessionDraft.Line { LotId = second.Id, VolumeMl = 0.5m, Ampoules = 1 });
            draft.ConfirmSealed();
        });

        var preview = (await clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must();

        Assert.Equal([[], []], preview.RulesByLine);
        Assert.True((await scene.TryStartAsync()).Succeeded);
        await clinic.InDatabaseAsync(async db => Assert.Equal([(5m, $"{product}"), (5m, $"{product}")], (await db.Assessments.SingleAsync()).Facts.Plan.Doses!.Select(dose => (dose.Mg!.Value, dose.Product!))));
    }

    private static async Task<Guid> ReadyMadeAsync(TestClinic clinic, params string[] ingredients)
    {
        var lot = await clinic.AddLotAsync(ingredients[0]);
        await clinic.InDatabaseAsync(async db =>
        {
            (await db.Products.SingleAsync(p => db.Lots.Any(l => l.Id == lot && l.ProductId == p.Id))).Ingredients = [.. ingredients.Select(id => new ProductIngredient(id, 10))];
            await db.SaveChangesAsync();
        });
        return lot;
    }

    private static async Task<IEnumerable<string>> PairsAsync(SessionScene scene)
    {
        var preview = (await scene.Clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must();
        return preview.Assessment.Findings.Select(finding => finding.Rule).Concat(preview.RulesByLine.SelectMany(rules => rules)).Where(rule => rule.StartsWith("ic-", StringComparison.Ordinal));
    }
}
