using MesoClinic.Application.Booking;
using MesoClinic.Application.Courses;
using MesoClinic.Application.Tests.Booking;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Courses;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using static MesoClinic.Testing.BookingBuilders;

namespace MesoClinic.Application.Tests.Courses;

public sealed class CourseTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Numbers_that_the_table_does_not_recommend_are_kept_as_the_clinicians_own_choice(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var protocol = (await desk.SendAsync(new GetProtocol.Query(desk.Patient, "ind-wrinkles"))).Must();

        var byTable = (await desk.SendAsync(new GetCourse.Query(await PlanAsync(desk, sessions: protocol.Sessions.Min ?? 8, min: 5, max: 7)))).Must();
        var own = (await desk.SendAsync(new GetCourse.Query(await PlanAsync(desk, sessions: 30, min: 10, max: 14)))).Must();

        Assert.False(byTable.IntervalIsOwnChoice);
        Assert.Equal(protocol.Sessions.Min is null, byTable.SessionsAreOwnChoice);
        Assert.True(own.IntervalIsOwnChoice && own.SessionsAreOwnChoice);
        Assert.Equal((30, 0, 0, 30), (own.Course.Sessions, own.Course.Done, own.Course.Booked, own.Course.ToBook));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_series_is_shown_first_with_its_conflicts_and_then_booked_as_a_whole(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var course = await PlanAsync(desk, sessions: 8, min: 5, max: 7);
        var third = NextTuesday.AddDays(14);
        (await desk.SendAsync(ABooking(await desk.AnotherPatientAsync(), desk.Irina, desk.Room, AppointmentKind.Consultation, third, "09:30", 60))).Must();

        var series = (await desk.SendAsync(Wish(course))).Must();

        Assert.Equal(Enumerable.Range(0, 8).Select(week => NextTuesday.AddDays(7 * week)), series.Times.Select(time => time.Time.Date));
        var conflict = Assert.Single(series.Times, time => time.IsConflict);
        Assert.Equal((3, "10:00 is not free that day", new TimeOnly(10, 30)), (conflict.Number, conflict.Because[0].What, conflict.Time.Start));
        Assert.All(series.Times.Skip(1), time => Assert.Null(time.Worst));

        var booked = (await desk.SendAsync(BookAll(course, series))).Must();

        Assert.Equal(8, booked.Count);
        var shown = (await desk.SendAsync(new GetCourse.Query(course))).Must();
        Assert.Equal((8, 0, 0), (shown.Course.Booked, shown.Course.Done, shown.Course.ToBook));
        Assert.Equal(Enumerable.Range(1, 8).Select(n => (int?)n), shown.Sessions.Select(session => session.Number));
        Assert.All(shown.Sessions, session => Assert.NotNull(session.Decision));
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task If_one_of_a_series_cannot_be_had_none_is_booked(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var course = await PlanAsync(desk, sessions: 4, min: 5, max: 7);
        var series = (await desk.SendAsync(Wish(course))).Must();
        (await desk.SendAsync(ABooking(await desk.AnotherPatientAsync(), desk.Irina, desk.Room, AppointmentKind.Consultation, NextTuesday.AddDays(21)))).Must();

        var refused = Assert.IsType<Failure.Conflict>((await desk.SendAsync(BookAll(course, series))).Failure);

        Assert.StartsWith("Tuesday 30 June, 10:00: Just taken: Irina Volkova", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await desk.Clinic.InDatabaseAsync(db => db.Appointments.CountAsync(a => a.CourseId == course)));
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }

    [Fact]
    public async Task Two_sessions_of_a_course_that_lie_too_close_are_refused_although_neither_is_done()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var course = await PlanAsync(desk, sessions: 4, min: 5, max: 7);
        var series = (await desk.SendAsync(Wish(course))).Must();
        var tooClose = BookAll(course, series);
        tooClose.Items[1].Date = tooClose.Items[0].Date!.Value.AddDays(1);

        var refused = Assert.IsType<Failure.Contraindicated>((await desk.SendAsync(tooClose)).Failure);

        Assert.NotEmpty(refused.Assessment.Findings);
        Assert.Equal(0, await desk.Clinic.InDatabaseAsync(db => db.Appointments.CountAsync(a => a.CourseId == course)));
        Assert.NotEqual(0, await desk.Clinic.InDatabaseAsync(db => db.Assessments.CountAsync()));
    }

    [Fact]
    public async Task What_was_unticked_is_not_booked_and_the_rest_can_be_booked_later()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var course = await PlanAsync(desk, sessions: 3, min: 5, max: 7);
        var command = BookAll(course, (await desk.SendAsync(Wish(course))).Must());
        command.Items.RemoveAt(2);

        (await desk.SendAsync(command)).Must();
        var rest = (await desk.SendAsync(Wish(course, first: null))).Must();

        Assert.Equal((3, NextTuesday.AddDays(14)), (rest.Times[0].Number, rest.Times[0].Time.Date));
        Assert.Single(rest.Times);
        var tooMany = BookAll(course, rest);
        tooMany.Items.Add(new SeriesItem { Date = NextTuesday.AddDays(21), Start = new(10, 0), Minutes = 30, PractitionerId = desk.Irina, RoomId = desk.Room });
        Assert.StartsWith("Only 1 of this course", Assert.IsType<Failure.Conflict>((await desk.SendAsync(tooMany)).Failure).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_series_avoids_leave_and_closing_days_and_says_why()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var manager = await desk.Clinic.AddManagerAsync();
        (await desk.Clinic.SendAsync(manager, new Application.Staff.AddHoliday.Command { Date = NextTuesday.AddDays(7), Name = "Founders' Day" })).Must();
        var course = await PlanAsync(desk, sessions: 3, min: 5, max: 7);

        var series = (await desk.SendAsync(Wish(course))).Must();

        Assert.Equal(NextTuesday.AddDays(6), series.Times[1].Time.Date);
        Assert.Equal("Closed on 16 June (Founders' Day).", series.Times[1].Because[0].Facts);
        Assert.Equal(NextTuesday.AddDays(13), series.Times[2].Time.Date);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_course_is_paused_resumed_and_stopped_and_cancels_its_appointments_only_if_asked(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var course = await PlanAsync(desk, sessions: 3, min: 5, max: 7);
        var booked = (await desk.SendAsync(BookAll(course, (await desk.SendAsync(Wish(course))).Must()))).Must();

        (await desk.SendAsync(new PauseCourse.Command { CourseId = course, Reason = "Travelling" })).Must();
        Assert.IsType<Failure.Conflict>((await desk.SendAsync(Wish(course))).Failure);
        (await desk.SendAsync(new ResumeCourse.Command { CourseId = course })).Must();
        Assert.IsType<Failure.Conflict>((await desk.SendAsync(new ResumeCourse.Command { CourseId = course })).Failure);
        Assert.IsType<Failure.Invalid>((await desk.SendAsync(new StopCourse.Command { CourseId = course, Reason = " " })).Failure);
        (await desk.SendAsync(new StopCourse.Command { CourseId = course, Reason = "Moved away", CancelAppointments = true })).Must();

        Assert.Equal(AppointmentState.Cancelled, (await desk.Clinic.AppointmentAsync(booked[0])).State);
        Assert.Equal(CourseState.Stopped, (await desk.SendAsync(new GetCourse.Query(course))).Must().Course.State);
        Assert.Empty((await desk.SendAsync(new ListCourses.Query())).Must());
        Assert.Null(await desk.Clinic.ClaimsProblemAsync());
    }

    [Fact]
    public async Task A_course_without_a_next_appointment_is_overdue_after_its_longest_interval()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var course = await PlanAsync(desk, sessions: 3, min: 5, max: 7);
        var other = await PlanAsync(desk, sessions: 3, min: 5, max: 7);
        (await desk.SendAsync(BookAll(course, (await desk.SendAsync(Wish(course))).Must()))).Must();

        desk.Clinic.Clock.Advance(TimeSpan.FromDays(7));
        Assert.DoesNotContain((await desk.SendAsync(new ListCourses.Query())).Must(), row => row.IsOverdue);
        desk.Clinic.Clock.Advance(TimeSpan.FromDays(1));

        var rows = (await desk.SendAsync(new ListCourses.Query(Mine: true))).Must();
        Assert.Equal([other, course], rows.Select(row => row.Id));
        Assert.Equal((desk.Clinic.Today, (DateOnly?)null), (rows[0].OverdueSince!.Value, rows[1].OverdueSince));
    }

    [Fact]
    public async Task The_rows_of_courses_hide_what_they_are_for_from_those_who_may_not_read_the_chart()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var course = await PlanAsync(desk, sessions: 3, min: 5, max: 7);
        var manager = await desk.Clinic.AddManagerAsync();
        var linh = await desk.Clinic.AddCosmetologistAsync("Linh Tran");

        Assert.NotNull(Assert.Single((await desk.SendAsync(new ListCourses.Query())).Must()).Indication);
        Assert.Null(Assert.Single((await desk.Clinic.SendAsync(manager, new ListCourses.Query())).Must()).Indication);
        Assert.IsType<Failure.ReasonNeeded>((await desk.Clinic.SendAsync(linh, new GetCourse.Query(course))).Failure);
        Assert.IsType<Failure.ReasonNeeded>((await desk.Clinic.SendAsync(linh, new StopCourse.Command { CourseId = course, Reason = "x" })).Failure);
    }

    [Fact]
    public async Task A_session_is_booked_into_an_open_course_of_the_same_patient_only()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var course = await PlanAsync(desk, sessions: 3, min: 5, max: 7);
        var foreign = desk.Booking();
        (foreign.PatientId, foreign.CourseId) = (await desk.AnotherPatientAsync(), course);
        var own = desk.Booking();
        own.CourseId = course;

        Assert.Contains(nameof(foreign.CourseId), Assert.IsType<Failure.Invalid>((await desk.SendAsync(foreign, acknowledge: true)).Failure).Errors.Keys);
        var booked = (await desk.SendAsync(own, acknowledge: true)).Must();

        Assert.Equal(new GetCoursePlace.Place(course, 1, 3, 0), (await desk.SendAsync(new GetCoursePlace.Query(booked))).Must());
    }

    [Fact]
    public async Task Impossible_numbers_are_refused_beside_their_fields()
    {
        await using var desk = await Desk.OpenAsync(Engine.Sqlite);
        var command = Plan(desk, 0, 7, 5);
        command.Areas = [];
        var shape = Assert.IsType<Failure.Invalid>((await desk.SendAsync(command)).Failure);
        (command.Sessions, command.IntervalDaysMax, command.Indication) = (3, 7, "ind-none");
        var content = Assert.IsType<Failure.Invalid>((await desk.SendAsync(command)).Failure);

        Assert.Equal(["IntervalDaysMax", "Sessions"], shape.Errors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["Areas", "Indication"], content.Errors.Keys.Order(StringComparer.Ordinal));
    }

    internal static PlanCourse.Command Plan(Desk desk, int sessions, int min, int? max) => new()
    {
        PatientId = desk.Patient,
        PractitionerId = desk.Irina,
        Indication = "ind-wrinkles",
        Areas = ["forehead"],
        Technique = "tech-nappage",
        Ingredients = ["ing-hyaluronic-acid"],
        Sessions = sessions,
        IntervalDaysMin = min,
        IntervalDaysMax = max,
    };

    internal static async Task<Guid> PlanAsync(Desk desk, int sessions, int min, int? max) => (await desk.SendAsync(Plan(desk, sessions, min, max))).Must();

    internal static PreviewSeries.Query Wish(Guid course) => Wish(course, NextTuesday);

    internal static PreviewSeries.Query Wish(Guid course, DateOnly? first) => new() { CourseId = course, First = first, Start = new(10, 0), Minutes = 30 };

    internal static BookSeries.Command BookAll(Guid course, Series series) => new()
    {
        CourseId = course,
        Items = [.. series.Times.Select(time => new SeriesItem { Date = time.Time.Date, Start = time.Time.Start, Minutes = 30, PractitionerId = time.Time.PractitionerId, RoomId = time.Time.RoomId })],
        Acknowledged = [.. series.Cautions.Select(caution => caution.Rule)],
    };

    internal static SeriesItem ItemOf(Appointment a, DateOnly day) =>
        new() { AppointmentId = a.Id, Version = a.Version, Date = day, Start = TimeOnly.FromDateTime(a.WallStart), Minutes = a.Minutes, PractitionerId = a.PractitionerId, RoomId = a.RoomId };
}
