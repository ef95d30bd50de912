using Microsoft.EntityFrameworkCore.Migrations;

namespace MesoClinic.Data.Sqlite;

/// <summary>
/// REPLACE takes the row away whose key it needs, and no delete trigger fires: a row that is kept for ever gives its key to no other, and what belongs to a record never moves to another one.
/// The hidden rowid is a key too. The other engine knows no REPLACE, and its triggers look at both sides of an update.
/// </summary>
internal static class KeyTriggers
{
    private const string HasSignature = "(SELECT SignedUtc FROM Sessions WHERE Id = kept.SessionId) IS NOT NULL";

    private static readonly string[] All =
    [
        Taken("Sessions", "kept.Id = NEW.Id OR kept.AppointmentId = NEW.AppointmentId", "kept.SignedUtc IS NOT NULL"),
        Taken("CocktailLines", "kept.Id = NEW.Id", HasSignature),
        Taken("TreatedAreas", "(kept.SessionId = NEW.SessionId AND kept.Area = NEW.Area)", HasSignature),
        Stays("Sessions", "Id", "AppointmentId", "PatientId"),
        Stays("CocktailLines", "Id", "SessionId"),
        Stays("TreatedAreas", "SessionId", "Area"),
        Stays("Consents", "Id"),
        Stays("Overrides", "Id"),
        Stays("LotRecalls", "Id", "LotId"),
        Stays("Photos", "Id", "File"),
        Taken("AuditEntries", "kept.Sequence = NEW.Sequence"),
        Taken("Assessments", "kept.Id = NEW.Id"),
        Taken("Addenda", "kept.Id = NEW.Id"),
        Taken("Consents", "kept.Id = NEW.Id"),
        Taken("ConsentTexts", "kept.Id = NEW.Id OR (kept.Kind = NEW.Kind AND kept.Number = NEW.Number)"),
        Taken("Overrides", "kept.Id = NEW.Id"),
        Taken("OverrideUses", "(kept.OverrideId = NEW.OverrideId AND kept.AssessmentId = NEW.AssessmentId)"),
        Taken("FiredRules", "(kept.AssessmentId = NEW.AssessmentId AND kept.Rule = NEW.Rule)"),
        Taken("ProfileChanges", "kept.Id = NEW.Id"),
        Taken("RuleSignOffs", "kept.Id = NEW.Id"),
        Taken("RuleBookVersions", "kept.Number = NEW.Number"),
        Taken("StockMovements", "kept.Id = NEW.Id"),
        Taken("RecallContacts", "kept.Id = NEW.Id"),
        Taken("LotRecalls", "kept.Id = NEW.Id OR (kept.LotId = NEW.LotId AND kept.LiftedUtc IS NULL AND NEW.LiftedUtc IS NULL)"),
        Taken("Photos", "kept.Id = NEW.Id OR kept.File = NEW.File"),
    ];

    private static readonly string[] OfTestDoses = [Taken("AllergyTests", "kept.Id = NEW.Id"), Stays("AllergyTests", "Id")];

    private static readonly string[] OfTubes = [Taken("ReplacedTubes", "(kept.SessionId = NEW.SessionId AND kept.LotId = NEW.LotId)")];

    public static void Create(MigrationBuilder migration) => Run(migration, All);

    public static void CreateForTestDoses(MigrationBuilder migration) => Run(migration, OfTestDoses);

    public static void CreateForTubes(MigrationBuilder migration) => Run(migration, OfTubes);

    private static void Run(MigrationBuilder migration, string[] triggers)
    {
        foreach (var trigger in triggers)
        {
            migration.Sql(trigger);
        }
    }

    private static string Taken(string table, string sameKey, string isKept = "1") =>
        $"CREATE TRIGGER {table}_key_insert BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} AS kept WHERE ({sameKey} OR kept.rowid = NEW.rowid) AND {isKept}) BEGIN SELECT RAISE(ABORT, 'a row that is kept gives its key to no other'); END;";

    private static string Stays(string table, params string[] keys) =>
        $"CREATE TRIGGER {table}_key_update BEFORE UPDATE ON {table} WHEN NEW.rowid <> OLD.rowid OR {string.Join(" OR ", keys.Select(key => $"NEW.{key} IS NOT OLD.{key}"))} BEGIN SELECT RAISE(ABORT, 'a row keeps its key'); END;";
}
