using MesoClinic.Application.Audit;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Staff;
using MesoClinic.Domain.Patients;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace MesoClinic.Application.Tests.Staff;

public sealed class PatientAccountTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_patient_is_invited_by_their_clinician_and_by_nobody_elses(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (own, other) = (await clinic.AddCosmetologistAsync("Own"), await clinic.AddCosmetologistAsync("Other"));
        var patient = await clinic.AddPatientAsync(new PatientOptions { AssignedTo = [own] });
        Assert.IsType<Failure.ReasonNeeded>((await InviteAsync(clinic, other, patient, "hannah@post.example")).Failure);
        var invited = await InviteAsync(clinic, own, patient, "hannah@post.example");
        Assert.NotNull((await clinic.SendAsync(own, new GetInvitationLink.Query(invited.Value!.InvitationId!.Value))).Value);
        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(other, new GetInvitationLink.Query(invited.Value.InvitationId.Value))).Failure);
        Assert.IsType<Failure.Conflict>((await InviteAsync(clinic, own, patient, "second@post.example")).Failure);
        var row = Assert.Single((await clinic.SendAsync(own, new ListPatientAccounts.Query(patient))).Value!);
        Assert.Equal(("hannah@post.example", PatientRelation.Self, false), (row.Email, row.Relation, row.HasPassword));
    }

    [Fact]
    public async Task A_guardian_of_two_has_one_sign_in_and_a_strangers_address_is_never_linked()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var manager = await clinic.AddManagerAsync();
        var (first, second) = (await clinic.AddPatientAsync(), await clinic.AddPatientAsync());
        Assert.NotNull((await InviteAsync(clinic, manager, first, "mother@post.example", "Eva Lindqvist")).Value!.InvitationId);
        Assert.IsType<Failure.Invalid>((await InviteAsync(clinic, manager, second, "mother@post.example", "Somebody Else")).Failure);
        Assert.Null((await InviteAsync(clinic, manager, second, "mother@post.example", "Eva Lindqvist")).Value!.InvitationId);
        Assert.Equal(2, await clinic.InDatabaseAsync(db => db.PatientAccounts.CountAsync()));
    }

    [Fact]
    public async Task A_guardian_whose_access_was_taken_away_reads_nothing_more()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var manager = await clinic.AddManagerAsync();
        var patient = await clinic.AddPatientAsync();
        var guardian = await clinic.AddPatientAccountAsync(patient);
        Assert.True((await clinic.SendAsync(guardian, new WhoHasSeenMyRecord.Query(patient))).Succeeded);
        Assert.True((await clinic.SendAsync(manager, new EndPatientAccess.Command { PatientId = patient, UserId = guardian })).Succeeded);
        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(guardian, new WhoHasSeenMyRecord.Query(patient))).Failure);
    }

    [Fact]
    public async Task A_patient_sees_who_opened_the_record_and_why_and_nobody_elses()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var manager = await clinic.AddManagerAsync("Sofia Brandt");
        var (patient, other) = (await clinic.AddPatientAsync(), await clinic.AddPatientAsync());
        var me = await clinic.AddPatientAccountAsync(patient);
        Assert.True((await clinic.SendAsync(manager, new OpenChartWithReason.Command { PatientId = patient, Reason = "Answering a complaint of 30 May" })).Succeeded);
        var day = Assert.Single((await clinic.SendAsync(me, new WhoHasSeenMyRecord.Query())).Value!);
        var look = Assert.Single(day.Looks);
        Assert.Equal(("Sofia Brandt", "Answering a complaint of 30 May", clinic.Today), (look.Person, look.WithReason, day.Date));
        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(me, new WhoHasSeenMyRecord.Query(other))).Failure);
        Assert.Equal("Answering a complaint of 30 May", Assert.Single((await clinic.SendAsync(manager, new ListOpenedCharts.Query())).Value!.Charts).Reason);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_guardians_sign_in_rests_when_the_patient_comes_of_age_until_a_manager_renews_it(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (own, manager) = (await clinic.AddCosmetologistAsync("Own"), await clinic.AddManagerAsync());
        var child = await clinic.AddPatientAsync(new PatientOptions { BirthDate = clinic.Today.AddYears(-18).AddDays(1), AssignedTo = [own] });
        Assert.True((await InviteAsync(clinic, own, child, "mother@post.example", "Eva Lindqvist")).Succeeded);
        var guardian = Assert.Single((await clinic.SendAsync(own, new ListPatientAccounts.Query(child))).Value!);
        Assert.Equal((PatientRelation.Guardian, false), (guardian.Relation, guardian.Rests));
        Assert.True((await clinic.SendAsync(guardian.UserId, new WhoHasSeenMyRecord.Query(child))).Succeeded);
        var renew = new RenewGuardian.Command { PatientId = child, UserId = guardian.UserId };
        Assert.IsType<Failure.Conflict>((await clinic.SendAsync(manager, renew)).Failure);

        clinic.Clock.Advance(TimeSpan.FromDays(1));
        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(guardian.UserId, new WhoHasSeenMyRecord.Query(child))).Failure);
        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(guardian.UserId, new MyAppointments.Query())).Failure);
        Assert.True(Assert.Single((await clinic.SendAsync(own, new ListPatientAccounts.Query(child))).Value!).Rests);

        Assert.IsType<Failure.Forbidden>((await clinic.SendAsync(own, renew)).Failure);
        Assert.True((await clinic.SendAsync(manager, renew)).Succeeded);
        Assert.True((await clinic.SendAsync(guardian.UserId, new WhoHasSeenMyRecord.Query(child))).Succeeded);
        Assert.Equal(PatientRelation.Representative, Assert.Single((await clinic.SendAsync(own, new ListPatientAccounts.Query(child))).Value!).Relation);
    }

    [Theory]
    [InlineData("Pacific/Auckland", 2, 4.5, false)]
    [InlineData("Pacific/Honolulu", 1, 0, true)]
    public async Task The_eighteenth_birthday_begins_at_midnight_at_the_clinic(string zone, int birthday, double hours, bool reads)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var own = await clinic.AddCosmetologistAsync("Own");
        await clinic.InDatabaseAsync(db => db.Clinics.ExecuteUpdateAsync(c => c.SetProperty(x => x.TimeZone, zone)));
        var child = await clinic.AddPatientAsync(new PatientOptions { BirthDate = new DateOnly(2008, 6, birthday), AssignedTo = [own] });
        Assert.True((await InviteAsync(clinic, own, child, "mother@post.example", "Eva Lindqvist")).Succeeded);
        var guardian = Assert.Single((await clinic.SendAsync(own, new ListPatientAccounts.Query(child))).Value!).UserId;

        clinic.Clock.Advance(TimeSpan.FromHours(hours));

        Assert.Equal(reads, (await clinic.SendAsync(guardian, new WhoHasSeenMyRecord.Query(child))).Succeeded);
    }

    [Fact]
    public async Task Only_a_manager_lets_somebody_act_for_an_adult()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var (own, manager) = (await clinic.AddCosmetologistAsync("Own"), await clinic.AddManagerAsync());
        var adult = await clinic.AddPatientAsync(new PatientOptions { AssignedTo = [own] });

        foreach (var relation in new[] { PatientRelation.Guardian, PatientRelation.Representative })
        {
            var refused = await clinic.SendAsync(own, new InvitePatient.Command { PatientId = adult, Email = "partner@post.example", Name = "Eva Lindqvist", Relation = relation });
            Assert.Contains(nameof(InvitePatient.Command.Relation), Assert.IsType<Failure.Invalid>(refused.Failure).Errors.Keys);
        }

        Assert.True((await InviteAsync(clinic, manager, adult, "partner@post.example", "Eva Lindqvist")).Succeeded);
        var acting = Assert.Single((await clinic.SendAsync(own, new ListPatientAccounts.Query(adult))).Value!);
        Assert.Equal((PatientRelation.Representative, false), (acting.Relation, acting.Rests));
    }

    private static Task<Outcome<InvitePatient.Invited>> InviteAsync(TestClinic clinic, Guid by, Guid patient, string email, string? guardian = null) =>
        clinic.SendAsync(by, new InvitePatient.Command { PatientId = patient, Email = email, Name = guardian, Relation = guardian is null ? PatientRelation.Self : PatientRelation.Guardian });
}
