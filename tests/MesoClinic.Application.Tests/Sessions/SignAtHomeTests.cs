using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Sessions;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

public sealed class SignAtHomeTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_patient_signs_the_plan_of_a_coming_appointment_and_the_session_may_start(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        var account = await AccountAsync(clinic, scene.Patient, PatientRelation.Self, "Hannah Lindqvist");
        await scene.OpenAsync();
        await scene.SaveAsync(_ => { });
        var listed = (await clinic.SendAsync(account, new GetMyConsents.Query())).Must();
        Assert.Equal([(ConsentKind.Treatment, true), (ConsentKind.Photos, true)], listed.Lacking.Select(l => (l.Kind, l.MaySign)));

        var id = (await SignAsync(clinic, account, scene)).Must();

        Assert.True((await scene.TryStartAsync()).Succeeded);
        var read = (await clinic.SendAsync(account, new GetMyConsent.Query(id))).Must();
        Assert.Equal((null, "Hannah Lindqvist", true), (read.Witness, read.SignedName, read.HashHolds));
        Assert.Equal([ConsentKind.Photos], (await clinic.SendAsync(account, new GetMyConsents.Query())).Must().Lacking.Select(l => l.Kind));
        Assert.IsType<Failure.Conflict>((await SignAsync(clinic, account, scene)).Failure);
    }

    [Theory]
    [OnSqlite]
    public async Task What_was_signed_at_home_stops_covering_when_the_plan_grows(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        var account = await AccountAsync(clinic, scene.Patient, PatientRelation.Self, "Hannah Lindqvist");
        await scene.OpenAsync();
        (await SignAsync(clinic, account, scene)).Must();
        await scene.SaveAsync(d => d.Areas.Add("cheeks"));

        Assert.Equal("The signed consent does not cover: Cheeks. Have a new one signed.", Assert.IsType<Failure.Invalid>((await scene.TryStartAsync()).Failure).Errors["Consent"][0]);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_guardian_signs_for_the_minor_on_their_own_account_and_the_minor_does_not(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await ConsentTests.MinorAsync(clinic);
        var child = await AccountAsync(clinic, scene.Patient, PatientRelation.Self, "Hannah Lindqvist");
        var mother = await AccountAsync(clinic, scene.Patient, PatientRelation.Guardian, "Maria Lindqvist");

        Assert.IsType<Failure.Conflict>((await SignAsync(clinic, child, scene)).Failure);
        Assert.Contains("guardian", (await clinic.SendAsync(child, new GetMyConsents.Query())).Must().WhyNot, StringComparison.Ordinal);
        Assert.Contains("SignedName", Assert.IsType<Failure.Invalid>((await SignAsync(clinic, mother, scene, c => c.Relation = GuardianRelation.Mother)).Failure).Errors.Keys);
        Assert.Contains("Relation", Assert.IsType<Failure.Invalid>((await SignAsync(clinic, mother, scene, c => c.SignedName = "Maria Lindqvist")).Failure).Errors.Keys);
        var id = (await SignAsync(clinic, mother, scene, c => (c.SignedName, c.Relation) = ("Maria Lindqvist", GuardianRelation.Mother))).Must();

        await clinic.InDatabaseAsync(async db =>
        {
            var consent = await db.Consents.SingleAsync(c => c.Id == id);
            Assert.Equal((true, (Guid?)mother, (Guid?)null), (consent.SignedByGuardian, consent.SignerId, consent.WitnessId));
        });
    }

    [Theory]
    [OnSqlite]
    public async Task Who_acts_for_an_adult_reads_but_does_not_sign(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();
        var representative = await AccountAsync(clinic, scene.Patient, PatientRelation.Representative, "Maria Lindqvist");

        Assert.Equal("An adult signs in person. You can read what is signed, but not sign for somebody else.", Assert.IsType<Failure.Conflict>((await SignAsync(clinic, representative, scene)).Failure).Message);
    }

    [Theory]
    [OnSqlite]
    public async Task Nothing_is_signed_at_home_before_it_was_explained(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await clinic.InDatabaseAsync(db => db.Appointments.Where(a => a.Kind == AppointmentKind.Consultation).ExecuteUpdateAsync(a => a.SetProperty(x => x.State, AppointmentState.NoShow)));
        var account = await AccountAsync(clinic, scene.Patient, PatientRelation.Self, "Hannah Lindqvist");

        Assert.Equal(SignMyConsent.NotExplained, Assert.IsType<Failure.Conflict>((await SignAsync(clinic, account, scene)).Failure).Message);
        Assert.Equal([(ConsentKind.Treatment, false), (ConsentKind.Photos, true)], (await clinic.SendAsync(account, new GetMyConsents.Query())).Must().Lacking.Select(l => (l.Kind, l.MaySign)));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_patient_who_withdraws_at_home_stops_what_has_begun(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        var account = await AccountAsync(clinic, scene.Patient, PatientRelation.Self, "Hannah Lindqvist");
        var stranger = await AccountAsync(clinic, (await AnotherAsync(clinic)), PatientRelation.Self, "Somebody Else");
        var consent = Assert.Single((await clinic.SendAsync(account, new GetMyConsents.Query())).Must().Given).Id;

        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(stranger, new WithdrawMyConsent.Command { ConsentId = consent })).Failure);
        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(stranger, new GetMyConsent.Query(consent))).Failure);
        Assert.True((await clinic.SendAsync(account, new WithdrawMyConsent.Command { ConsentId = consent })).Succeeded);

        Assert.Contains("Consent", Assert.IsType<Failure.Invalid>((await scene.TrySaveAsync(d => d.Lines[0].VolumeMl = 1.1m)).Failure).Errors.Keys);
        Assert.True((await scene.TrySaveAsync(d => (d.Lines[0].VolumeMl, d.Notes) = (1m, "Stopped: the patient withdrew."))).Succeeded);
        Assert.True((await scene.TrySignAsync()).Succeeded);
    }

    private static async Task<Outcome<Guid>> SignAsync(TestClinic clinic, Guid account, SessionScene scene, Action<SignMyConsent.Command>? change = null)
    {
        var form = (await clinic.SendAsync(account, new GetMyConsentForm.Query(scene.Patient, ConsentKind.Treatment, scene.Appointment))).Value;
        var command = new SignMyConsent.Command { PatientId = scene.Patient, Kind = ConsentKind.Treatment, AppointmentId = scene.Appointment, Read = form?.Form.Read, SignedName = "Hannah Lindqvist" };
        change?.Invoke(command);
        return await clinic.SendAsync(account, command);
    }

    internal static async Task<Guid> AccountAsync(TestClinic clinic, Guid patient, PatientRelation relation, string name)
    {
        var account = await clinic.AddPatientAccountAsync(patient);
        await clinic.InDatabaseAsync(async db =>
        {
            await db.PatientAccounts.Where(link => link.UserId == account).ExecuteUpdateAsync(link => link.SetProperty(x => x.Relation, relation));
            await db.Users.Where(user => user.Id == account).ExecuteUpdateAsync(user => user.SetProperty(x => x.DisplayName, name));
        });
        return account;
    }

    private static Task<Guid> AnotherAsync(TestClinic clinic) => clinic.InDatabaseAsync(async db =>
    {
        var other = new Patient { GivenName = "Somebody", FamilyName = "Else", BirthDate = new DateOnly(1990, 1, 1), RegisteredUtc = TestClinic.Start.UtcDateTime, RegisteredById = Guid.Empty };
        db.Patients.Add(other);
        await db.SaveChangesAsync();
        return other.Id;
    });
}
