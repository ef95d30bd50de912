using MesoClinic.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Xunit;

namespace MesoClinic.Data.Sqlite.Tests;

/// <summary>What the last migration leaves behind: the model as it is, and every promised trigger, each refusing.</summary>
public sealed class SchemaTests : IDisposable
{
    private static readonly string[] Promised =
    [
        "Addenda_append_only_delete", "Addenda_append_only_update", "Assessments_append_only_delete", "Assessments_append_only_update",
        "AuditEntries_append_only_delete", "AuditEntries_append_only_update", "CocktailLines_signed_delete", "CocktailLines_signed_insert", "CocktailLines_signed_update",
        "CocktailLines_begun_delete", "CocktailLines_begun_insert", "CocktailLines_begun_update", "Sessions_begun_delete", "Sessions_begun_insert", "Sessions_begun_update",
        "Consents_signed_delete", "Consents_signed_update", "ConsentTexts_append_only_delete", "ConsentTexts_append_only_update",
        "FiredRules_append_only_delete", "FiredRules_append_only_update", "OverrideUses_append_only_delete", "OverrideUses_append_only_update",
        "Photos_kept_delete", "Photos_kept_insert", "Photos_kept_update",
        "ProfileChanges_append_only_delete", "ProfileChanges_append_only_update",
        "Overrides_given_delete", "Overrides_given_update", "RuleBookVersions_append_only_delete", "RuleBookVersions_append_only_update",
        "RuleSignOffs_append_only_delete", "RuleSignOffs_append_only_update", "ReplacedTubes_append_only_delete", "ReplacedTubes_append_only_update", "ReplacedTubes_key_insert", "Sessions_signed_delete", "Sessions_signed_update",
        "AllergyTests_given_delete", "AllergyTests_given_update",
        "LotRecalls_given_delete", "LotRecalls_given_update", "RecallContacts_append_only_delete", "RecallContacts_append_only_update",
        "StockMovements_append_only_delete", "StockMovements_append_only_update",
        "TreatedAreas_signed_delete", "TreatedAreas_signed_insert", "TreatedAreas_signed_update",
        "AllergyTests_key_insert", "AllergyTests_key_update", "Addenda_key_insert", "Assessments_key_insert", "AuditEntries_key_insert", "CocktailLines_key_insert", "CocktailLines_key_update", "ConsentTexts_key_insert",
        "Consents_key_insert", "Consents_key_update", "FiredRules_key_insert", "LotRecalls_key_insert", "LotRecalls_key_update", "OverrideUses_key_insert", "Overrides_key_insert",
        "Overrides_key_update", "Photos_key_insert", "Photos_key_update", "ProfileChanges_key_insert", "RecallContacts_key_insert", "RuleBookVersions_key_insert",
        "RuleSignOffs_key_insert", "Sessions_key_insert", "Sessions_key_update", "StockMovements_key_insert", "TreatedAreas_key_insert", "TreatedAreas_key_update",
    ];

    private readonly string file = Path.Combine(Path.GetTempPath(), $"mesoclinic-schema-{Guid.NewGuid():N}.db");

    [Fact]
    public void The_migrations_are_up_to_date_with_the_model()
    {
        using var db = Open();
        Assert.False(db.Database.HasPendingModelChanges(), "Add a migration for both engines (docs/how-to).");
    }

