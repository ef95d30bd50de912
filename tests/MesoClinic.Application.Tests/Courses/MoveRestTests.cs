using MesoClinic.Application.Booking;
using MesoClinic.Application.Courses;
using MesoClinic.Application.Tests.Booking;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Courses;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using static MesoClinic.Testing.BookingBuilders;
using static MesoClinic.Application.Tests.Courses.CourseTests;

namespace MesoClinic.Application.Tests.Courses;

public sealed class MoveRestTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Moving_one_by_a_week_moves_the_rest_into_the_times_that_the_others_leave(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var course = await PlanAsync(desk, sessions: 4, min: 5, max: 7);
        var booked = (await desk.SendAsync(BookAll(course, (await desk.SendAsync(Wish(course))).Must()))).Must();
        Assert.Equal(0, (await desk.SendAsync(new GetCoursePlace.Query(booked[0]))).Must().OutOfStep);

        var second = await desk.Clinic.AppointmentAsync(booked[1]);
        (await desk.SendAsync(new CancelAppointment.Command { AppointmentId = booked[3], Reason = "Later" })).Must();
        (await desk.SendAsync(new MoveAppointment.Command
        {
            AppointmentId = second.Id, Version = second.Version, Date = NextTuesday.AddDays(13), Start = new(10, 0), Minutes = 30, PractitionerId = desk.Irina, RoomId = desk.Room, Acknowledged = second.Acknowledged,
        })).Must();
        Assert.Equal(1, (await desk.SendAsync(new GetCoursePlace.Query(second.Id))).Must().OutOfStep);
        var rest = (await desk.SendAsync(new PreviewRest.Query(second.Id))).Must();
        Assert.Equal([booked[2]], rest.Rest.Select(later => later.AppointmentId));
        Assert.Equal(NextTuesday.AddDays(20), rest.Series.Times[0].Time.Date);

        (await desk.SendAsync(MoveAll(course, rest))).Must();

        Assert.Equal(NextTuesday.AddDays(20), DateOnly.FromDateTime((await desk.Clinic.AppointmentAsync(booked[2])).WallStart));
        Assert.Equal(0, (await desk.SendAsync(new GetCoursePlace.Query(second.Id))).Must().OutOfStep);
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }

    [Fact]
    public async Task One_of_the_rest_takes_the_time_that_the_next_one_leaves()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var course = await PlanAsync(desk, sessions: 3, min: 5, max: 7);
        var booked = (await desk.SendAsync(BookAll(course, (await desk.SendAsync(Wish(course))).Must()))).Must();
        var all = new List<Appointment>();
        foreach (var id in booked)
        {
            all.Add(await desk.Clinic.AppointmentAsync(id));
        }

        (await desk.SendAsync(new MoveRest.Command { CourseId = course, Items = all.ConvertAll(a => ItemOf(a, DateOnly.FromDateTime(a.WallStart).AddDays(7))), Acknowledged = all[0].Acknowledged })).Must();

        Assert.Equal(DateOnly.FromDateTime(all[1].WallStart), DateOnly.FromDateTime((await desk.Clinic.AppointmentAsync(booked[0])).WallStart));
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
        var stale = new MoveRest.Command { CourseId = course, Items = [ItemOf(all[2], NextTuesday.AddDays(40))] };
        Assert.IsType<Failure.Stale>((await desk.SendAsync(stale)).Failure);
    }

    [Fact]
    public async Task Where_everybody_keeps_their_own_column_a_colleagues_sessions_of_a_course_stay_where_they_are()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var linh = await desk.Clinic.AddCosmetologistAsync("Linh Tran");
        var course = await PlanAsync(desk, sessions: 3, min: 5, max: 7);
        var booked = (await desk.SendAsync(BookAll(course, (await desk.SendAsync(Wish(course))).Must()))).Must();
        await desk.Clinic.InDatabaseAsync(async db =>
        {
            db.PatientAssignments.Add(new Domain.Patients.PatientAssignment { PatientId = desk.Patient, StaffMemberId = linh, AssignedUtc = TestClinic.Start.UtcDateTime });
            await db.SaveChangesAsync();
            await db.Clinics.ExecuteUpdateAsync(c => c.SetProperty(x => x.AnyoneBooksAnyColumn, false));
        });
        var last = await desk.Clinic.AppointmentAsync(booked[^1]);
        var item = ItemOf(last, DateOnly.FromDateTime(last.WallStart).AddDays(1));
        item.PractitionerId = linh;

        Assert.IsType<Failure.Conflict>((await desk.Clinic.SendAsync(linh, new MoveRest.Command { CourseId = course, Items = [item], Acknowledged = last.Acknowledged })).Failure);
        Assert.IsType<Failure.Conflict>((await desk.Clinic.SendAsync(linh, new StopCourse.Command { CourseId = course, Reason = "Moved away", CancelAppointments = true })).Failure);

        Assert.Equal((last.Version, AppointmentState.Booked), ((await desk.Clinic.AppointmentAsync(last.Id)).Version, last.State));
        Assert.Equal(CourseState.Active, (await desk.SendAsync(new GetCourse.Query(course))).Must().Course.State);
        (await desk.SendAsync(new StopCourse.Command { CourseId = course, Reason = "Moved away", CancelAppointments = true })).Must();
    }

    private static MoveRest.Command MoveAll(Guid course, PreviewRest.Result rest) => new()
    {
        CourseId = course,
        Items =
        [
            .. rest.Rest.Zip(rest.Series.Times, (later, time) => new SeriesItem
            {
                AppointmentId = later.AppointmentId, Version = later.Version, Date = time.Time.Date, Start = time.Time.Start, Minutes = later.Minutes, PractitionerId = time.Time.PractitionerId, RoomId = time.Time.RoomId,
            }),
        ],
        Acknowledged = [.. rest.Series.Cautions.Select(caution => caution.Rule)],
    };
}
