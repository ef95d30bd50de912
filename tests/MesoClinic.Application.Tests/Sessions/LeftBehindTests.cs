using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>A begun record whose practitioner is away is closed in their place, and keeps who injected.</summary>
public sealed class LeftBehindTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_colleague_stops_it_and_signs_it_a_day_later_and_the_record_keeps_who_injected(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (scene, colleague) = (await SessionScene.StartedAsync(clinic), await clinic.AddCosmetologistAsync("Linh Tran"));
        await AssignAsync(scene, colleague);
        await clinic.InDatabaseAsync(db => db.Sessions.ExecuteUpdateAsync(s => s.SetProperty(x => x.Points, (int?)null)));
        clinic.Clock.Advance(TimeSpan.FromHours(20));

        Assert.IsType<Failure.Forbidden>((await SignAsync(scene, colleague)).Failure);
        await StopAsync(scene, colleague);
        Assert.Contains("has a day", Assert.IsType<Failure.Conflict>((await SignAsync(scene, colleague)).Failure).Message, StringComparison.Ordinal);
        Assert.False((await ReadAsync(scene, colleague)).MaySignInPlace);
        clinic.Clock.Advance(TimeSpan.FromHours(24));
        Assert.True((await ReadAsync(scene, colleague)).MaySignInPlace);
        Assert.IsType<Failure.Forbidden>((await scene.TrySaveAsync(draft => draft.Notes = "mine", colleague)).Failure);
        (await SignAsync(scene, colleague)).Must();

        var record = await ReadAsync(scene, colleague);
        Assert.Equal(("Irina Volkova", "Linh Tran", "Linh Tran", true, true), (record.Practitioner, record.StoppedBy, record.SignedBy, record.HashHolds, record.EndIsAssumed));
        await clinic.InDatabaseAsync(async db =>
        {
            var session = await db.Sessions.AsNoTracking().SingleAsync();
            Assert.Equal((scene.Practitioner, session.StartedUtc!.Value.AddHours(6)), (session.PractitionerId, session.EndedUtc!.Value));
            Assert.Equal((19, 0), await db.Lots.Select(l => new ValueTuple<int, int>(l.AmpoulesLeft, l.AmpoulesOpen)).SingleAsync());
            foreach (var act in new[] { nameof(AbortSession), nameof(SignSession) })
            {
                Assert.True(await db.AuditEntries.AnyAsync(e => e.UserId == colleague && e.Action == act && e.Outcome == "Done" && e.PatientId == scene.Patient));
            }
        });
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Once_it_is_stopped_the_patient_can_have_the_next_session_and_the_practitioner_still_signs(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (scene, colleague) = (await SessionScene.StartedAsync(clinic), await clinic.AddCosmetologistAsync("Linh Tran"));
        await AssignAsync(scene, colleague);
        await StopAsync(scene, colleague);

        scene.Draft.Version = (await scene.ReadDraftAsync()).Version;
        await scene.SaveAsync(draft => draft.Lines[0].VolumeMl = 0.5m);
        (await scene.TrySignAsync()).Must();

        var record = await ReadAsync(scene, scene.Practitioner);
        Assert.Equal(("Linh Tran", null), (record.StoppedBy, record.SignedBy));
        Assert.True(record.HashHolds);
    }

    [Theory]
    [OnSqlite]
    public async Task What_the_practitioner_had_begun_to_write_stays_beside_the_reason_of_the_colleague(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (scene, colleague) = (await SessionScene.StartedAsync(clinic), await clinic.AddCosmetologistAsync("Linh Tran"));
        await AssignAsync(scene, colleague);
        await scene.SaveAsync(draft => (draft.Notes, draft.StopReason) = ("Left side first.", "Hives on the"));

        await StopAsync(scene, colleague);

        var record = await ReadAsync(scene, colleague);
        Assert.Equal("Left side first.\nReason to stop, begun by the practitioner: Hives on the", record.Draft.Notes);
        Assert.DoesNotContain("Hives", record.AbortReason, StringComparison.Ordinal);
    }

    [Theory]
    [OnSqlite]
    public async Task Full_notes_do_not_stand_in_the_way_of_a_colleagues_stop(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (scene, colleague) = (await SessionScene.StartedAsync(clinic), await clinic.AddCosmetologistAsync("Linh Tran"));
        await AssignAsync(scene, colleague);
        var full = new string('n', Domain.Limits.Text);
        await scene.SaveAsync(draft => (draft.Notes, draft.StopReason) = (full, "Hives"));

        await StopAsync(scene, colleague);

        Assert.Equal(full, (await ReadAsync(scene, colleague)).Draft.Notes);
    }

    [Theory]
    [OnSqlite]
    public async Task Who_closed_it_is_part_of_what_was_signed(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (scene, colleague) = (await SessionScene.StartedAsync(clinic), await clinic.AddCosmetologistAsync("Linh Tran"));
        await AssignAsync(scene, colleague);
        await StopAsync(scene, colleague);
        clinic.Clock.Advance(TimeSpan.FromHours(24));
        (await SignAsync(scene, colleague)).Must();

        foreach (var (forged, mended) in new[] { ("UPDATE Sessions SET SignedById = NULL", "UPDATE Sessions SET SignedById = StoppedById"), ("UPDATE Sessions SET StoppedById = NULL", "UPDATE Sessions SET StoppedById = SignedById") })
        {
            await ForgeAsync(forged);
            Assert.False((await ReadAsync(scene, colleague)).HashHolds);
            await ForgeAsync(mended);
            Assert.True((await ReadAsync(scene, colleague)).HashHolds);
        }

        Task ForgeAsync(string sql) => clinic.InDatabaseAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER IF EXISTS Sessions_signed_update");
            await db.Database.ExecuteSqlRawAsync(sql);
        });
    }

    [Theory]
    [OnSqlite]
    public async Task Before_the_injections_begin_nobody_else_gives_it_up(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (scene, colleague) = (await SessionScene.ReadyAsync(clinic), await clinic.AddCosmetologistAsync("Linh Tran"));
        await AssignAsync(scene, colleague);

        Assert.IsType<Failure.Forbidden>((await TryStopAsync(scene, colleague)).Failure);
    }

    [Theory]
    [OnSqlite]
    public async Task A_tube_that_a_given_up_session_emptied_leaves_the_stock(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var tube = await clinic.AddLotAsync(Session.CreamIngredient, ampoules: 2);
        var scene = await TubeTests.ReadyAsync(clinic, tube);
        await scene.SaveAsync(draft => draft.CreamTubeEmpty = true);

        (await TryStopAsync(scene, scene.Practitioner)).Must();

        Assert.Equal(1, await clinic.InDatabaseAsync(db => db.Lots.Where(l => l.Id == tube).Select(l => l.AmpoulesLeft).SingleAsync()));
    }

    /// <summary>Whose patient it is as well.</summary>
    private static Task AssignAsync(SessionScene scene, Guid colleague) => scene.Clinic.InDatabaseAsync(async db =>
    {
        db.PatientAssignments.Add(new Domain.Patients.PatientAssignment { PatientId = scene.Patient, StaffMemberId = colleague, AssignedUtc = TestClinic.Start.UtcDateTime });
        await db.SaveChangesAsync();
    });

    private static Task<Outcome<Guid>> TryStopAsync(SessionScene scene, Guid by) =>
        scene.Clinic.SendAsync(by, new AbortSession.Command { SessionId = scene.Session, Version = scene.Draft.Version, Reason = "Irina Volkova was taken ill" });

    private static async Task StopAsync(SessionScene scene, Guid by) => scene.Draft.Version = (await TryStopAsync(scene, by)).Must();

    private static Task<Outcome<Done>> SignAsync(SessionScene scene, Guid by) => scene.Clinic.SendAsync(by, new SignSession.Command { SessionId = scene.Session, Version = scene.Draft.Version });

    private static async Task<GetSession.Record> ReadAsync(SessionScene scene, Guid by) => (await scene.Clinic.SendAsync(by, new GetSession.Query { SessionId = scene.Session })).Must();
}
