using MesoClinic.Domain.Clinics;
using MesoClinic.Domain.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MesoClinic.Data.Sqlite.Tests;

public sealed class UpgradeTests : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"mesoclinic-upgrade-{Guid.NewGuid():N}.db");

    [Fact]
    public async Task A_clinic_keeps_its_opening_hours_when_they_become_hours_by_weekday()
    {
        await using var db = Open();
        await db.GetService<IMigrator>().MigrateAsync("OverrideRecords");
        await db.Database.ExecuteSqlRawAsync(
            "INSERT INTO Clinics (Id, Name, Phone, EmergencyNumber, OutOfHoursAdvice, TimeZone, Hemisphere, OpensAt, ClosesAt, AnyoneBooksAnyColumn, IsDemo, Version) VALUES (1, 'Old', '1', '112', '', 'Europe/London', 'North', '08:30:00', '17:15:00', 1, 0, '018f0000-0000-7000-8000-000000000001')");

        await db.Database.MigrateAsync();

        var clinic = await db.Clinics.SingleAsync();
        Assert.Equal(7, clinic.Hours.Count);
        Assert.All(clinic.Hours, hours => Assert.Equal((new TimeOnly(8, 30), new TimeOnly(17, 15)), (hours.From, hours.To)));
        Assert.Equal(new VisitLengths(), clinic.VisitLengths);
    }

    [Fact]
    public async Task A_consent_signed_before_keeps_its_text_gets_a_last_day_and_stays_immutable()
    {
        await using var db = Open();
        await db.GetService<IMigrator>().MigrateAsync("Outbox");
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = OFF");
        await db.Database.ExecuteSqlRawAsync(
            "INSERT INTO Consents (Id, PatientId, AppointmentId, TemplateVersion, Text, Areas, Technique, Ingredients, SignedName, SignedByGuardian, SignedUtc, WitnessId) VALUES ('018F0000-0000-7000-8000-000000000001', '018F0000-0000-7000-8000-000000000002', '018F0000-0000-7000-8000-000000000003', 'treatment-1', 'As it was', '[\"forehead\"]', 'tech-nappage', '[]', 'Hannah Lindqvist', 0, '2026-03-01 09:00:00', '018F0000-0000-7000-8000-000000000004')");

        await db.Database.MigrateAsync();

        var consent = await db.Consents.AsNoTracking().SingleAsync();
        Assert.Equal((ConsentKind.Treatment, "As it was", (DateOnly?)new DateOnly(2027, 3, 1)), (consent.Kind, consent.Text, consent.ExpiresOn));
        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => db.Database.ExecuteSqlRawAsync("UPDATE Consents SET Text = 'x'"));
    }

    [Fact]
    public async Task Lines_of_begun_sessions_get_their_patient_and_what_open_records_opened_is_theirs()
    {
        await using var db = Open();
        await db.GetService<IMigrator>().MigrateAsync("SessionClose");
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = OFF");
        const string Lot = "018F0000-0000-7000-8000-00000000000A", Patient = "018F0000-0000-7000-8000-00000000000B";
        await db.Database.ExecuteSqlAsync($"INSERT INTO Lots (Id, ProductId, Number, NumberKey, ReceivedOn, ExpiresOn, AmpoulesReceived, AmpoulesLeft, Version) VALUES ({Lot}, {Patient}, 'HA', 'HA', '2026-01-02', '2027-01-02', 9, 2, {Patient})");
        foreach (var (session, started) in new[] { ("018F0000-0000-7000-8000-000000000001", "2026-03-01 09:00:00"), ("018F0000-0000-7000-8000-000000000002", "2026-06-01 09:00:00"), ("018F0000-0000-7000-8000-000000000003", "never") })
        {
            await db.Database.ExecuteSqlAsync($"INSERT INTO Sessions (Id, AppointmentId, PatientId, PractitionerId, Number, Notes, AsepsisDone, NewSealedAmpoules, Acknowledged, OpenedUtc, StartedUtc, Version) VALUES ({session}, {session}, {Patient}, {Patient}, 1, '', '[]', 1, '[]', '2026-03-01 08:00:00', NULLIF({started}, 'never'), {session})");
            await db.Database.ExecuteSqlAsync($"INSERT INTO CocktailLines (Id, SessionId, Position, LotId, VolumeMl, Ampoules, ProductName, LotNumber, Ingredients) VALUES ({session}, {session}, 0, {Lot}, '1.0', 3, '', '', '[]')");
        }

        await db.Database.ExecuteSqlRawAsync("UPDATE Sessions SET SignedUtc = '2026-03-01 10:00:00' WHERE StartedUtc = '2026-03-01 09:00:00'");
        await db.Database.MigrateAsync();

        var lines = await db.CocktailLines.AsNoTracking().OrderBy(line => line.Id).ToListAsync();
        Assert.Equal([new DateTime(2026, 3, 1, 9, 0, 0), new DateTime(2026, 6, 1, 9, 0, 0), null], lines.Select(line => line.BegunUtc));
        Assert.Equal([Guid.Parse(Patient), Guid.Parse(Patient), null], lines.Select(line => line.PatientId));

        // Three are open in the one record that is not signed; the list knew of two.
        var lot = await db.Lots.AsNoTracking().SingleAsync();
        Assert.Equal((3, 3), (lot.AmpoulesLeft, lot.AmpoulesOpen));
        Assert.Equal(1, (await db.StockMovements.AsNoTracking().SingleAsync(m => m.LotId == lot.Id && m.Left == 3)).Change);
        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => db.Database.ExecuteSqlRawAsync("UPDATE CocktailLines SET VolumeMl = '9' WHERE BegunUtc < '2026-04-01'"));
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        File.Delete(file);
    }

    private ClinicDbContext Open()
    {
        var options = new DbContextOptionsBuilder<ClinicDbContext>();
        options.UseClinicSqlite(SqliteSetup.ConnectionStringFor(file));
        return new ClinicDbContext((DbContextOptions<ClinicDbContext>)options.Options);
    }
}