    [Fact]
    public void Every_promised_trigger_stands_after_the_last_migration()
    {
        using var connection = Migrated();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name";
        using var reader = command.ExecuteReader();
        var found = new List<string>();
        while (reader.Read())
        {
            found.Add(reader.GetString(0));
        }

        Assert.Empty(Promised.Except(found, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("AuditEntries", "UPDATE AuditEntries SET Outcome = 'x'")]
    [InlineData("AuditEntries", "DELETE FROM AuditEntries")]
    [InlineData("Assessments", "UPDATE Assessments SET Result = '{}'")]
    [InlineData("Assessments", "DELETE FROM Assessments")]
    [InlineData("Addenda", "UPDATE Addenda SET Text = 'x'")]
    [InlineData("Addenda", "DELETE FROM Addenda")]
    [InlineData("Consents", "UPDATE Consents SET Text = 'x'")]
    [InlineData("Consents", "DELETE FROM Consents")]
    [InlineData("Consents", "UPDATE Consents SET Signature = 'M1 1l2 2'")]
    [InlineData("Consents", "UPDATE Consents SET ExpiresOn = NULL, WitnessId = 'x'")]
    [InlineData("ConsentTexts", "UPDATE ConsentTexts SET Text = 'x'")]
    [InlineData("ConsentTexts", "DELETE FROM ConsentTexts")]
    [InlineData("Photos", "UPDATE Photos SET View = 'hands'")]
    [InlineData("Photos", "UPDATE Photos SET RemovedUtc = '2026-06-01', File = 'x'")]
    [InlineData("Photos", "DELETE FROM Photos")]
    [InlineData("Overrides", "UPDATE Overrides SET Text = 'x'")]
    [InlineData("Overrides", "DELETE FROM Overrides")]
    [InlineData("OverrideUses", "UPDATE OverrideUses SET AssessmentId = OverrideId")]
    [InlineData("OverrideUses", "DELETE FROM OverrideUses")]
    [InlineData("FiredRules", "UPDATE FiredRules SET Action = 'Allow'")]
    [InlineData("FiredRules", "DELETE FROM FiredRules")]
    [InlineData("StockMovements", "UPDATE StockMovements SET Change = 9")]
    [InlineData("StockMovements", "DELETE FROM StockMovements")]
    [InlineData("RecallContacts", "UPDATE RecallContacts SET Outcome = 'Acknowledged'")]
    [InlineData("RecallContacts", "DELETE FROM RecallContacts")]
    [InlineData("AllergyTests", "UPDATE AllergyTests SET LotId = 'x'")]
    [InlineData("AllergyTests", "UPDATE AllergyTests SET PatientId = 'x'")]
    [InlineData("AllergyTests", "UPDATE AllergyTests SET AppliedOn = '2020-01-01', ReadOn = '2020-01-03'")]
    [InlineData("AllergyTests", "DELETE FROM AllergyTests")]
    [InlineData("LotRecalls", "UPDATE LotRecalls SET Reason = 'x'")]
    [InlineData("LotRecalls", "DELETE FROM LotRecalls")]
    [InlineData("ProfileChanges", "UPDATE ProfileChanges SET Before = 'x'")]
    [InlineData("ProfileChanges", "DELETE FROM ProfileChanges")]
    [InlineData("RuleSignOffs", "UPDATE RuleSignOffs SET SignedName = 'x'")]
    [InlineData("RuleSignOffs", "DELETE FROM RuleSignOffs")]
    [InlineData("RuleBookVersions", "UPDATE RuleBookVersions SET Json = '[]'")]
    [InlineData("RuleBookVersions", "DELETE FROM RuleBookVersions")]
    [InlineData("Sessions", "UPDATE Sessions SET Notes = 'x'")]
    [InlineData("Sessions", "UPDATE Sessions SET SignedUtc = NULL")]
    [InlineData("Sessions", "DELETE FROM Sessions")]
    [InlineData("CocktailLines", "UPDATE CocktailLines SET VolumeMl = 9")]
    [InlineData("CocktailLines", "DELETE FROM CocktailLines")]
    [InlineData("TreatedAreas", "DELETE FROM TreatedAreas")]
    public void Direct_sql_cannot_change_what_is_signed_or_append_only(string table, string sql)
    {
        using var connection = Migrated();
        Execute(connection, "PRAGMA foreign_keys = OFF");
        Insert(connection, "Sessions", ("Id", "'s1'"), ("SignedUtc", "NULL"));
        if (table != "Sessions")
        {
            Insert(connection, table, ("SessionId", "'s1'"), ("WithdrawnUtc", "NULL"));
        }

        Execute(connection, "UPDATE Sessions SET SignedUtc = '2026-06-01'");
        var refused = Assert.Throws<SqliteException>(() => Execute(connection, sql));
        Assert.Equal(1811, refused.SqliteExtendedErrorCode);
    }

    [Theory]
    [InlineData("CocktailLines")]
    [InlineData("TreatedAreas")]
    [InlineData("Photos")]
    public void Nothing_is_added_to_a_signed_session(string table)
    {
        using var connection = Migrated();
        Execute(connection, "PRAGMA foreign_keys = OFF");
        Insert(connection, "Sessions", ("Id", "'s1'"), ("SignedUtc", "'2026-06-01'"));
        Assert.Throws<SqliteException>(() => Insert(connection, table, ("SessionId", "'s1'")));
    }

    [Theory]
    [InlineData("Sessions", "REPLACE INTO Sessions SELECT * FROM Sessions WHERE Id = 's1'")]
    [InlineData("Sessions", "UPDATE OR REPLACE Sessions SET AppointmentId = 'a1' WHERE Id = 's2'")]
    [InlineData("Sessions", "UPDATE OR REPLACE Sessions SET rowid = 1 WHERE Id = 's2'")]
    [InlineData("CocktailLines", "UPDATE CocktailLines SET SessionId = 's1' WHERE SessionId = 's2'")]
    [InlineData("CocktailLines", "UPDATE OR REPLACE CocktailLines SET Id = 'x1' WHERE SessionId = 's2'")]
    [InlineData("CocktailLines", "REPLACE INTO CocktailLines SELECT * FROM CocktailLines WHERE SessionId = 's1'")]
    [InlineData("TreatedAreas", "UPDATE TreatedAreas SET SessionId = 's1', Area = 'chin' WHERE SessionId = 's2'")]
    [InlineData("TreatedAreas", "UPDATE OR REPLACE TreatedAreas SET rowid = 1 WHERE SessionId = 's2'")]
    [InlineData("Consents", "REPLACE INTO Consents SELECT * FROM Consents WHERE Id = 'x1'")]
    [InlineData("Consents", "UPDATE OR REPLACE Consents SET rowid = 1, WithdrawnUtc = '2026-06-01' WHERE Id = 'x2'")]
    [InlineData("Assessments", "REPLACE INTO Assessments SELECT * FROM Assessments WHERE Id = 'x1'")]
    [InlineData("Addenda", "REPLACE INTO Addenda SELECT * FROM Addenda WHERE Id = 'x1'")]
    [InlineData("AuditEntries", "REPLACE INTO AuditEntries SELECT * FROM AuditEntries WHERE Sequence = 1")]
    [InlineData("FiredRules", "REPLACE INTO FiredRules SELECT * FROM FiredRules")]
    [InlineData("OverrideUses", "REPLACE INTO OverrideUses SELECT * FROM OverrideUses")]
    [InlineData("StockMovements", "REPLACE INTO StockMovements SELECT * FROM StockMovements")]
    [InlineData("AllergyTests", "REPLACE INTO AllergyTests SELECT * FROM AllergyTests WHERE Id = 'x1'")]
    [InlineData("AllergyTests", "UPDATE OR REPLACE AllergyTests SET rowid = 1 WHERE Id = 'x2'")]
    [InlineData("Photos", "REPLACE INTO Photos SELECT * FROM Photos WHERE Id = 'x1'")]
    public void What_is_kept_is_neither_replaced_nor_moved(string table, string sql)
    {
        using var connection = Migrated();
        Execute(connection, "PRAGMA foreign_keys = OFF");
        for (var i = 1; i <= 2; i++)
        {
            Insert(connection, "Sessions", ("Id", $"'s{i}'"), ("AppointmentId", $"'a{i}'"), ("SignedUtc", "NULL"));
            if (table != "Sessions")
            {
                Insert(connection, table, ("Id", $"'x{i}'"), ("SessionId", $"'s{i}'"), ("AssessmentId", $"'x{i}'"), ("Sequence", $"{i}"), ("File", $"'f{i}'"), ("WithdrawnUtc", "NULL"));
            }
        }

        Execute(connection, "UPDATE Sessions SET SignedUtc = '2026-06-01' WHERE Id = 's1'");
        var refused = Assert.Throws<SqliteException>(() => Execute(connection, sql));
        Assert.Equal(1811, refused.SqliteExtendedErrorCode);
    }

    [Theory]
    [InlineData("DELETE FROM CocktailLines")]
    [InlineData("UPDATE CocktailLines SET LotId = 'l2'")]
    [InlineData("UPDATE CocktailLines SET Ampoules = 1")]
    [InlineData("UPDATE CocktailLines SET BegunUtc = NULL")]
    [InlineData("UPDATE CocktailLines SET PatientId = 'p2'")]
    [InlineData("UPDATE Sessions SET StartedUtc = NULL")]
    [InlineData("DELETE FROM Sessions")]
    [InlineData("REPLACE INTO CocktailLines SELECT * FROM CocktailLines")]
    [InlineData("REPLACE INTO Sessions SELECT * FROM Sessions")]
    [InlineData("UPDATE Lots SET AmpoulesLeft = 2")]
    [InlineData("UPDATE Lots SET AmpoulesOpen = 6")]
    [InlineData("UPDATE Lots SET AmpoulesOpen = -1")]
    public void What_the_injections_began_with_stays_before_the_signature_too(string sql)
    {
        using var connection = Migrated();
        Execute(connection, "PRAGMA foreign_keys = OFF");
        Insert(connection, "Lots", ("Id", "'l1'"), ("AmpoulesLeft", "5"), ("AmpoulesOpen", "3"));
        Insert(connection, "Sessions", ("Id", "'s1'"), ("PatientId", "'p1'"));
        Insert(connection, "CocktailLines", ("SessionId", "'s1'"), ("LotId", "'l1'"), ("Ampoules", "3"));
        Execute(connection, "UPDATE Sessions SET StartedUtc = '2026-06-01'");
        Execute(connection, "UPDATE CocktailLines SET BegunUtc = '2026-06-01', PatientId = 'p1'");
        Execute(connection, "UPDATE CocktailLines SET VolumeMl = '0.5', Ampoules = 4, Mistake = 'Wrong pack'");

        Assert.Equal(19, Assert.Throws<SqliteException>(() => Execute(connection, sql)).SqliteErrorCode);
    }

    [Fact]
    public void What_keeps_signed_records_is_not_taken_back()
    {
        using var connection = Migrated();
        using var db = Open();
        Assert.Throws<NotSupportedException>(() => db.GetService<IMigrator>().Migrate("TestDoseKeys"));
    }

    [Fact]
    public void Lots_from_before_their_history_was_kept_keep_stock_recall_and_a_number_of_their_own()
    {
        using (var db = Open())
        {
            db.GetService<IMigrator>().Migrate("ConsentTriggers");
        }

        using (var old = new SqliteConnection(SqliteSetup.ConnectionStringFor(file)))
        {
            old.Open();
            Execute(old, "PRAGMA foreign_keys = OFF");
            foreach (var (id, number, left, recalled) in new[] { ("A1", "ha 26-04", 20, "NULL"), ("A2", "HA-2604", 15, "'2026-06-01 08:00:00'") })
            {
                Insert(old, "Lots", ("Id", $"'00000000-0000-0000-0000-0000000000{id}'"), ("ProductId", "'00000000-0000-0000-0000-0000000000B1'"), ("Number", $"'{number}'"), ("ReceivedOn", "'2026-01-02'"), ("ExpiresOn", "'2027-01-02'"),
                    ("AmpoulesReceived", "20"), ("AmpoulesLeft", $"{left}"), ("RecalledUtc", recalled), ("RecallReason", recalled == "NULL" ? "NULL" : "'particles'"), ("Version", "'00000000-0000-0000-0000-0000000000C1'"));
            }
        }

        using var connection = Migrated();
        using var now = Open();
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
        using (var db = Open())
        {
            db.GetService<IMigrator>().Migrate("SessionClose");
        }

        using (var old = new SqliteConnection(SqliteSetup.ConnectionStringFor(file)))
        {
            old.Open();
            Execute(old, "PRAGMA foreign_keys = OFF");
            foreach (var (id, kept, product) in new[] { ("A1", oldKey, "B1"), ("A2", key, "B2"), ("A3", oldKey, "B2") })
            {
                Insert(old, "Lots", ("Id", $"'00000000-0000-0000-0000-0000000000{id}'"), ("ProductId", $"'00000000-0000-0000-0000-0000000000{product}'"), ("Number", $"'{number}'"), ("NumberKey", $"'{kept}'"), ("ReceivedOn", "'2026-01-02'"),
                    ("ExpiresOn", "'2027-01-02'"), ("AmpoulesReceived", "20"), ("AmpoulesLeft", "20"), ("RecalledUtc", "NULL"), ("RecallReason", "NULL"), ("Version", "'00000000-0000-0000-0000-0000000000C1'"));
            }
        }

        using var connection = Migrated();
        using var now = Open();
        Assert.Equal([key, key, $"{key}#00000000-0000-0000-0000-0000000000A3"], now.Lots.AsNoTracking().OrderBy(l => l.Id).Select(l => l.NumberKey).ToList());
        Assert.Equal(key, Domain.Cocktails.Lot.KeyOf(number));
    }

    [Fact]
    public void Every_connection_flushes_fully_and_keeps_foreign_keys()
    {
        using var db = Open();
        db.Database.OpenConnection();
        Assert.Equal("wal", Read("PRAGMA journal_mode"));
        Assert.Equal("2", Read("PRAGMA synchronous"));
        Assert.Equal("1", Read("PRAGMA foreign_keys"));

        string Read(string pragma)
        {
            using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = pragma;
            return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture)!;
        }
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        foreach (var part in new[] { file, $"{file}-wal", $"{file}-shm" })
        {
            File.Delete(part);
        }
    }

    private ClinicDbContext Open() =>
        new((DbContextOptions<ClinicDbContext>)new DbContextOptionsBuilder<ClinicDbContext>().UseClinicSqlite(SqliteSetup.ConnectionStringFor(file)).Options);

    private SqliteConnection Migrated()
    {
        using (var db = Open())
        {
            db.Database.Migrate();
        }

        var connection = new SqliteConnection(SqliteSetup.ConnectionStringFor(file));
        connection.Open();
        return connection;
    }

    /// <summary>A row with the named values, and something in every other column that must not be empty.</summary>
    private static void Insert(SqliteConnection connection, string table, params (string Column, string Sql)[] values)
    {
        var columns = new List<string>();
        var row = new List<string>();
        using (var command = connection.CreateCommand())
        {
            command.CommandText = $"PRAGMA table_info({table})";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                var name = reader.GetString(1);
                var given = values.FirstOrDefault(value => value.Column == name).Sql;
                columns.Add($"\"{name}\"");
                row.Add(given ?? (reader.GetBoolean(3) ? "1" : "NULL"));
            }
        }

        Execute(connection, $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", row)})");
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
