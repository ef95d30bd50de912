using MesoClinic.Application.Patients;
using MesoClinic.Application.Photos;
using MesoClinic.Application.Rules;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Photos;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Staff;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>What a signature covers besides the record's own row: photos, consents, physicians' decisions.</summary>
public sealed class SessionHashTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Photos_are_signed_with_the_record_and_one_removed_before_or_after_does_not_break_it(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await AgreedAsync(clinic);
        var wrong = await AddPhotoAsync(scene);
        var kept = await AddPhotoAsync(scene);
        await RemoveAsync(scene, wrong);
        Assert.True((await scene.TrySignAsync()).Succeeded);
        Assert.True((await ReadAsync(scene)).HashHolds);

        clinic.Clock.Advance(TimeSpan.FromDays(1));
        await RemoveAsync(scene, kept);

        Assert.True((await ReadAsync(scene)).HashHolds);
    }

    [Theory]
    [InlineData(Engine.Sqlite, "UPDATE Photos SET View = 'hands'")]
    [InlineData(Engine.Sqlite, "UPDATE Photos SET Moment = 'After'")]
    [InlineData(Engine.Sqlite, "UPDATE Photos SET ContentHash = 'another'")]
    [InlineData(Engine.Sqlite, "UPDATE Photos SET Key = ''")]
    [InlineData(Engine.Sqlite, "UPDATE Photos SET SessionId = NULL")]
    [InlineData(Engine.Sqlite, "DELETE FROM Photos")]
    public async Task A_photo_changed_past_the_triggers_breaks_the_hash(Engine engine, string sql)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await AgreedAsync(clinic);
        await AddPhotoAsync(scene);
        Assert.True((await scene.TrySignAsync()).Succeeded);
        Assert.True((await ReadAsync(scene)).HashHolds);

        await PastTheTriggers.RunAsync(clinic, "Photos", sql);

        Assert.False((await ReadAsync(scene)).HashHolds);
    }

    [Theory]
    [OnSqlite]
    public async Task A_photo_smuggled_into_a_signed_record_breaks_the_hash(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await AgreedAsync(clinic);
        await AddPhotoAsync(scene, ofSession: false);
        Assert.True((await scene.TrySignAsync()).Succeeded);
        Assert.True((await ReadAsync(scene)).HashHolds);

        await PastTheTriggers.RunAsync(clinic, "Photos", "UPDATE Photos SET SessionId = (SELECT Id FROM Sessions)");

        Assert.False((await ReadAsync(scene)).HashHolds);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_consent_to_the_anaesthetic_stands_in_the_record(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await clinic.InDatabaseAsync(async db =>
        {
            db.AllergyTests.Add(new AllergyTest { PatientId = scene.Patient, Ingredient = Session.CreamIngredient, AppliedOn = clinic.Today.AddDays(-5), ReadOn = clinic.Today.AddDays(-3), Negative = true, AppliedById = scene.Practitioner });
            await db.SaveChangesAsync();
        });
        await scene.OpenAsync();
        await scene.SaveAsync(draft => draft.AnaestheticCream = true);
        await scene.SignConsentAsync(c => c.Ingredients.Add(Session.CreamIngredient));
        var consent = await scene.SignConsentAsync(c => (c.Kind, c.Ingredients) = (ConsentKind.Anaesthetic, [SessionScene.Ingredient, Session.CreamIngredient]));
        await scene.StartAsync();
        Assert.True((await scene.TrySignAsync()).Succeeded);
        Assert.True((await clinic.SendAsync(scene.Practitioner, new WithdrawConsent.Command { ConsentId = consent, Reason = "No cream next time" })).Succeeded);

        var record = await ReadAsync(scene);

        Assert.Equal(consent, record.AnaestheticConsent!.Id);
        Assert.NotNull(record.AnaestheticConsent.WithdrawnAt);
        Assert.True(record.HashHolds);
        if (engine == Engine.Sqlite)
        {
            await PastTheTriggers.RunAsync(clinic, "Sessions", "UPDATE Sessions SET AnaestheticConsentId = ConsentId");
            Assert.False((await ReadAsync(scene)).HashHolds);
        }
    }

    [Theory]
    [OnSqlite]
    public async Task What_a_physician_decided_is_signed_with_the_record_and_a_withdrawal_afterwards_leaves_it(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await clinic.InDatabaseAsync(async db =>
        {
            var patient = await db.Patients.Include(p => p.Answers).SingleAsync(p => p.Id == scene.Patient);
            patient.Answers.Add(new PatientAnswer { Question = "q-keloid-family", Value = "yes", AskedOn = clinic.Today, AskedUtc = clinic.Clock.GetUtcNow().UtcDateTime.AddSeconds(1), AskedById = scene.Practitioner });
            await db.SaveChangesAsync();
        });
        var physician = await clinic.AddStaffAsync("Dr Paul Adler", Qualification.Dermatologist, takesAppointments: false, Data.Accounts.ClinicRoles.Cosmetologist);
        (await clinic.SendAsync(physician, new OpenChartWithReason.Command { PatientId = scene.Patient, Reason = "Asked to decide" })).Must();
        var seen = (await clinic.SendAsync(physician, new GetOverrides.Query(scene.Appointment))).Must().Open.Single();
        (await clinic.SendAsync(physician, new GiveOverride.Command { AppointmentId = scene.Appointment, Rule = seen.Rule, Binding = seen.Binding, Reason = OverrideReason.ToleratedBefore, Text = "Earlobe of the mother only; test area read." })).Must();
        await scene.OpenAsync();
        await scene.SaveAsync(_ => { });
        await scene.SignConsentAsync();
        await scene.StartAsync();
        Assert.True((await scene.TrySignAsync()).Succeeded);
        await clinic.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE Overrides SET WithdrawnUtc = '2026-06-02 09:00:00', WithdrawnById = GivenById"));
        Assert.True((await ReadAsync(scene)).HashHolds);

        await PastTheTriggers.RunAsync(clinic, "Overrides", "UPDATE Overrides SET Text = 'Other words'");

        Assert.False((await ReadAsync(scene)).HashHolds);
    }

    [Theory]
    [OnSqlite]
    public async Task A_record_signed_before_its_photos_counted_still_verifies(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await AgreedAsync(clinic);
        await AddPhotoAsync(scene);
        await scene.SaveAsync(draft => (draft.PainScore, draft.ObservedMinutes) = (2, 15));
        Assert.True((await scene.TrySignAsync()).Succeeded);
        await clinic.InDatabaseAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER Sessions_signed_update");
            var session = await db.Sessions.Include(s => s.Areas).Include(s => s.Cocktail).Include(s => s.Consent).SingleAsync(s => s.Id == scene.Session);
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER CocktailLines_signed_update");
            session.AssessmentId = null;
            session.Cocktail.ForEach(line => (line.LabelFreeOf, line.CompositionVerified) = (null, null));
            session.ContentHash = SecondForm.HashOf(session, await db.Assessments.Where(a => a.SessionId == session.Id).Select(a => a.Id).ToListAsync());
            await db.SaveChangesAsync();
        });

        Assert.True((await ReadAsync(scene)).HashHolds);
        await clinic.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE Sessions SET PainScore = 1"));
        Assert.False((await ReadAsync(scene)).HashHolds);
    }

    private static async Task<SessionScene> AgreedAsync(TestClinic clinic)
    {
        var scene = await SessionScene.StartedAsync(clinic);
        await scene.SignConsentAsync(c => (c.Kind, c.AppointmentId, c.PatientId) = (ConsentKind.Photos, null, scene.Patient));
        return scene;
    }

    private static async Task<Guid> AddPhotoAsync(SessionScene scene, bool ofSession = true)
    {
        await using var scope = scene.Clinic.Scope();
        var received = (await scope.ServiceProvider.GetRequiredService<PhotoStore>().ReceiveAsync(new MemoryStream(Pictures.Jpeg()), CancellationToken.None)).Must();
        return (await scene.Clinic.SendAsync(scene.Practitioner, new AddPhoto.Command { PatientId = scene.Patient, SessionId = ofSession ? scene.Session : null, Moment = PhotoMoment.Before, View = "face-front", Photo = received })).Must();
    }

    private static async Task RemoveAsync(SessionScene scene, Guid photo) =>
        (await scene.Clinic.SendAsync(scene.Practitioner, new RemovePhoto.Command { PhotoId = photo, Reason = "Another person in the mirror" })).Must();

    private static async Task<GetSession.Record> ReadAsync(SessionScene scene) => (await scene.Clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must();
}
