using MesoClinic.Application.Booking;
using MesoClinic.Application.Courses;
using MesoClinic.Application.Tests.Booking;
using MesoClinic.Application.Tests.Courses;
using MesoClinic.Application.Waitlist;
using MesoClinic.Domain.Booking;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using static MesoClinic.Testing.BookingBuilders;

namespace MesoClinic.Application.Tests.Waitlist;

public sealed class OfferAnswerTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Who_declines_is_not_written_down_as_having_seen_the_next_one_and_has_cancelled_nothing(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var (first, second) = (await desk.AnotherPatientAsync("First"), await desk.AnotherPatientAsync("Second"));
        var account = await desk.Clinic.AddPatientAccountAsync(first);
        var taken = await desk.BookAsync(AppointmentKind.Consultation);
        var entry = await Waiting.ForAsync(desk, first);
        desk.Clinic.Clock.Advance(TimeSpan.FromMinutes(1));
        await Waiting.ForAsync(desk, second);
        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = taken, Code = CancelCode.PatientTravel })).Must();

        (await desk.Clinic.SendAsync(account, new AnswerMyOffer.Command { EntryId = entry, Accept = false })).Must();

        await desk.Clinic.InDatabaseAsync(async db =>
        {
            Assert.Null(Assert.Single(await db.AuditEntries.Where(e => e.PatientId == second && e.Action == "OfferFromWaitlist").ToListAsync()).UserId);
            Assert.False(await db.AuditEntries.AnyAsync(e => e.PatientId == second && e.UserId == account));
        });
        Assert.Equal(new GetReliability.Result(0, 0), (await desk.SendAsync(new GetReliability.Query(first))).Must());
    }

    [Theory]
    [OnSqlite]
    public async Task The_offer_of_a_course_that_was_paused_meanwhile_is_not_booked(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var course = await BookedCourse.OfAsync(desk, 3, NextTuesday.AddDays(7));
        var taken = (await desk.SendAsync(ABooking(await desk.AnotherPatientAsync("Leaves"), desk.Irina, desk.Room, AppointmentKind.Consultation, NextTuesday.AddDays(2)))).Must();
        var entry = await Waiting.ForAsync(desk, desk.Patient, course.Id, course.Cautions);
        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = taken, Code = CancelCode.PatientIll })).Must();
        Assert.Single(await Waiting.OfferedAsync(desk));
        (await desk.SendAsync(new PauseCourse.Command { CourseId = course.Id, Reason = "Travelling" })).Must();

        var refused = await desk.SendAsync(new AcceptOffer.Command { EntryId = entry });

        Assert.Contains("course", Assert.IsType<Failure.Conflict>(refused.Failure).Message, StringComparison.Ordinal);
        Assert.Equal(AppointmentState.Booked, (await desk.Clinic.AppointmentAsync(course.Sessions[0])).State);
    }
}
