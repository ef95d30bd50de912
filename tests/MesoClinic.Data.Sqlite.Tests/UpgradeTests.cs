using MesoClinic.Domain.Clinics;
using MesoClinic.Domain.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MesoClinic.Data.Sqlite.Tests;

/// <summary>What migrations make of the rows that a clinic has already.</summary>
public sealed class UpgradeTests : IDisposable
{
    private readonly DatabaseFile file = new();

    [Fact]
    public async Task A_clinic_keeps_its_opening_hours_when_they_become_hours_by_weekday()
    {
        await using var db = file.Open();
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
        await using var db = file.Open();
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
        await using var db = file.Open();
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

    [Fact]
    public void What_keeps_signed_records_is_not_taken_back()
    {
        using var connection = file.Migrated();
        using var db = file.Open();
        Assert.Throws<NotSupportedException>(() => db.GetService<IMigrator>().Migrate("TestDoseKeys"));
    }

    [Fact]
    public void Lots_from_before_their_history_was_kept_keep_stock_recall_and_a_number_of_their_own()
    {
        using (var db = file.Open())
        {
            db.GetService<IMigrator>().Migrate("ConsentTriggers");
        }

        using (var old = file.Connect())
        {
            DatabaseFile.Execute(old, "PRAGMA foreign_keys = OFF");
            foreach (var (id, number, left, recalled) in new[] { ("A1", "ha 26-04", 20, "NULL"), ("A2", "HA-2604", 15, "'2026-06-01 08:00:00'") })
            {
                DatabaseFile.Insert(old, "Lots", ("Id", $"'00000000-0000-0000-0000-0000000000{id}'"), ("ProductId", "'00000000-0000-0000-0000-0000000000B1'"), ("Number", $"'{number}'"), ("ReceivedOn", "'2026-01-02'"), ("ExpiresOn", "'2027-01-02'"),
                    ("AmpoulesReceived", "20"), ("AmpoulesLeft", $"{left}"), ("RecalledUtc", recalled), ("RecallReason", recalled == "NULL" ? "NULL" : "'particles'"), ("Version", "'00000000-0000-0000-0000-0000000000C1'"));
            }
        }

        using var connection = file.Migrated();
        using var now = file.Open();
        var lots = now.Lots.AsNoTracking().OrderBy(l => l.AmpoulesLeft).ToList();
        Assert.Equal("HA2604", lots[1].NumberKey);
        Assert.StartsWith("HA2604#", lots[0].NumberKey, StringComparison.Ordinal);
        Assert.Equal((lots[0].Id, "particles"), now.LotRecalls.AsNoTracking().ToList().Select(r => (r.LotId, r.Reason)).Single());
        Assert.Equal([-5, 20, 20], now.StockMovements.AsNoTracking().ToList().Select(m => m.Change).Order());
        Assert.All(now.StockMovements.AsNoTracking().ToList(), m => Assert.Equal(new DateTime(2026, 1, 2), m.AtUtc.Date));
    }

    [Theory]
    [InlineData("HA:26", "HA:26", "HA26")]
    [InlineData("ha#26 (b)", "HA#26(B)", "HA26B")]
    public void A_number_that_was_kept_with_its_signs_is_the_lot_that_is_delivered_again(string number, string oldKey, string key)
    {
        using (var db = file.Open())
        {
            db.GetService<IMigrator>().Migrate("SessionClose");
        }

        using (var old = file.Connect())
        {
            DatabaseFile.Execute(old, "PRAGMA foreign_keys = OFF");
            foreach (var (id, kept, product) in new[] { ("A1", oldKey, "B1"), ("A2", key, "B2"), ("A3", oldKey, "B2") })
            {
                DatabaseFile.Insert(old, "Lots", ("Id", $"'00000000-0000-0000-0000-0000000000{id}'"), ("ProductId", $"'00000000-0000-0000-0000-0000000000{product}'"), ("Number", $"'{number}'"), ("NumberKey", $"'{kept}'"), ("ReceivedOn", "'2026-01-02'"),
                    ("ExpiresOn", "'2027-01-02'"), ("AmpoulesReceived", "20"), ("AmpoulesLeft", "20"), ("RecalledUtc", "NULL"), ("RecallReason", "NULL"), ("Version", "'00000000-0000-0000-0000-0000000000C1'"));
            }
        }

        using var connection = file.Migrated();
        using var now = file.Open();
        Assert.Equal([key, key, $"{key}#00000000-0000-0000-0000-0000000000A3"], now.Lots.AsNoTracking().OrderBy(l => l.Id).Select(l => l.NumberKey).ToList());
        Assert.Equal(key, Domain.Cocktails.Lot.KeyOf(number));
    }

    public void Dispose() => file.Dispose();
}
