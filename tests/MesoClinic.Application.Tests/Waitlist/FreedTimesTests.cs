using MesoClinic.Application.Booking;
using MesoClinic.Application.Courses;
using MesoClinic.Application.Sessions;
using MesoClinic.Application.Tests.Booking;
using MesoClinic.Application.Tests.Courses;
using MesoClinic.Application.Waitlist;
using MesoClinic.Domain.Booking;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using static MesoClinic.Testing.BookingBuilders;

namespace MesoClinic.Application.Tests.Waitlist;

/// <summary>Whatever frees a time, it is offered to who waits.</summary>
public sealed class FreedTimesTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_times_of_a_course_that_is_stopped_are_offered_the_earliest_first(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var course = await BookedCourse.OfAsync(desk, 3);
        var first = await Waiting.ForAsync(desk, await desk.AnotherPatientAsync("First"));
        desk.Clinic.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await Waiting.ForAsync(desk, await desk.AnotherPatientAsync("Second"));

        (await desk.SendAsync(new StopCourse.Command { CourseId = course.Id, Reason = "Moved away", CancelAppointments = true })).Must();

        Assert.Equal([(first, At(NextTuesday, 10, 0)), (second, At(NextTuesday.AddDays(7), 10, 0))], await Waiting.OfferedAsync(desk));
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Of_a_course_that_moves_on_by_a_week_only_the_time_that_none_of_its_sessions_takes_is_offered(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var course = await BookedCourse.OfAsync(desk, 3);
        var first = await Waiting.ForAsync(desk, await desk.AnotherPatientAsync("First"));
        await Waiting.ForAsync(desk, await desk.AnotherPatientAsync("Second"));
        var moving = new MoveRest.Command { CourseId = course.Id, Acknowledged = course.Cautions };
        foreach (var id in course.Sessions)
        {
            var a = await desk.Clinic.AppointmentAsync(id);
            moving.Items.Add(new SeriesItem { AppointmentId = id, Version = a.Version, Date = DateOnly.FromDateTime(a.WallStart).AddDays(7), Start = new(10, 0), Minutes = 30, PractitionerId = desk.Irina, RoomId = desk.Room });
        }

        (await desk.SendAsync(moving)).Must();

        Assert.Equal([(first, At(NextTuesday, 10, 0))], await Waiting.OfferedAsync(desk));
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task What_is_left_of_a_time_whose_patient_did_not_come_is_offered_from_an_hour_on(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var missed = (await desk.SendAsync(desk.Booking(AppointmentKind.Consultation, desk.Clinic.Today, "13:00", 120))).Must();
        var entry = await Waiting.ForAsync(desk, await desk.AnotherPatientAsync("First"));
        desk.Clinic.Clock.Set(new DateTimeOffset(2026, 6, 1, 12, 6, 0, TimeSpan.Zero));

        (await desk.SendAsync(new MarkNoShow.Command { AppointmentId = missed })).Must();

        Assert.Equal([(entry, At(desk.Clinic.Today, 14, 15))], await Waiting.OfferedAsync(desk));
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }

    [Fact]
    public async Task Nothing_is_offered_of_a_time_that_ends_within_the_hour()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var missed = (await desk.SendAsync(desk.Booking(AppointmentKind.Consultation, desk.Clinic.Today, "13:00", 60))).Must();
        await Waiting.ForAsync(desk, await desk.AnotherPatientAsync("First"));
        desk.Clinic.Clock.Set(new DateTimeOffset(2026, 6, 1, 12, 6, 0, TimeSpan.Zero));

        (await desk.SendAsync(new MarkNoShow.Command { AppointmentId = missed })).Must();

        Assert.Empty(await Waiting.OfferedAsync(desk));
    }

    [Fact]
    public async Task A_session_given_up_before_the_needle_leaves_its_time_to_who_waits()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);
        await clinic.InDatabaseAsync(db => db.Appointments.Where(a => a.Id == scene.Appointment).ExecuteUpdateAsync(a => a.SetProperty(x => x.EndUtc, x => x.StartUtc.AddHours(3))));
        var waiting = await clinic.AddPatientAsync(new PatientOptions { FamilyName = "Waiting", AssignedTo = [scene.Practitioner] });
        (await clinic.SendAsync(scene.Practitioner, new AddToWaitlist.Command { PatientId = waiting, Kind = AppointmentKind.Consultation, Minutes = 30, Until = clinic.Today })).Must();

        (await clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "Felt faint" })).Must();

        Assert.Equal(At(clinic.Today, 10, 0), Assert.Single((await clinic.SendAsync(scene.Practitioner, new ListWaitlist.Query())).Must().Open).Offered);
        Assert.Null(await clinic.ClaimsProblemAsync());
    }

    private static DateTime At(DateOnly day, int hour, int minute) => day.ToDateTime(new TimeOnly(hour, minute));
}
