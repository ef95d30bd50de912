using MesoClinic.Application.Booking;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Application.Tests.Booking;
using MesoClinic.Data.Accounts;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static MesoClinic.Application.Tests.Rules.Consulting;
using static MesoClinic.Testing.BookingBuilders;

namespace MesoClinic.Application.Tests.Rules;

public sealed class OverrideTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task An_override_confirms_a_provisional_booking_keeps_its_time_and_opens_the_check_in(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await desk.KeloidsInTheFamilyAsync();
        var physician = await desk.AddPhysicianAsync();
        var id = await desk.BookAsync();
        var provisional = await desk.Clinic.AppointmentAsync(id);
        Assert.Equal((true, Decision.PhysicianReview), (provisional.IsProvisional, provisional.Decision));

        var given = await desk.OverrideAsync(physician, id, Keloid);

        var confirmed = await desk.Clinic.AppointmentAsync(id);
        Assert.False(confirmed.IsProvisional);
        Assert.True(confirmed.Decision <= Decision.AllowWithCaution);
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
        desk.Clinic.Clock.Advance(TimeSpan.FromDays(8));
        (await desk.SendAsync(new MarkArrived.Command { AppointmentId = id })).Must();
        Assert.True((await CheckInTests.CheckInAsync(desk, id)).Must().CheckedIn);
        Assert.Equal(OverrideState.Counts, await desk.StateAsync(id, given));
        var kept = await desk.Clinic.InDatabaseAsync(db => db.Assessments.Where(a => a.AppointmentId == id).ToListAsync());
        Assert.All(kept, assessment => Assert.Equal(Decision.PhysicianReview, assessment.Decision));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Only_the_last_missing_override_confirms(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await desk.KeloidsInTheFamilyAsync();
        await desk.HasAsync("D68.5");
        var physician = await desk.AddPhysicianAsync();
        var id = await desk.BookAsync();

        await desk.OverrideAsync(physician, id, Keloid);
        Assert.True((await desk.Clinic.AppointmentAsync(id)).IsProvisional);
        await desk.OverrideAsync(physician, id, Thrombophilia);

        Assert.False((await desk.Clinic.AppointmentAsync(id)).IsProvisional);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Nobody_without_the_qualification_overrides_and_reason_and_words_are_needed(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await desk.KeloidsInTheFamilyAsync();
        var physician = await desk.AddPhysicianAsync();
        var stranger = await desk.AddPhysicianAsync(knowsThePatient: false);
        var manager = await desk.Clinic.AddManagerAsync();
        var id = await desk.BookAsync();

        Assert.IsType<Failure.Forbidden>((await desk.TryOverrideAsync(desk.Irina, id, Keloid)).Failure);
        Assert.IsType<Failure.Forbidden>((await desk.TryOverrideAsync(manager, id, Keloid)).Failure);
        Assert.IsType<Failure.ReasonNeeded>((await desk.TryOverrideAsync(stranger, id, Keloid)).Failure);
        Assert.Contains("Reason", Assert.IsType<Failure.Invalid>((await desk.TryOverrideAsync(physician, id, Keloid, command => command.Reason = null)).Failure).Errors.Keys);
        Assert.Contains("Text", Assert.IsType<Failure.Invalid>((await desk.TryOverrideAsync(physician, id, Keloid, command => command.Text = "   ok      ")).Failure).Errors.Keys);
        Assert.IsType<Failure.Stale>((await desk.TryOverrideAsync(physician, id, Keloid, command => command.Binding = "sha256:seen-earlier")).Failure);
        Assert.True((await desk.Clinic.AppointmentAsync(id)).IsProvisional);
        Assert.Empty(await desk.Clinic.InDatabaseAsync(db => db.Overrides.ToListAsync()));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task What_is_absolute_temporary_or_of_the_plan_has_no_way_around_it_and_says_what_ends_it(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var dermatologist = await desk.AddPhysicianAsync(Qualification.Dermatologist);
        var id = await desk.BookAsync();
        await desk.TakesAsync("B01AF01");
        var absolute = Assert.IsType<Failure.Conflict>((await desk.TryOverrideAsync(dermatologist, id, "ci-anticoagulant-current")).Failure);
        await desk.TakesAsync("D10BA01");
        var temporary = Assert.IsType<Failure.Conflict>((await desk.TryOverrideAsync(dermatologist, id, "ci-isotretinoin-180d")).Failure);

        Assert.Contains("nobody can override it", absolute.Message, StringComparison.Ordinal);
        Assert.Contains("It ends when: ", absolute.Message, StringComparison.Ordinal);
        Assert.Contains("nobody can override it before it has cleared", temporary.Message, StringComparison.Ordinal);
        Assert.Empty(await desk.Clinic.InDatabaseAsync(db => db.Overrides.ToListAsync()));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task An_override_never_silences_what_is_unknown(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await desk.KeloidsInTheFamilyAsync();
        await desk.Clinic.InDatabaseAsync(db => db.Patients.ExecuteUpdateAsync(p => p.SetProperty(x => x.MedicationsReviewedOn, (DateOnly?)null)));
        var physician = await desk.AddPhysicianAsync();
        var id = await desk.BookAsync();

        await desk.OverrideAsync(physician, id, Keloid);

        var appointment = await desk.Clinic.AppointmentAsync(id);
        Assert.Equal((true, Decision.Incomplete), (appointment.IsProvisional, appointment.Decision));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_changed_fact_voids_it_and_the_booking_is_provisional_again(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await desk.HasAsync("D68.5");
        var physician = await desk.AddPhysicianAsync();
        var id = await desk.BookAsync();
        var given = await desk.OverrideAsync(physician, id, Thrombophilia);
        var chart = (await desk.SendAsync(new GetChart.Query(desk.Patient))).Must();
        var items = chart.Profile.Conditions.Select(c => new SaveConditions.Item { Id = c.Id, Icd10 = c.Icd10, Title = c.Title, Status = c.Status }).Append(new SaveConditions.Item { Icd10 = "D68.6", Status = ConditionStatus.Chronic });

        (await desk.SendAsync(new SaveConditions.Command { PatientId = desk.Patient, Version = chart.Version, Items = [.. items] })).Must();

        var appointment = await desk.Clinic.AppointmentAsync(id);
        Assert.Equal((true, Decision.PhysicianReview), (appointment.IsProvisional, appointment.Decision));
        Assert.Equal(OverrideState.Void, await desk.StateAsync(id, given));
        await desk.OverrideAsync(physician, id, Thrombophilia);
        Assert.False((await desk.Clinic.AppointmentAsync(id)).IsProvisional);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_change_of_other_facts_leaves_it_standing(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await desk.HasAsync("D68.5");
        var physician = await desk.AddPhysicianAsync();
        var id = await desk.BookAsync();
        var given = await desk.OverrideAsync(physician, id, Thrombophilia);
        var chart = (await desk.SendAsync(new GetChart.Query(desk.Patient))).Must();

        (await desk.SendAsync(new SaveMedications.Command { PatientId = desk.Patient, Version = chart.Version, Items = [new SaveMedications.Item { Name = "Levothyroxine", Atc = "H03AA01", LastDoseKind = LastDoseKind.StillTaken }] })).Must();

        Assert.False((await desk.Clinic.AppointmentAsync(id)).IsProvisional);
        Assert.Equal(OverrideState.Counts, await desk.StateAsync(id, given));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Another_day_voids_it_another_hour_does_not(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await desk.KeloidsInTheFamilyAsync();
        var physician = await desk.AddPhysicianAsync();
        var id = await desk.BookAsync();
        var given = await desk.OverrideAsync(physician, id, Keloid);

        (await desk.MoveAsync(id, NextTuesday, "15:00")).Must();
        Assert.False((await desk.Clinic.AppointmentAsync(id)).IsProvisional);
        (await desk.MoveAsync(id, NextTuesday.AddDays(1))).Must();

        Assert.True((await desk.Clinic.AppointmentAsync(id)).IsProvisional);
        Assert.Equal(OverrideState.Void, await desk.StateAsync(id, given));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_physician_withdraws_it_and_it_stays_on_the_record(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await desk.KeloidsInTheFamilyAsync();
        var physician = await desk.AddPhysicianAsync();
        var id = await desk.BookAsync();
        var given = await desk.OverrideAsync(physician, id, Keloid);
        Assert.IsType<Failure.Forbidden>((await desk.SendAsync(new WithdrawOverride.Command { OverrideId = given })).Failure);

        (await desk.Clinic.SendAsync(physician, new WithdrawOverride.Command { OverrideId = given })).Must();

        Assert.True((await desk.Clinic.AppointmentAsync(id)).IsProvisional);
        var kept = Assert.Single((await desk.SendAsync(new ListPatientOverrides.Query(desk.Patient))).Must());
        Assert.Equal((OverrideState.Withdrawn, "Dr Paul Adler", Words), (kept.State, kept.WithdrawnBy, kept.Text));
        Assert.IsType<Failure.Conflict>((await desk.Clinic.SendAsync(physician, new WithdrawOverride.Command { OverrideId = given })).Failure);
    }

    [Theory]
    [OnSqlite]
    public async Task Of_two_who_withdraw_it_at_once_the_second_is_told(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await desk.KeloidsInTheFamilyAsync();
        var physician = await desk.AddPhysicianAsync();
        var given = await desk.OverrideAsync(physician, await desk.BookAsync(), Keloid);
        desk.Clinic.Database.Meanwhile("UPDATE \"Overrides\"", "UPDATE Overrides SET WithdrawnUtc = GivenUtc, WithdrawnById = GivenById");

        var second = await desk.Clinic.SendAsync(physician, new WithdrawOverride.Command { OverrideId = given });

        Assert.Equal("It is withdrawn already.", Assert.IsType<Failure.Conflict>(second.Failure).Message);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task It_ends_with_its_appointment(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await desk.KeloidsInTheFamilyAsync();
        var physician = await desk.AddPhysicianAsync();
        var id = await desk.BookAsync();
        var given = await desk.OverrideAsync(physician, id, Keloid);

        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = id, Reason = "The patient is ill" })).Must();

        Assert.Equal(OverrideState.Ended, await desk.StateAsync(id, given));
        Assert.IsType<Failure.Conflict>((await desk.Clinic.SendAsync(physician, new WithdrawOverride.Command { OverrideId = given })).Failure);
        var next = await desk.BookAsync();
        Assert.True((await desk.Clinic.AppointmentAsync(next)).IsProvisional);
        Assert.Empty((await desk.OverridesAsync(next, desk.Irina)).Given);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_physician_is_told_what_waits_and_others_whom_to_ask(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        await desk.KeloidsInTheFamilyAsync();
        var physician = await desk.AddPhysicianAsync();
        var id = await desk.BookAsync();

        var waiting = Assert.Single((await desk.Clinic.SendAsync(physician, new TodayBoard.Query())).Must().ForPhysician);
        Assert.Equal((id, "Irina Volkova", true), (waiting.AppointmentId, waiting.Practitioner, waiting.ProvisionalUntil is not null));
        Assert.Empty((await desk.SendAsync(new TodayBoard.Query())).Must().ForPhysician);
        await desk.Clinic.AddStaffAsync("Dr Ada Only-Manages", Qualification.Physician, takesAppointments: false, ClinicRoles.Manager);
        var seen = await desk.OverridesAsync(id, desk.Irina);
        Assert.Equal(("A physician decides this.", "Dr Paul Adler", false), (seen.Open[0].WhyNot, Assert.Single(seen.Open[0].Physicians), seen.MayDecide));

        await desk.OverrideAsync(physician, id, Keloid);

        Assert.Empty((await desk.Clinic.SendAsync(physician, new TodayBoard.Query())).Must().ForPhysician);
    }
}
