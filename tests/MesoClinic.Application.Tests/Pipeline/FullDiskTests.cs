using System.Data.Common;
using MesoClinic.Application.Audit;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain;
using MesoClinic.Domain.Booking;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Application.Tests.Pipeline;

/// <summary>The engine itself refuses to grow, as it does on a disk without room.</summary>
public sealed class FullDiskTests
{
    [Theory]
    [OnSqlite]
    public async Task A_draft_that_finds_no_room_is_refused_as_a_whole_and_saved_when_there_is_some(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        await FillAsync(clinic);

        var refused = await scene.TrySaveAsync(draft => (draft.PainScore, draft.Notes) = (4, new string('ä', Limits.Text)));

        Assert.Equal(DiskAlarm.NotSaved, Assert.IsType<Failure.Conflict>(refused.Failure).Message);
        Assert.True(Alarm(clinic));
        var stored = await clinic.InDatabaseAsync(db => db.Sessions.AsNoTracking().SingleAsync());
        Assert.Equal((null, "", scene.Draft.Version), (stored.PainScore, stored.Notes, stored.Version));

        await MakeRoomAsync(clinic);

        // The same command once more: it was refused, so it was never done.
        var saved = await clinic.SendAsync(scene.Practitioner, scene.Draft);
        Assert.True(saved.Succeeded, $"{saved.Failure}");
        Assert.False(Alarm(clinic));
        Assert.Equal(4, (await scene.ReadDraftAsync()).PainScore);
    }

    [Theory]
    [OnSqlite]
    public async Task A_signature_that_finds_no_room_leaves_record_stock_and_audit_trail_as_they_were(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        await scene.SaveAsync(draft => draft.EndedAt = new TimeOnly(9, 0));
        await TakeRoomAtAsync(clinic, "BEFORE UPDATE OF SignedUtc ON Sessions");
        await FillAsync(clinic);
        var sign = new SignSession.Command { SessionId = scene.Session, Version = scene.Draft.Version };

        Assert.Equal(DiskAlarm.NotSaved, Assert.IsType<Failure.Conflict>((await clinic.SendAsync(scene.Practitioner, sign)).Failure).Message);

        await clinic.InDatabaseAsync(async db =>
        {
            var session = await db.Sessions.AsNoTracking().Include(s => s.Appointment).SingleAsync();
            Assert.Equal((null, null, AppointmentState.InSession), (session.SignedUtc, session.ContentHash, session.Appointment!.State));
            Assert.Equal(20, (await db.Lots.SingleAsync()).AmpoulesLeft);
        });

        await MakeRoomAsync(clinic);

        Assert.True((await clinic.SendAsync(scene.Practitioner, sign)).Succeeded);
        Assert.True((await clinic.SendAsync(scene.Practitioner, sign)).Succeeded);
        await clinic.InDatabaseAsync(async db => Assert.Equal(19, (await db.Lots.SingleAsync()).AmpoulesLeft));
        Assert.True((await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must().HashHolds);
        await using var scope = clinic.Scope();
        Assert.Null((await scope.ServiceProvider.GetRequiredService<VerifyAuditChain.AuditVerifier>().VerifyAsync(CancellationToken.None)).BrokenAt);
    }

    [Theory]
    [OnSqlite]
    public async Task A_chart_whose_reading_cannot_be_written_down_is_not_shown_and_says_why(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        await TakeRoomAtAsync(clinic, "BEFORE INSERT ON AuditEntries");
        await FillAsync(clinic);

        var refused = await clinic.SendAsync(scene.Practitioner, new GetChart.Query(scene.Patient));

        Assert.Equal(DiskAlarm.NotShown, Assert.IsType<Failure.Conflict>(refused.Failure).Message);
        await MakeRoomAsync(clinic);
        Assert.True((await clinic.SendAsync(scene.Practitioner, new GetChart.Query(scene.Patient))).Succeeded);
    }

    /// <summary>What was only read, or refused, is written down as well: that is room enough. The answer to a command that was done before writes nothing.</summary>
    [Theory]
    [OnSqlite]
    public async Task The_alarm_ends_with_the_first_row_that_is_written_and_with_nothing_else(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        await scene.SaveAsync(draft => draft.Notes = "as before");
        var done = await scene.ReadDraftAsync();
        (done.CommandId, done.Notes) = (Guid.NewGuid(), "written before the disk was full");
        (await clinic.SendAsync(scene.Practitioner, done)).Must();
        await TakeRoomAtAsync(clinic, "BEFORE INSERT ON AuditEntries");
        await FillAsync(clinic);
        Assert.IsType<Failure.Conflict>((await clinic.SendAsync(scene.Practitioner, new GetChart.Query(scene.Patient))).Failure);

        (await clinic.SendAsync(scene.Practitioner, done)).Must();
        Assert.True(Alarm(clinic));

        await MakeRoomAsync(clinic);
        (await clinic.SendAsync(scene.Practitioner, new GetChart.Query(scene.Patient))).Must();
        Assert.False(Alarm(clinic));
    }

    private static bool Alarm(TestClinic clinic)
    {
        using var scope = clinic.Scope();
        return scope.ServiceProvider.GetRequiredService<DiskAlarm>().IsRaised;
    }

    /// <summary>Needs pages at this very moment, however much room is left in those that exist.</summary>
    private static Task TakeRoomAtAsync(TestClinic clinic, string moment) => clinic.InDatabaseAsync(async db =>
    {
        var trigger = $"CREATE TRIGGER Takes_room {moment} BEGIN INSERT INTO Filler VALUES (zeroblob(100000)); END";
        await db.Database.ExecuteSqlRawAsync("CREATE TABLE Filler (Content BLOB)");
        await db.Database.ExecuteSqlRawAsync(trigger);
    });

    /// <summary>No page more than there are, and none of them free.</summary>
    private static async Task FillAsync(TestClinic clinic)
    {
        await clinic.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("VACUUM"));
        await LimitAsync(clinic, "PRAGMA max_page_count = 1");
    }

    private static Task MakeRoomAsync(TestClinic clinic) => LimitAsync(clinic, "PRAGMA max_page_count = 1073741823");

    /// <summary>The limit holds for one connection: more are prepared than the pool will ever hand out here at once. It never goes below what is there.</summary>
    private static async Task LimitAsync(TestClinic clinic, string sql)
    {
        var scopes = Enumerable.Range(0, 6).Select(_ => clinic.Scope()).ToList();
        foreach (var scope in scopes)
        {
            var database = scope.ServiceProvider.GetRequiredService<Data.ClinicDbContext>().Database;
            await database.OpenConnectionAsync();
            DbConnection connection = database.GetDbConnection();
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteScalarAsync();
        }

        foreach (var scope in scopes)
        {
            await scope.DisposeAsync();
        }
    }
}
