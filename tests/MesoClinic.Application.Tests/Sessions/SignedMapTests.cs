using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Sessions.Mapping;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>Points that are signed with their record, and shown at the next session.</summary>
public sealed class SignedMapTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_points_are_part_of_what_is_signed(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SignedAsync(clinic);

        Assert.True((await ReadAsync(scene)).HashHolds);
        await clinic.InDatabaseAsync(async db => Assert.IsAssignableFrom<System.Data.Common.DbException>(await Record.ExceptionAsync(() => db.Database.ExecuteSqlRawAsync("UPDATE TreatedAreas SET Sites = '[]'"))));
        Assert.Equal(28, (await ReadAsync(scene)).Draft.Sites[0].Points.Count);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_map_under_the_points_is_signed_with_them(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var drawn = (await ReadAsync(await SignedAsync(clinic))).Draft.Sites[0].Drawn!;

        Assert.Equal(("Forehead", "Face", 240d, 310d), (drawn.Area, drawn.View, drawn.WidthMm, drawn.HeightMm));
        Assert.Equal(BodyView.FindShape("face-front", "forehead", "mid")!.Outline.Corners, drawn.Corners);
    }

    [Theory]
    [OnSqlite]
    public async Task A_point_moved_past_the_triggers_breaks_the_hash(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SignedAsync(clinic);
        await clinic.InDatabaseAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER TreatedAreas_signed_update");
            await db.Database.ExecuteSqlRawAsync("UPDATE TreatedAreas SET Sites = '[]'");
        });

        Assert.False((await ReadAsync(scene)).HashHolds);
    }

    [Theory]
    [OnSqlite]
    public async Task A_record_signed_before_there_were_points_still_verifies_and_takes_none_afterwards(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        Assert.True((await scene.TrySignAsync()).Succeeded);
        await clinic.InDatabaseAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER Sessions_signed_update");
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER TreatedAreas_signed_update");
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER CocktailLines_signed_update");
            var session = await db.Sessions.Include(s => s.Areas).Include(s => s.Cocktail).Include(s => s.Consent).SingleAsync(s => s.Id == scene.Session);
            (session.AnaestheticCream, session.AssessmentId) = (null, null);
            session.Cocktail.ForEach(line => (line.LabelFreeOf, line.CompositionVerified) = (null, null));
            session.ContentHash = FirstForm.HashOf(session, await db.Assessments.Where(a => a.SessionId == session.Id).Select(a => a.Id).ToListAsync());
            await db.SaveChangesAsync();
        });

        Assert.True((await ReadAsync(scene)).HashHolds);
        await clinic.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("""UPDATE TreatedAreas SET Sites = '[{{"view":"face-front","side":"mid","points":[[0.5,0.2]]}}]' """));
        Assert.False((await ReadAsync(scene)).HashHolds);
    }

    [Theory]
    [OnSqlite]
    public async Task Earlier_maps_are_the_signed_ones_of_the_same_patient_and_only_for_those_who_may_read_the_chart(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SignedAsync(clinic);
        var again = await clinic.InDatabaseAsync(async db =>
        {
            var first = await db.Appointments.AsNoTracking().SingleAsync(a => a.Id == scene.Appointment);
            var appointment = new Appointment { PatientId = scene.Patient, PractitionerId = scene.Practitioner, RoomId = first.RoomId, Kind = AppointmentKind.Session, StartUtc = first.StartUtc.AddDays(7), EndUtc = first.EndUtc.AddDays(7), WallStart = first.WallStart.AddDays(7), BookedById = scene.Practitioner, BookedUtc = first.StartUtc };
            var session = new Session { AppointmentId = appointment.Id, PatientId = scene.Patient, PractitionerId = scene.Practitioner, Number = 2, OpenedUtc = appointment.StartUtc };
            db.AddRange(appointment, session);
            await db.SaveChangesAsync();
            return session.Id;
        });
        clinic.Clock.Advance(TimeSpan.FromDays(7));

        var maps = (await clinic.SendAsync(scene.Practitioner, new ListEarlierMaps.Query { SessionId = again })).Value!;

        Assert.Equal((scene.Session, 28, new DateOnly(2026, 6, 1)), (Assert.Single(maps).SessionId, maps[0].Points, maps[0].On));
        Assert.Empty((await clinic.SendAsync(scene.Practitioner, new ListEarlierMaps.Query { SessionId = scene.Session })).Value!);
        Assert.IsType<Failure.ReasonNeeded>((await clinic.SendAsync(await clinic.AddCosmetologistAsync(), new ListEarlierMaps.Query { SessionId = again })).Failure);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task However_many_sessions_without_a_map_came_since_the_last_map_is_found(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SignedAsync(clinic);
        var now = await clinic.InDatabaseAsync(async db =>
        {
            var first = await db.Appointments.AsNoTracking().SingleAsync(a => a.Id == scene.Appointment);
            var last = Guid.Empty;
            for (var week = 1; week <= 14; week++)
            {
                var start = first.StartUtc.AddDays(7 * week);
                var appointment = new Appointment { PatientId = scene.Patient, PractitionerId = scene.Practitioner, RoomId = first.RoomId, Kind = AppointmentKind.Session, StartUtc = start, EndUtc = start.AddMinutes(30), WallStart = first.WallStart.AddDays(7 * week), BookedById = scene.Practitioner, BookedUtc = first.StartUtc };
                var open = week == 14;
                var session = new Session
                {
                    AppointmentId = appointment.Id, PatientId = scene.Patient, PractitionerId = scene.Practitioner, Number = 1 + week, OpenedUtc = start, Technique = "tech-electroporation",
                    StartedUtc = open ? null : start, EndedUtc = open ? null : start.AddMinutes(20), SignedUtc = open ? null : start.AddMinutes(25), ContentHash = open ? null : new string('0', 64),
                };
                db.AddRange(appointment, session);
                await db.SaveChangesAsync();
                last = session.Id;
            }

            return last;
        });
        clinic.Clock.Advance(TimeSpan.FromDays(7 * 14));

        Assert.Equal(scene.Session, Assert.Single((await clinic.SendAsync(scene.Practitioner, new ListEarlierMaps.Query { SessionId = now })).Value!).SessionId);
    }

    private static async Task<SessionScene> SignedAsync(TestClinic clinic)
    {
        var scene = await SessionScene.ReadyAsync(clinic);
        await scene.SaveAsync(draft => draft.Sites = [InjectionPointTests.Nappage(28, ml: 0.014m, mm: 1.5m)]);
        await scene.StartAsync();
        Assert.True((await scene.TrySignAsync()).Succeeded);
        return scene;
    }

    private static async Task<GetSession.Record> ReadAsync(SessionScene scene) => (await scene.Clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Value!;
}
