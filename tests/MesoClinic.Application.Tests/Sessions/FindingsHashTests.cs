using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>A signature also covers what the rule book was asked and what it found, what the patient agreed to, and each addendum what it adds.</summary>
public sealed class FindingsHashTests
{
    [Theory]
    [InlineData(Engine.Sqlite, "Assessments", "UPDATE Assessments SET Facts = replace(Facts, '1980-03-11', '1990-03-11')")]
    [InlineData(Engine.Sqlite, "Assessments", "UPDATE Assessments SET Result = json_set(Result, '$.decision', 'allow-with-caution')")]
    [InlineData(Engine.Sqlite, "Assessments", "UPDATE Assessments SET RuleBook = 'sha256:another'")]
    [InlineData(Engine.Sqlite, "Assessments", "UPDATE Assessments SET Decision = 'AllowWithCaution'")]
    [InlineData(Engine.Sqlite, "Assessments", "UPDATE Assessments SET AtUtc = '2026-05-01 08:00:00'")]
    [InlineData(Engine.Sqlite, "Consents", "UPDATE Consents SET TemplateVersion = 'treatment-9'")]
    [InlineData(Engine.Sqlite, "Consents", "UPDATE Consents SET TemplateVersion = 'treatment-9', ContentHash = ''")]
    [InlineData(Engine.Sqlite, "CocktailLines", "UPDATE CocktailLines SET LabelFreeOf = '[\"alg-fish\"]'")]
    public async Task What_was_judged_and_agreed_to_cannot_be_changed_past_the_triggers(Engine engine, string table, string sql)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        (await scene.TrySignAsync()).Must();
        Assert.True((await ReadAsync(scene)).HashHolds);

        await PastTheTriggers.RunAsync(clinic, table, sql);

        Assert.False((await ReadAsync(scene)).HashHolds);
    }

    [Theory]
    [OnSqlite]
    public async Task A_later_consent_with_another_text_breaks_the_record_even_with_a_hash_of_its_own(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromMinutes(10));
        var later = await scene.SignConsentAsync(c => c.Areas.Add("cheeks"));
        await scene.SaveAsync(draft => draft.Areas.Add("cheeks"));
        (await scene.TrySignAsync(new TimeOnly(9, 10))).Must();
        Assert.Equal(later, Assert.Single((await ReadAsync(scene)).LaterConsents).Consent.Id);
        Assert.True((await ReadAsync(scene)).HashHolds);

        await PastTheTriggers.RunAsync(clinic, "Consents", "UPDATE Consents SET Text = 'I agree to anything.' WHERE Areas LIKE '%cheeks%'");
        Assert.False((await ReadAsync(scene)).HashHolds);

        await clinic.InDatabaseAsync(async db =>
        {
            var consent = await db.Consents.SingleAsync(c => c.Id == later);
            consent.ContentHash = ConsentForms.HashOf(consent);
            await db.SaveChangesAsync();
        });
        Assert.False((await ReadAsync(scene)).HashHolds);
    }

    [Theory]
    [InlineData(Engine.Sqlite, "Text = 'Nothing at all.'")]
    [InlineData(Engine.Sqlite, "Reason = 'Another'")]
    [InlineData(Engine.Sqlite, "AtUtc = '2026-05-01 08:00:00'")]
    [InlineData(Engine.Sqlite, "LotId = NULL")]
    [InlineData(Engine.Sqlite, "ContentHash = 'another'")]
    [InlineData(Engine.Sqlite, "ContentHash = ''")]
    public async Task An_addendum_changed_past_the_triggers_says_so_and_so_does_its_record(Engine engine, string change)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        (await scene.TrySignAsync()).Must();
        await AddAsync(scene, "Another lot was used.", scene.Lot);
        await AddAsync(scene, "Small bruise.", scene.Lot);
        Assert.All((await ReadAsync(scene)).Addenda, addendum => Assert.True(addendum.Holds));
        Assert.True((await ReadAsync(scene)).HashHolds);

        await PastTheTriggers.RunAsync(clinic, "Addenda", $"UPDATE Addenda SET {change} WHERE Text = 'Small bruise.'");

        var record = await ReadAsync(scene);
        Assert.Equal([false, true], record.Addenda.Select(addendum => addendum.Holds ?? throw new InvalidOperationException("Not verified.")).Order());
        Assert.False(record.HashHolds);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_signed_and_added_before_findings_counted_still_verifies(bool withReplacedTube)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        if (withReplacedTube)
        {
            // The first records with one were signed without it.
            var tube = await clinic.AddLotAsync(Session.CreamIngredient);
            await clinic.InDatabaseAsync(async db =>
            {
                db.ReplacedTubes.Add(new ReplacedTube { SessionId = scene.Session, LotId = tube, AtUtc = clinic.Clock.GetUtcNow().UtcDateTime });
                await db.SaveChangesAsync();
            });
        }

        (await scene.TrySignAsync()).Must();
        await AddAsync(scene, "Small bruise.", null);
        await PastTheTriggers.RunAsync(clinic, "Addenda", "UPDATE Addenda SET ContentHash = ''");
        await PastTheTriggers.RunAsync(clinic, "CocktailLines", "UPDATE CocktailLines SET LabelFreeOf = NULL, CompositionVerified = NULL");
        await clinic.InDatabaseAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER Sessions_signed_update");
            var session = await db.Sessions.Include(s => s.Areas).Include(s => s.Cocktail).Include(s => s.Consent).SingleAsync(s => s.Id == scene.Session);
            session.ContentHash = ThirdForm.HashOf(session, await db.Assessments.Where(a => a.SessionId == session.Id).Select(a => a.Id).ToListAsync());
            await db.SaveChangesAsync();
        });

        var record = await ReadAsync(scene);
        Assert.True(record.HashHolds);
        Assert.Null(Assert.Single(record.Addenda).Holds);

        await PastTheTriggers.RunAsync(clinic, "Consents", "UPDATE Consents SET TemplateVersion = 'treatment-9'");
        Assert.False((await ReadAsync(scene)).HashHolds);
    }

    private static async Task AddAsync(SessionScene scene, string text, Guid? lot) =>
        (await scene.Clinic.SendAsync(scene.Practitioner, new AddAddendum.Command { SessionId = scene.Session, Reason = "Forgotten", Text = text, LotId = lot })).Must();

    private static async Task<GetSession.Record> ReadAsync(SessionScene scene) => (await scene.Clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must();
}
