using MesoClinic.Application.Booking;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Booking;

/// <summary>What is booked counts for what is booked before it, after it and on the same day.</summary>
public sealed class NeighbouringSessionTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_time_that_makes_a_later_session_unsafe_is_refused_and_the_later_one_stays(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (irina, room, patient) = await ReadyAsync(clinic);
        var later = (await clinic.SendAsync(irina, ABooking(patient, irina, room, BookingBuilders.NextTuesday.AddDays(2)))).Must();

        var refused = await clinic.SendAsync(irina, ABooking(patient, irina, room, BookingBuilders.NextTuesday));

        Assert.Contains("would no longer be allowed", Assert.IsType<Failure.Conflict>(refused.Failure).Message, StringComparison.Ordinal);
        await clinic.InDatabaseAsync(async db =>
        {
            var kept = await db.Appointments.SingleAsync(a => a.Kind == AppointmentKind.Session);
            Assert.Equal((later, AppointmentState.Booked, Decision.Allow), (kept.Id, kept.State, kept.Decision));
            Assert.Empty(await db.SafetyTasks.ToListAsync());
            Assert.False(await db.SlotClaims.AnyAsync(claim => claim.AppointmentId != later));
        });
    }

    [Theory]
    [OnSqlite]
    public async Task Two_sessions_of_one_day_see_each_other(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (irina, room, patient) = await ReadyAsync(clinic);
        (await clinic.SendAsync(irina, ABooking(patient, irina, room, BookingBuilders.NextTuesday, "09:00"))).Must();

        var refused = await clinic.SendAsync(irina, ABooking(patient, irina, room, BookingBuilders.NextTuesday, "15:00"));

        Assert.Contains(Assert.IsType<Failure.Contraindicated>(refused.Failure).Assessment.Findings, finding => finding.Rule == "ci-interval-too-short");
    }

    private static BookAppointment.Command ABooking(Guid patient, Guid practitioner, Guid room, DateOnly date, string start = "10:00") =>
        BookingBuilders.ABooking(patient, practitioner, room, AppointmentKind.Session, date, start);

    private static async Task<(Guid Irina, Guid Room, Guid Patient)> ReadyAsync(TestClinic clinic)
    {
        var (irina, room) = (await clinic.AddCosmetologistAsync(), await clinic.AddRoomAsync());
        var patient = await clinic.AddHealthyPatientAsync(irina);
        await clinic.AddPastConsultationAsync(patient, irina, room);
        await clinic.InDatabaseAsync(async db =>
        {
            db.AllergyTests.Add(new MesoClinic.Domain.Cocktails.AllergyTest
            {
                PatientId = patient, Ingredient = "ing-hyaluronic-acid", AppliedOn = clinic.Today.AddDays(-5), ReadOn = clinic.Today.AddDays(-2), Negative = true, AppliedById = irina,
            });
            await db.SaveChangesAsync();
        });
        return (irina, room, patient);
    }
}
