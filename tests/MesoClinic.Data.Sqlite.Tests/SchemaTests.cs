using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
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

    private readonly DatabaseFile file = new();

    [Fact]
    public void The_migrations_are_up_to_date_with_the_model()
    {
        using var db = file.Open();
        Assert.False(db.Database.HasPendingModelChanges(), "Add a migration for both engines (docs/how-to).");
    }

    [Fact]
    public void Every_promised_trigger_stands_after_the_last_migration()
    {
        using var connection = file.Migrated();
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
    [InlineData("AllergyTests", "UPDATE AllergyTests SET Negative = 0")]
    [InlineData("AllergyTests", "UPDATE AllergyTests SET ReadOn = '2026-06-09'")]
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
        using var connection = file.Migrated();
        DatabaseFile.Execute(connection, "PRAGMA foreign_keys = OFF");
        DatabaseFile.Insert(connection, "Sessions", ("Id", "'s1'"), ("SignedUtc", "NULL"));
        if (table != "Sessions")
        {
            DatabaseFile.Insert(connection, table, ("SessionId", "'s1'"), ("WithdrawnUtc", "NULL"), ("Negative", "1"));
        }

        DatabaseFile.Execute(connection, "UPDATE Sessions SET SignedUtc = '2026-06-01'");
        var refused = Assert.Throws<SqliteException>(() => DatabaseFile.Execute(connection, sql));
        Assert.Equal(1811, refused.SqliteExtendedErrorCode);
    }

    [Theory]
    [InlineData("CocktailLines")]
    [InlineData("TreatedAreas")]
    [InlineData("Photos")]
    [InlineData("ReplacedTubes")]
    [InlineData("Assessments")]
    public void Nothing_is_added_to_a_signed_session(string table)
    {
        using var connection = file.Migrated();
        DatabaseFile.Execute(connection, "PRAGMA foreign_keys = OFF");
        DatabaseFile.Insert(connection, "Sessions", ("Id", "'s1'"), ("SignedUtc", "'2026-06-01'"));
        Assert.Contains("a signed session is immutable", Assert.Throws<SqliteException>(() => DatabaseFile.Insert(connection, table, ("SessionId", "'s1'"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_override_is_used_by_an_assessment_of_a_signed_session_any_more()
    {
        using var connection = file.Migrated();
        DatabaseFile.Execute(connection, "PRAGMA foreign_keys = OFF");
        DatabaseFile.Insert(connection, "Sessions", ("Id", "'s1'"));
        DatabaseFile.Insert(connection, "Assessments", ("Id", "'x1'"), ("SessionId", "'s1'"));
        DatabaseFile.Insert(connection, "OverrideUses", ("AssessmentId", "'x1'"), ("OverrideId", "'o1'"));
        DatabaseFile.Execute(connection, "UPDATE Sessions SET SignedUtc = '2026-06-01'");
        Assert.Contains("a signed session is immutable", Assert.Throws<SqliteException>(() => DatabaseFile.Insert(connection, "OverrideUses", ("AssessmentId", "'x1'"), ("OverrideId", "'o2'"))).Message, StringComparison.Ordinal);
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
        using var connection = file.Migrated();
        DatabaseFile.Execute(connection, "PRAGMA foreign_keys = OFF");
        for (var i = 1; i <= 2; i++)
        {
            DatabaseFile.Insert(connection, "Sessions", ("Id", $"'s{i}'"), ("AppointmentId", $"'a{i}'"), ("SignedUtc", "NULL"));
            if (table != "Sessions")
            {
                DatabaseFile.Insert(connection, table, ("Id", $"'x{i}'"), ("SessionId", $"'s{i}'"), ("AssessmentId", $"'x{i}'"), ("Sequence", $"{i}"), ("File", $"'f{i}'"), ("WithdrawnUtc", "NULL"));
            }
        }

        DatabaseFile.Execute(connection, "UPDATE Sessions SET SignedUtc = '2026-06-01' WHERE Id = 's1'");
        var refused = Assert.Throws<SqliteException>(() => DatabaseFile.Execute(connection, sql));
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
        using var connection = file.Migrated();
        DatabaseFile.Execute(connection, "PRAGMA foreign_keys = OFF");
        DatabaseFile.Insert(connection, "Lots", ("Id", "'l1'"), ("AmpoulesLeft", "5"), ("AmpoulesOpen", "3"));
        DatabaseFile.Insert(connection, "Sessions", ("Id", "'s1'"), ("PatientId", "'p1'"));
        DatabaseFile.Insert(connection, "CocktailLines", ("SessionId", "'s1'"), ("LotId", "'l1'"), ("Ampoules", "3"));
        DatabaseFile.Execute(connection, "UPDATE Sessions SET StartedUtc = '2026-06-01'");
        DatabaseFile.Execute(connection, "UPDATE CocktailLines SET BegunUtc = '2026-06-01', PatientId = 'p1'");
        DatabaseFile.Execute(connection, "UPDATE CocktailLines SET VolumeMl = '0.5', Ampoules = 4, Mistake = 'Wrong pack'");

        Assert.Equal(19, Assert.Throws<SqliteException>(() => DatabaseFile.Execute(connection, sql)).SqliteErrorCode);
    }

    [Fact]
    public void Every_connection_flushes_fully_and_keeps_foreign_keys()
    {
        using var db = file.Open();
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

    public void Dispose() => file.Dispose();
}
