using MesoClinic.Application.Booking;
using MesoClinic.Application.Courses;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Courses;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>A session that stops before its end, and one that never began.</summary>
public sealed class AbortSessionTests
{
    [Theory]
    [OnSqlite]
    public async Task A_session_given_up_before_the_needle_ends_the_appointment_and_takes_no_stock(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);

        Assert.True((await clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "Felt faint" })).Succeeded);

        await clinic.InDatabaseAsync(async db =>
        {
            Assert.Equal(AppointmentState.Cancelled, (await db.Appointments.SingleAsync(a => a.Id == scene.Appointment)).State);
            Assert.Equal(20, (await db.Lots.SingleAsync()).AmpoulesLeft);
        });
        Assert.IsType<Failure.Conflict>((await scene.TryStartAsync()).Failure);

        // Why stays in the record of the session, for those who may open the chart; the practitioner goes on reading it.
        var linh = await clinic.AddCosmetologistAsync("Linh Tran");
        Assert.Equal(AbortSession.CancelledWith, (await clinic.SendAsync(scene.Practitioner, new GetAppointment.Query(scene.Appointment))).Value!.CancelReason);
        Assert.Null((await clinic.SendAsync(linh, new GetAppointment.Query(scene.Appointment))).Value!.CancelReason);
        Assert.Equal("Felt faint", (await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Value!.AbortReason);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_stopped_session_does_not_finish_a_course(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        var course = await clinic.InDatabaseAsync(async db =>
        {
            var appointment = await db.Appointments.SingleAsync(a => a.Id == scene.Appointment);
            var planned = new Course
            {
                PatientId = scene.Patient, PractitionerId = scene.Practitioner, Plan = appointment.Plan!, Sessions = 1, IntervalDaysMin = 7, PlannedById = scene.Practitioner, PlannedUtc = appointment.BookedUtc,
            };
            db.Courses.Add(planned);
            await db.SaveChangesAsync();
            await db.Appointments.Where(a => a.Id == scene.Appointment).ExecuteUpdateAsync(a => a.SetProperty(x => x.CourseId, planned.Id));
            return planned.Id;
        });
        scene.Draft.Version = (await clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "Hives" })).Must();

        Assert.True((await scene.TrySignAsync()).Succeeded);

        var row = (await clinic.SendAsync(scene.Practitioner, new GetCourse.Query(course))).Must().Course;
        Assert.Equal((CourseState.Active, 0, clinic.Today), (row.State, row.Done, row.LastSession));
    }

    [Theory]
    [OnSqlite]
    public async Task A_session_stopped_halfway_is_still_signed_with_its_reason(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        var stopped = await clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "Hives" });
        scene.Draft.Version = stopped.Value;

        var signed = await clinic.SendAsync(scene.Practitioner, new SignSession.Command { SessionId = scene.Session, Version = stopped.Value });

        Assert.True(signed.Succeeded, $"{signed.Failure}");
        var record = (await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Value!;
        Assert.Equal("Hives", record.AbortReason);
        Assert.True(record.HashHolds);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task What_another_screen_saved_meanwhile_does_not_keep_anybody_from_stopping(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        var before = scene.Draft.Version;
        await scene.SaveAsync(draft => (draft.Notes, draft.Lines[0].VolumeMl) = ("From the other tablet", 0.4m));

        (await clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = before, Reason = "Hives" })).Must();

        var record = await ReadAsync(scene);
        Assert.Equal(("Hives", "From the other tablet", 0.4m), (record.AbortReason, record.Draft.Notes, record.Draft.Lines[0].VolumeMl!.Value));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Opened_ampoules_of_one_lot_on_two_lines_leave_the_stock_as_one(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.Lines.Add(new SaveSessionDraft.Line { LotId = scene.Lot, VolumeMl = 0.5m, Ampoules = 2 }));
        await clinic.InDatabaseAsync(db => db.Lots.Where(l => l.Id == scene.Lot).ExecuteUpdateAsync(l => l.SetProperty(x => x.AmpoulesLeft, 2)));

        var tooFew = Assert.IsType<Failure.Conflict>((await AbortAsync()).Failure);
        Assert.Contains("fewer than 3 ampoules", tooFew.Message, StringComparison.Ordinal);
        await clinic.InDatabaseAsync(db => db.Lots.Where(l => l.Id == scene.Lot).ExecuteUpdateAsync(l => l.SetProperty(x => x.AmpoulesLeft, 3)));
        (await AbortAsync()).Must();

        Assert.Equal((-3, 0), await clinic.InDatabaseAsync(db => db.StockMovements.Where(m => m.LotId == scene.Lot).Select(m => new ValueTuple<int, int>(m.Change, m.Left)).SingleAsync()));

        Task<Outcome<Guid>> AbortAsync() => clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "Felt faint", AmpoulesOpened = true });
    }

    [Theory]
    [OnSqlite]
    public async Task Before_the_first_injection_what_is_given_up_is_what_was_on_the_screen(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var before = scene.Draft.Version;
        await scene.SaveAsync(draft => draft.Lines[0].Ampoules = 3);

        Assert.IsType<Failure.Stale>((await clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = before, Reason = "Felt faint", AmpoulesOpened = true })).Failure);
    }

    [Theory]
    [InlineData(true, 20)]
    [InlineData(false, 41)]
    public async Task The_end_that_was_noted_stays_when_the_session_is_stopped_afterwards(bool noted, int minutes)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromMinutes(20));
        await scene.SaveAsync(draft => draft.EndedAt = noted ? new TimeOnly(9, 20) : null);
        clinic.Clock.Advance(TimeSpan.FromMinutes(21));

        (await clinic.SendAsync(scene.Practitioner, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "Fainted while she was watched" })).Must();

        var record = await ReadAsync(scene);
        Assert.Equal((TestClinic.Start.UtcDateTime.AddMinutes(minutes), new DateTime(2026, 6, 1, 9, 41, 0, DateTimeKind.Unspecified)), (record.EndedUtc!.Value, record.AbortedAt!.Value));
        Assert.Equal((!noted, noted ? new TimeOnly(9, 20) : null), (record.EndIsAssumed, record.Draft.EndedAt));
    }

    private static async Task<GetSession.Record> ReadAsync(SessionScene scene) => (await scene.Clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must();
}
