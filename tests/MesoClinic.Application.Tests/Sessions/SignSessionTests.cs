using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Booking;
using MesoClinic.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>What a signature closes, and what it leaves open.</summary>
public sealed class SignSessionTests
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
        Assert.NotNull(record.Permitting);
    }

    /// <summary>SQLITE_CONSTRAINT_TRIGGER.</summary>
    private const int OfTrigger = 1811;

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
            // A foreign key alone would not keep what nothing refers to. SQL Server looks at foreign keys first.
            var refusal = Assert.IsAssignableFrom<System.Data.Common.DbException>(await Record.ExceptionAsync(() => clinic.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(sql))));
            Assert.True(refusal is not SqliteException || refusal is SqliteException { SqliteExtendedErrorCode: OfTrigger }, $"{sql}: {refusal.Message}");
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
}
