using MesoClinic.Application.Audit;
using MesoClinic.Application.Sessions;
using MesoClinic.Application.Tests.Sessions;
using MesoClinic.Domain.Audit;
using MesoClinic.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MesoClinic.Application.Tests.Audit;

/// <summary>What was signed is verified whether anybody opens it or not.</summary>
public sealed class RecordCheckTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Every_signed_record_and_consent_is_verified_and_an_open_record_is_not(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        await SignedAsync(clinic);
        await SignedAsync(clinic);
        await SessionScene.StartedAsync(clinic);
        Assert.Null((await clinic.SendAsync(manager, new GetRecordCheck.Query())).Must().At);

        await RunAsync(clinic);

        var view = (await clinic.SendAsync(manager, new GetRecordCheck.Query())).Must();
        Assert.Equal((2, 3, true), (view.Records, view.Consents, view.Holds));
        Assert.NotNull(view.At);
    }

    [Theory]
    [InlineData("Sessions", "UPDATE Sessions SET Notes = 'Other' WHERE Id = {0}", true, false)]
    [InlineData("Addenda", "UPDATE Addenda SET Text = 'Other' WHERE SessionId = {0}", true, false)]
    [InlineData("Assessments", "UPDATE Assessments SET RuleBook = 'sha256:other' WHERE SessionId = {0}", true, false)]
    [InlineData("TreatedAreas", "UPDATE TreatedAreas SET Sites = 'no list' WHERE SessionId = {0}", true, false)]
    [InlineData("Consents", "UPDATE Consents SET Areas = '[\"hands\"]' WHERE Id = (SELECT ConsentId FROM Sessions WHERE Id = {0})", true, true)]
    [InlineData("Consents", "UPDATE Consents SET Kind = 'x' WHERE Id = (SELECT ConsentId FROM Sessions WHERE Id = {0})", true, true)]
    [InlineData("Sessions", "UPDATE Sessions SET LaterConsents = 'null' WHERE Id = {0}", true, false)]
    public async Task A_row_changed_past_the_triggers_is_named_and_no_other(string table, string sql, bool record, bool consent)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        await SignedAsync(clinic);
        var scene = await SignedAsync(clinic);
        var signed = (await clinic.SendAsync(scene.Practitioner, new GetSession.Query { SessionId = scene.Session })).Must().Consent!.Id;
        await clinic.InDatabaseAsync(async db =>
        {
            await PastTheTriggers.DropAsync(db, table);
            Assert.Equal(1, await db.Database.ExecuteSqlRawAsync(sql, scene.Session));
        });

        var result = await RunAsync(clinic);

        Assert.Equal(record ? [scene.Session] : [], result.ChangedRecords);
        Assert.Equal(consent ? [signed] : [], result.ChangedConsents);
    }

    [Theory]
    [InlineData("Sessions", "UPDATE Sessions SET Notes = 'Other'")]
    [InlineData("Sessions", "UPDATE Sessions SET PatientId = (SELECT Id FROM Patients WHERE Id <> PatientId)")]
    [InlineData("Sessions", "UPDATE Sessions SET SignedUtc = NULL")]
    [InlineData("Addenda", "UPDATE Addenda SET Text = 'Other'")]
    [InlineData("Addenda", "DELETE FROM Addenda")]
    public async Task A_record_that_was_changed_and_hashed_anew_is_named(string table, string sql)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var (scene, _) = (await SignedAsync(clinic), await SessionScene.SetAsync(clinic));
        foreach (var signed in new[] { "Sessions", "Addenda" })
        {
            await PastTheTriggers.RunAsync(clinic, signed, table == signed ? sql : "SELECT 1");
        }

        await clinic.InDatabaseAsync(async db =>
        {
            var session = await db.Sessions.Include(s => s.Areas).Include(s => s.Cocktail).Include(s => s.Consent).Include(s => s.Addenda).SingleAsync();
            session.ContentHash = SessionContent.HashOf(session, await SessionParts.OfAsync(db, session, default));
            session.Addenda.ForEach(addendum => addendum.ContentHash = AddendumContent.HashOf(addendum, session.ContentHash));
            await db.SaveChangesAsync();
        });

        Assert.Equal([scene.Session], (await RunAsync(clinic)).ChangedRecords);
    }

    [Theory]
    [InlineData("UPDATE Consents SET Text = 'I agree to anything.'", true)]
    [InlineData("UPDATE Consents SET PatientId = (SELECT Id FROM Patients WHERE Id <> PatientId)", true)]
    [InlineData("UPDATE Consents SET Text = 'I agree to anything.', ContentHash = ''", false)]
    public async Task A_consent_that_was_changed_and_hashed_anew_or_not_at_all_is_named(string sql, bool isHashedAnew)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var (scene, _) = (await SessionScene.SetAsync(clinic), await SessionScene.SetAsync(clinic));
        await scene.OpenAsync();
        await scene.SaveAsync(_ => { });
        var consent = await scene.SignConsentAsync();
        Assert.True((await RunAsync(clinic)).Holds);
        await PastTheTriggers.RunAsync(clinic, "Consents", sql);
        await clinic.InDatabaseAsync(async db =>
        {
            var changed = await db.Consents.SingleAsync();
            changed.ContentHash = isHashedAnew ? ConsentForms.HashOf(changed) : "";
            await db.SaveChangesAsync();
        });

        Assert.Equal([consent], (await RunAsync(clinic)).ChangedConsents);
    }

    /// <summary>As it comes from a server that is gone, from what retries, and from what reads the rows.</summary>
    public static TheoryData<Exception> Outages => [new SqliteException("gone", 1), new RetryLimitExceededException("Tried often enough."), new TimeoutException(), new InvalidOperationException("While reading.", new TimeoutException())];

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task A_database_that_stops_answering_breaks_the_walk_off_and_names_no_record(Exception outage)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        await SignedAsync(clinic);
        clinic.Database.BeforeCommand = command => command.CommandText.Contains("\"Addenda\"", StringComparison.Ordinal) ? Task.FromException(outage) : Task.CompletedTask;

        Assert.Equal(outage.GetType(), (await Record.ExceptionAsync(() => RunAsync(clinic)))?.GetType());
    }

    [Theory]
    [OnSqlite]
    public async Task Nor_is_a_record_named_where_no_connection_is_to_be_had(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        await SignedAsync(clinic);
        var areIdsRead = false;
        clinic.Database.BeforeCommand = command => Task.FromResult(areIdsRead |= command.CommandText.Contains("FROM \"Consents\"", StringComparison.Ordinal));
        clinic.Database.BeforeOpening = () =>
        {
            if (areIdsRead)
            {
                clinic.Database.BeforeOpening = null;
                throw new InvalidOperationException("The timeout period elapsed prior to obtaining a connection from the pool.");
            }
        };

        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(clinic));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_clock_that_was_ahead_once_does_not_put_it_off(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        await using var scope = clinic.Scope();
        var check = scope.ServiceProvider.GetRequiredService<RecordCheck>();
        await clinic.InDatabaseAsync(async db =>
        {
            db.RecordCheckRuns.Add(new RecordCheckRun { AtUtc = clinic.Clock.GetUtcNow().UtcDateTime.AddYears(1), Records = 7 });
            await db.SaveChangesAsync();
        });
        Assert.True(await check.IsDueAsync(default));

        await RunAsync(clinic);

        Assert.False(await check.IsDueAsync(default));
        Assert.Equal(0, (await clinic.SendAsync(manager, new GetRecordCheck.Query())).Must().Records);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task It_is_due_at_once_every_night_and_after_a_night_that_was_missed(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        await using var scope = clinic.Scope();
        var check = scope.ServiceProvider.GetRequiredService<RecordCheck>();
        Assert.True(await check.IsDueAsync(default));

        await RunAsync(clinic);
        Assert.False(await check.IsDueAsync(default));

        var tonight = clinic.Clock.GetLocalNow().Date.AddDays(1).AddHours(3) - clinic.Clock.GetLocalNow().DateTime;
        clinic.Clock.Advance(tonight - TimeSpan.FromHours(2));
        Assert.False(await check.IsDueAsync(default));
        clinic.Clock.Advance(TimeSpan.FromHours(2));
        Assert.True(await check.IsDueAsync(default));
        clinic.Clock.Advance(TimeSpan.FromHours(24));
        clinic.Clock.Advance(TimeSpan.FromHours(4));
        Assert.True(await check.IsDueAsync(default));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_walk_that_broke_off_is_told_until_one_comes_to_its_end(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        await clinic.InDatabaseAsync(async db =>
        {
            db.RecordCheckRuns.Add(new RecordCheckRun { AtUtc = clinic.Clock.GetUtcNow().UtcDateTime, Error = "IOException" });
            await db.SaveChangesAsync();
        });
        var broken = (await clinic.SendAsync(manager, new GetRecordCheck.Query())).Must();
        Assert.Equal((null, true), (broken.At, broken.BrokeOffAt is not null));

        await RunAsync(clinic);

        var whole = (await clinic.SendAsync(manager, new GetRecordCheck.Query())).Must();
        Assert.Equal((true, null), (whole.At is not null, whole.BrokeOffAt));
    }

    private static async Task<SessionScene> SignedAsync(TestClinic clinic)
    {
        var scene = await SessionScene.StartedAsync(clinic);
        (await scene.TrySignAsync()).Must();
        (await clinic.SendAsync(scene.Practitioner, new AddAddendum.Command { SessionId = scene.Session, Reason = "Forgotten", Text = "Small bruise." })).Must();
        return scene;
    }

    private static async Task<RecordCheckRun> RunAsync(TestClinic clinic)
    {
        await using var scope = clinic.Scope();
        return await scope.ServiceProvider.GetRequiredService<RecordCheck>().RunAsync(CancellationToken.None);
    }
}
