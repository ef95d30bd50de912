using MesoClinic.Domain.Clinics;
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
