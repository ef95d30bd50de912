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
