using MesoClinic.Application.Complications;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static MesoClinic.Application.Tests.Rules.Consulting;

namespace MesoClinic.Application.Tests.Rules;

public sealed class OverrideAtTheNeedleTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task What_was_overridden_before_is_overridden_at_the_start_of_the_same_plan(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SceneAsync(clinic);
        var physician = await PhysicianAsync(clinic, scene);
        await OverrideAsync(clinic, scene, physician);

        await scene.OpenAsync();
        await scene.SaveAsync(_ => { });
        await scene.SignConsentAsync();
        await scene.StartAsync();

        var record = await RecordAsync(clinic, scene);
        Assert.Equal(Decision.PhysicianReview, record.Permitting!.Assessment.Decision);
        Assert.Equal([Keloid], record.Permitting.Overridden);
        Assert.True(Assert.Single(record.Overrides).Treated);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Without_an_override_the_needle_stays_out_and_a_physician_may_decide_about_the_record(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SceneAsync(clinic);
        var physician = await PhysicianAsync(clinic, scene);
        await scene.OpenAsync();
        await scene.SaveAsync(_ => { });
        await scene.SignConsentAsync();
        Assert.Equal(Decision.PhysicianReview, Assert.IsType<Failure.Contraindicated>((await scene.TryStartAsync()).Failure).Assessment.Decision);

        await OverrideAsync(clinic, scene, physician);

        var preview = (await clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must();
        Assert.Equal([Keloid], preview.Overridden);
        Assert.True(preview.MayStart([]));
        await scene.StartAsync();
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Another_area_voids_it_before_and_after_the_start(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SceneAsync(clinic);
        var physician = await PhysicianAsync(clinic, scene);
        await OverrideAsync(clinic, scene, physician);
        await scene.OpenAsync();
        await scene.SaveAsync(draft => draft.Areas = ["forehead", "cheeks"]);
        await scene.SignConsentAsync();
        Assert.IsType<Failure.Contraindicated>((await scene.TryStartAsync()).Failure);

        await scene.SaveAsync(draft => draft.Areas = ["forehead"]);
        await scene.StartAsync();

        Assert.IsType<Failure.Contraindicated>((await scene.TrySaveAsync(draft => draft.Areas = ["forehead", "cheeks"])).Failure);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_rules_page_counts_what_fired_was_overridden_and_what_followed(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SceneAsync(clinic);
        var physician = await PhysicianAsync(clinic, scene);
        var before = (await clinic.SendAsync(scene.Practitioner, new CountOverrides.Query(Keloid))).Must();
        await OverrideAsync(clinic, scene, physician);
        await scene.OpenAsync();
        await scene.SaveAsync(_ => { });
        await scene.SignConsentAsync();
        await scene.StartAsync();
        (await scene.TrySignAsync()).Must();

        var done = (await clinic.SendAsync(scene.Practitioner, new CountOverrides.Query(Keloid))).Must();
        Assert.Equal((0, 0, 0, 0), (before.Fired, before.Overridden, before.Sessions, before.WithComplication));
        Assert.Equal((1, 1, 0), (done.Overridden, done.Sessions, done.WithComplication));
        Assert.Equal(await clinic.InDatabaseAsync(db => db.Assessments.CountAsync()), done.Fired);
        var unsafeToo = (await clinic.SendAsync(scene.Practitioner, new CountOverrides.Query(Thrombophilia))).Must();
        Assert.Equal((0, 0), (unsafeToo.Fired, unsafeToo.Sessions));

        (await clinic.SendAsync(scene.Practitioner, new RecordComplication.Command { PatientId = scene.Patient, Symptom = "swelling", BeganOn = clinic.Today, BeganAt = new TimeOnly(9, 0), Severity = MesoClinic.Rules.Knowledge.Severity.Mild })).Must();

        Assert.Equal(1, (await clinic.SendAsync(scene.Practitioner, new CountOverrides.Query(Keloid))).Must().WithComplication);
    }

    private static async Task<SessionScene> SceneAsync(TestClinic clinic)
    {
        var scene = await SessionScene.SetAsync(clinic);
        await clinic.InDatabaseAsync(async db =>
        {
            var patient = await db.Patients.Include(p => p.Answers).SingleAsync(p => p.Id == scene.Patient);
            patient.Answers.Add(new PatientAnswer { Question = "q-keloid-family", Value = "yes", AskedOn = clinic.Today, AskedUtc = clinic.Clock.GetUtcNow().UtcDateTime.AddSeconds(1), AskedById = scene.Practitioner });
            await db.SaveChangesAsync();
        });
        return scene;
    }

    private static async Task<Guid> PhysicianAsync(TestClinic clinic, SessionScene scene)
    {
        var physician = await clinic.AddStaffAsync("Dr Paul Adler", Qualification.Dermatologist, takesAppointments: false, Data.Accounts.ClinicRoles.Cosmetologist);
        (await clinic.SendAsync(physician, new OpenChartWithReason.Command { PatientId = scene.Patient, Reason = "Asked to decide about the session" })).Must();
        return physician;
    }

    private static async Task OverrideAsync(TestClinic clinic, SessionScene scene, Guid physician)
    {
        var seen = (await clinic.SendAsync(physician, new GetOverrides.Query(scene.Appointment))).Must().Open.Single();
        (await clinic.SendAsync(physician, new GiveOverride.Command { AppointmentId = scene.Appointment, Rule = seen.Rule, Binding = seen.Binding, Reason = OverrideReason.ToleratedBefore, Text = Words })).Must();
    }

    private static async Task<GetSession.Record> RecordAsync(TestClinic clinic, SessionScene scene) => (await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must();
}
