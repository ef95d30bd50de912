using MesoClinic.Application.Booking;
using MesoClinic.Application.Tests.Booking;
using MesoClinic.Application.Tests.Courses;
using MesoClinic.Application.Waitlist;
using MesoClinic.Domain.Booking;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using static MesoClinic.Testing.BookingBuilders;

namespace MesoClinic.Application.Tests.Waitlist;

/// <summary>Who takes an earlier time gives the later one back: nobody has two for the same thing.</summary>
public sealed class EarlierTimeTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task An_earlier_time_takes_the_place_of_the_later_one_which_is_offered_on(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var (later, taken) = (await BookAsync(desk, desk.Patient, NextTuesday.AddDays(2)), await BookAsync(desk, await desk.AnotherPatientAsync("Leaves"), NextTuesday));
        var entry = await Waiting.ForAsync(desk, desk.Patient);
        var account = await desk.Clinic.AddPatientAccountAsync(desk.Patient);
        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = taken, Code = CancelCode.PatientIll })).Must();
        var next = await Waiting.ForAsync(desk, await desk.AnotherPatientAsync("Next"));
        Assert.Equal(At(NextTuesday.AddDays(2)), Assert.Single((await desk.Clinic.SendAsync(account, new MyOffers.Query())).Must().Offers).Replaces);
        Assert.Equal(At(NextTuesday.AddDays(2)), (await desk.SendAsync(new ListWaitlist.Query())).Must().Open[0].Replaces);

        (await desk.Clinic.SendAsync(account, new AnswerMyOffer.Command { EntryId = entry, Accept = true })).Must();

        var given = await desk.Clinic.AppointmentAsync(later);
        Assert.Equal((AppointmentState.Cancelled, CancelCode.MovedEarlier), (given.State, given.CancelCode));
        Assert.Equal([At(NextTuesday)], await desk.Clinic.InDatabaseAsync(db => db.Appointments.Where(a => a.PatientId == desk.Patient && a.State == AppointmentState.Booked).Select(a => a.WallStart).ToListAsync()));
        Assert.Equal([(next, At(NextTuesday.AddDays(2)))], await Waiting.OfferedAsync(desk));
        Assert.Equal(new GetReliability.Result(0, 0), (await desk.SendAsync(new GetReliability.Query(desk.Patient))).Must());
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }

    [Fact]
    public async Task The_patient_is_told_once_with_the_new_time_and_the_end_of_the_old_one()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var (later, taken) = (await BookAsync(desk, desk.Patient, NextTuesday.AddDays(2)), await BookAsync(desk, await desk.AnotherPatientAsync("Leaves"), NextTuesday));
        var entry = await Waiting.ForAsync(desk, desk.Patient);
        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = taken, Code = CancelCode.PatientIll })).Must();
        await MessageRuns.RunAsync(desk.Clinic);
        var before = Eml.In(desk.Clinic.OutboxFolder).Select(mail => mail["Message-ID"]).ToHashSet();

        var earlier = (await desk.SendAsync(new AcceptOffer.Command { EntryId = entry })).Must();
        await MessageRuns.RunAsync(desk.Clinic);

        var mail = Assert.Single(Eml.In(desk.Clinic.OutboxFolder), mail => !before.Contains(mail["Message-ID"]));
        Assert.Contains("    Tuesday 9 June 2026, 10:00: new time\r\n    Thursday 11 June 2026, 10:00: cancelled\r\n", mail.Body, StringComparison.Ordinal);
        Assert.Collection(
            mail.Calendars,
            calendar => Assert.True(calendar.Contains($"UID:{earlier:D}", StringComparison.Ordinal) && calendar.Contains("METHOD:REQUEST", StringComparison.Ordinal)),
            calendar => Assert.True(calendar.Contains($"UID:{later:D}", StringComparison.Ordinal) && calendar.Contains("METHOD:CANCEL", StringComparison.Ordinal)));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task In_a_course_that_is_booked_to_the_end_the_next_session_comes_earlier_and_none_is_added(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var course = await BookedCourse.OfAsync(desk, 3, NextTuesday.AddDays(7));
        var taken = await BookAsync(desk, await desk.AnotherPatientAsync("Leaves"), NextTuesday.AddDays(2));
        var entry = await Waiting.ForAsync(desk, desk.Patient, course.Id, course.Cautions);

        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = taken, Code = CancelCode.PatientIll })).Must();
        (await desk.SendAsync(new AcceptOffer.Command { EntryId = entry })).Must();

        Assert.Equal(
            [At(NextTuesday.AddDays(2)), At(NextTuesday.AddDays(14)), At(NextTuesday.AddDays(21))],
            await desk.Clinic.InDatabaseAsync(db => db.Appointments.Where(a => a.CourseId == course.Id && a.State == AppointmentState.Booked).OrderBy(a => a.StartUtc).Select(a => a.WallStart).ToListAsync()));
        Assert.Equal(CancelCode.MovedEarlier, (await desk.Clinic.AppointmentAsync(course.Sessions[0])).CancelCode);
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }

    [Fact]
    public async Task A_time_after_the_one_that_is_booked_takes_nobodys_place()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var (booked, taken) = (await BookAsync(desk, desk.Patient, NextTuesday), await BookAsync(desk, await desk.AnotherPatientAsync("Leaves"), NextTuesday.AddDays(2)));
        var entry = await Waiting.ForAsync(desk, desk.Patient);
        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = taken, Code = CancelCode.PatientIll })).Must();

        (await desk.SendAsync(new AcceptOffer.Command { EntryId = entry })).Must();

        Assert.Equal(AppointmentState.Booked, (await desk.Clinic.AppointmentAsync(booked)).State);
    }

    private static DateTime At(DateOnly day) => day.ToDateTime(new TimeOnly(10, 0));

    private static async Task<Guid> BookAsync(Desk desk, Guid patient, DateOnly day) => (await desk.SendAsync(ABooking(patient, desk.Irina, desk.Room, AppointmentKind.Consultation, day))).Must();
}
