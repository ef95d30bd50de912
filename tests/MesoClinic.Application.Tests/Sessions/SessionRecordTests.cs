using MesoClinic.Application.Booking;
using MesoClinic.Application.Courses;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Courses;
using MesoClinic.Rules;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

public sealed class SessionRecordTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Signing_closes_the_record_takes_the_stock_and_keeps_labels_and_hash(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromMinutes(20));

        var signed = await scene.TrySignAsync(new TimeOnly(9, 15));

        Assert.True(signed.Succeeded, $"{signed.Failure}");
        await clinic.InDatabaseAsync(async db =>
        {
            Assert.Equal(19, (await db.Lots.SingleAsync()).AmpoulesLeft);
            Assert.Equal(AppointmentState.Done, (await db.Appointments.SingleAsync(a => a.Id == scene.Appointment)).State);
            Assert.Equal("L-2604", (await db.CocktailLines.SingleAsync()).LotNumber);
            await db.Products.ExecuteUpdateAsync(p => p.SetProperty(x => x.Name, "Renamed afterwards"));
        });
        var record = (await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Value!;
        Assert.True(record.HashHolds);
        Assert.Equal(new DateTime(2026, 6, 1, 9, 15, 0, DateTimeKind.Unspecified), record.EndedAt);
        Assert.StartsWith("Hyaluronic acid", Assert.Single(record.Lines).Product, StringComparison.Ordinal);
        Assert.NotNull(record.AtStart);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_signed_record_cannot_be_changed_by_sql(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        Assert.True((await scene.TrySignAsync()).Succeeded);
        (await clinic.SendAsync(scene.Practitioner, new AddAddendum.Command { SessionId = scene.Session, Reason = "Forgotten", Text = "Small bruise at the left temple." })).Must();

        foreach (var sql in new[]
        {
            "UPDATE Sessions SET Notes = 'other'", "DELETE FROM Sessions", "UPDATE CocktailLines SET VolumeMl = 9", "DELETE FROM CocktailLines", "DELETE FROM TreatedAreas", "UPDATE Addenda SET Text = 'other'", "DELETE FROM Addenda",
            "UPDATE Consents SET SignedName = 'other'", "DELETE FROM Consents", "DELETE FROM Assessments",
        })
        {
            await clinic.InDatabaseAsync(async db => Assert.IsAssignableFrom<System.Data.Common.DbException>(await Record.ExceptionAsync(() => db.Database.ExecuteSqlRawAsync(sql))));
        }

        Assert.True((await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Value!.HashHolds);
    }

    [Theory]
    [OnSqlite]
    public async Task A_record_that_was_tampered_with_past_the_triggers_no_longer_has_its_hash(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        Assert.True((await scene.TrySignAsync()).Succeeded);
        await clinic.InDatabaseAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER CocktailLines_signed_update");
            await db.Database.ExecuteSqlRawAsync("UPDATE CocktailLines SET VolumeMl = '0.5'");
        });

        Assert.False((await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Value!.HashHolds);
    }

    [Theory]
    [OnSqlite]
    public async Task Signing_twice_signs_once(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        Assert.True((await scene.TrySignAsync()).Succeeded);

        Assert.IsType<Failure.Conflict>((await scene.TrySignAsync()).Failure);
        await clinic.InDatabaseAsync(async db => Assert.Equal(19, (await db.Lots.SingleAsync()).AmpoulesLeft));
    }

    [Theory]
    [OnSqlite]
    public async Task Only_the_practitioner_signs(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        var colleague = await clinic.AddCosmetologistAsync("Lan Pham");
        var manager = await clinic.AddManagerAsync();
        await clinic.InDatabaseAsync(async db =>
        {
            db.PatientAssignments.Add(new Domain.Patients.PatientAssignment { PatientId = scene.Patient, StaffMemberId = colleague, AssignedUtc = TestClinic.Start.UtcDateTime });
            await db.SaveChangesAsync();
        });

        Assert.IsType<Failure.Forbidden>((await scene.TrySignAsync(user: colleague)).Failure);
        Assert.IsType<Failure.Forbidden>((await scene.TrySignAsync(user: manager)).Failure);
    }

    [Theory]
    [OnSqlite]
    public async Task The_end_lies_between_the_start_and_now(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(["The injections began at 09:00; they cannot end before."], Assert.IsType<Failure.Invalid>((await scene.TrySignAsync(new TimeOnly(8, 59))).Failure).Errors["EndedAt"]);
        Assert.Equal(["This time is still to come."], Assert.IsType<Failure.Invalid>((await scene.TrySignAsync(new TimeOnly(9, 11))).Failure).Errors["EndedAt"]);
        Assert.True((await scene.TrySignAsync(new TimeOnly(9, 10))).Succeeded);
    }

    [Theory]
    [OnSqlite]
    public async Task An_end_more_than_six_hours_after_the_start_is_a_slip_on_the_same_day_too(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromHours(8));

        Assert.StartsWith("This is more than six hours", Assert.Single(Assert.IsType<Failure.Invalid>((await scene.TrySignAsync(new TimeOnly(15, 1))).Failure).Errors["EndedAt"]), StringComparison.Ordinal);
        Assert.True((await scene.TrySignAsync(new TimeOnly(15, 0))).Succeeded);
    }

    [Theory]
    [OnSqlite]
    public async Task A_session_that_crosses_midnight_ends_on_the_next_day(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        clinic.Clock.Advance(new TimeSpan(14, 50, 0));
        var scene = await SessionScene.StartedAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromMinutes(25));

        Assert.IsType<Failure.Invalid>((await scene.TrySignAsync(new TimeOnly(0, 20))).Failure);
        Assert.True((await scene.TrySignAsync(new TimeOnly(0, 10))).Succeeded);
        Assert.Equal(new DateTime(2026, 6, 1, 23, 10, 0, DateTimeKind.Utc), await clinic.InDatabaseAsync(db => db.Sessions.Select(s => s.EndedUtc).SingleAsync()));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_draft_that_somebody_else_saved_meanwhile_is_stale(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var first = scene.Draft.Version;
        await scene.SaveAsync(draft => draft.Notes = "one tablet");

        Assert.IsType<Failure.Stale>((await scene.TrySaveAsync(draft => (draft.Version, draft.Notes) = (first, "the other tablet"))).Failure);
    }

    [Theory]
    [OnSqlite]
    public async Task Changed_lines_alone_make_a_new_version(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        var before = scene.Draft.Version;

        await scene.SaveAsync(draft => draft.Lines[0].VolumeMl = 0.9m);

        Assert.NotEqual(before, scene.Draft.Version);
        Assert.Equal(0.9m, (await scene.ReadDraftAsync()).Lines[0].VolumeMl);
    }

    [Theory]
    [OnSqlite]
    public async Task After_the_start_a_change_that_is_not_permitted_is_refused_and_its_assessment_kept(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);

        var refused = await scene.TrySaveAsync(draft => draft.Lines[0].VolumeMl = 1.4m);

        Assert.Equal(Decision.ModifyPlan, Assert.IsType<Failure.Contraindicated>(refused.Failure).Assessment.Decision);
        Assert.Equal(1m, (await scene.ReadDraftAsync()).Lines[0].VolumeMl);
        await clinic.InDatabaseAsync(async db => Assert.Equal(2, await db.Assessments.CountAsync()));
    }

    [Theory]
    [OnSqlite]
    public async Task After_the_start_an_area_without_consent_is_refused(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);

        var refused = await scene.TrySaveAsync(draft => draft.Areas.Add("cheeks"));

        Assert.Contains("Cheeks", Assert.IsType<Failure.Invalid>(refused.Failure).Errors["Consent"][0], StringComparison.Ordinal);
    }

    [Theory]
    [OnSqlite]
    public async Task Notes_and_points_after_the_start_need_no_new_assessment(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);

        await scene.SaveAsync(draft => (draft.Notes, draft.Points) = ("Tolerated well.", 44));

        await clinic.InDatabaseAsync(async db => Assert.Equal(1, await db.Assessments.CountAsync()));
    }

    [Theory]
    [OnSqlite]
    public async Task A_lot_that_the_clinic_does_not_have_is_refused_beside_its_line(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);

        var refused = await scene.TrySaveAsync(draft => draft.Lines[0].LotId = Guid.NewGuid());

        Assert.Equal(["This lot is not in the clinic's stock."], Assert.IsType<Failure.Invalid>(refused.Failure).Errors["Lines[0].LotId"]);
    }

    [Theory]
    [InlineData(0, "Lines[0].VolumeMl")]
    [InlineData(-1, "Lines[0].VolumeMl")]
    [InlineData(20.1, "Lines[0].VolumeMl")]
    [InlineData(50, "Lines[0].VolumeMl")]
    public void Impossible_volumes_are_refused_beside_their_line(double ml, string path)
    {
        var result = new SaveSessionDraft.Validator().Validate(new SaveSessionDraft.Command { Lines = [new SaveSessionDraft.Line { LotId = Guid.NewGuid(), VolumeMl = (decimal)ml }] });

        Assert.Equal([(path, "Write a volume above 0 and up to 20 ml; 0.8 means eight tenths of a millilitre.")], result.Errors.Select(e => (e.PropertyName, e.ErrorMessage)));
    }

    [Fact]
    public void Needle_depth_and_points_outside_of_their_shape_are_refused()
    {
        var result = new SaveSessionDraft.Validator().Validate(new SaveSessionDraft.Command { NeedleOuterDiameterMm = 3, DepthMm = 25, Points = 3001 });

        Assert.Equal(["NeedleOuterDiameterMm", "DepthMm", "Points"], result.Errors.Select(e => e.PropertyName));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task An_addendum_completes_a_signed_record_and_leaves_its_hash(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        var addendum = new AddAddendum.Command { SessionId = scene.Session, Reason = "Forgotten", Text = "Small bruise at the left temple." };
        Assert.IsType<Failure.Conflict>((await clinic.SendAsync(scene.Practitioner, addendum)).Failure);
        Assert.True((await scene.TrySignAsync()).Succeeded);
        addendum.CommandId = Guid.NewGuid();

        Assert.True((await clinic.SendAsync(scene.Practitioner, addendum)).Succeeded);

        var record = (await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Value!;
        Assert.Equal("Small bruise at the left temple.", Assert.Single(record.Addenda).Text);
        Assert.True(record.HashHolds);
    }

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
    [OnSqlServer]
    public async Task The_number_of_a_session_is_that_of_the_indication_it_is_started_with(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);
        await clinic.InDatabaseAsync(async db =>
        {
            var first = await db.Appointments.AsNoTracking().SingleAsync(a => a.Id == scene.Appointment);
            var before = new Appointment
            {
                PatientId = scene.Patient, PractitionerId = scene.Practitioner, RoomId = first.RoomId, Kind = AppointmentKind.Session, State = AppointmentState.Done, StartUtc = first.StartUtc.AddDays(-60),
                EndUtc = first.EndUtc.AddDays(-60), WallStart = first.WallStart.AddDays(-60), BookedById = scene.Practitioner, BookedUtc = first.StartUtc.AddDays(-70),
            };
            db.Appointments.Add(before);
            db.Sessions.Add(new Domain.Sessions.Session
            {
                AppointmentId = before.Id, PatientId = scene.Patient, PractitionerId = scene.Practitioner, Number = 1, Indication = "ind-pigmentation", OpenedUtc = before.StartUtc, StartedUtc = before.StartUtc,
                EndedUtc = before.EndUtc, AbortedUtc = before.EndUtc, AbortReason = "Time ran out",
            });
            await db.SaveChangesAsync();
        });

        await scene.SaveAsync(draft => draft.Indication = "ind-pigmentation");
        Assert.Equal(2, (await clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must().Number);
        await scene.SaveAsync(draft => draft.Indication = "ind-wrinkles");
        await scene.StartAsync();

        Assert.Equal(1, await clinic.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == scene.Session).Select(s => s.Number).SingleAsync()));
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
}
