using Microsoft.EntityFrameworkCore.Migrations;

namespace MesoClinic.Data.Sqlite;

/// <summary>Signed means signed, and the audit trail only grows: the database itself refuses, whoever asks.</summary>
internal static class Triggers
{
    private static readonly string[] All =
    [
        Refuse("AuditEntries_append_only_update", "UPDATE", "AuditEntries", "audit entries are append-only"),
        Refuse("AuditEntries_append_only_delete", "DELETE", "AuditEntries", "audit entries are append-only"),
        Refuse("Assessments_append_only_update", "UPDATE", "Assessments", "an assessment is never updated"),
        Refuse("Assessments_append_only_delete", "DELETE", "Assessments", "an assessment is never deleted"),
        Refuse("Addenda_append_only_update", "UPDATE", "Addenda", "an addendum is never updated"),
        Refuse("Addenda_append_only_delete", "DELETE", "Addenda", "an addendum is never deleted"),
        Refuse("Sessions_signed_update", "UPDATE", "Sessions", "a signed session is immutable", "OLD.SignedUtc IS NOT NULL"),
        Refuse("Sessions_signed_delete", "DELETE", "Sessions", "a signed session is immutable", "OLD.SignedUtc IS NOT NULL"),
        .. Parts("CocktailLines"),
        .. Parts("TreatedAreas"),
        Refuse("Consents_signed_update", "UPDATE", "Consents", "a consent can only be withdrawn",
            "OLD.WithdrawnUtc IS NOT NULL OR NEW.Text <> OLD.Text OR NEW.Areas <> OLD.Areas OR NEW.Technique <> OLD.Technique OR NEW.Ingredients <> OLD.Ingredients OR NEW.SignedName <> OLD.SignedName OR NEW.SignedUtc <> OLD.SignedUtc OR NEW.PatientId <> OLD.PatientId OR NEW.AppointmentId <> OLD.AppointmentId OR NEW.WitnessId <> OLD.WitnessId OR NEW.TemplateVersion <> OLD.TemplateVersion OR NEW.SignedByGuardian <> OLD.SignedByGuardian"),
        Refuse("Consents_signed_delete", "DELETE", "Consents", "a consent is never deleted"),
    ];

    private static readonly string[] OfRules =
    [
        Refuse("Overrides_given_update", "UPDATE", "Overrides", "an override can only be withdrawn",
            "OLD.WithdrawnUtc IS NOT NULL OR NEW.Id <> OLD.Id OR NEW.AppointmentId <> OLD.AppointmentId OR NEW.PatientId <> OLD.PatientId OR NEW.Rule <> OLD.Rule OR NEW.Reason <> OLD.Reason OR NEW.Text <> OLD.Text OR NEW.Binding <> OLD.Binding OR NEW.AssessmentId <> OLD.AssessmentId OR NEW.GivenById <> OLD.GivenById OR NEW.GivenUtc <> OLD.GivenUtc"),
        Refuse("Overrides_given_delete", "DELETE", "Overrides", "an override is never deleted"),
        Refuse("RuleSignOffs_append_only_update", "UPDATE", "RuleSignOffs", "a signature is never updated"),
        Refuse("RuleSignOffs_append_only_delete", "DELETE", "RuleSignOffs", "a signature is never deleted"),
        Refuse("RuleBookVersions_append_only_update", "UPDATE", "RuleBookVersions", "a published version is never updated"),
        Refuse("RuleBookVersions_append_only_delete", "DELETE", "RuleBookVersions", "a published version is never deleted"),
    ];

    private static readonly string[] OfOverrideRecords =
    [
        .. AppendOnly("OverrideUses", "the use of an override is kept for ever"),
        .. AppendOnly("FiredRules", "what an assessment found is never changed"),
        .. AppendOnly("ProfileChanges", "the history of a profile is append-only"),
    ];

    /// <summary>What a consent says and how it was signed; the withdrawal is written once and is the only thing that ever changes.</summary>
    private static readonly string[] SignedOfConsents =
    [
        "Id", "Kind", "PatientId", "AppointmentId", "TemplateVersion", "Text", "Areas", "Technique", "Ingredients", "SignedName", "Signature", "SignedByGuardian", "Relation", "SignedUtc", "SignerId",
        "WitnessId", "ExpiresOn", "ContentHash",
    ];

    private static readonly string[] OfConsents =
    [
        Refuse("Consents_signed_update", "UPDATE", "Consents", "a consent can only be withdrawn", $"OLD.WithdrawnUtc IS NOT NULL OR {string.Join(" OR ", SignedOfConsents.Select(column => $"NEW.{column} IS NOT OLD.{column}"))}"),
        Refuse("Consents_signed_delete", "DELETE", "Consents", "a consent is never deleted"),
        .. AppendOnly("ConsentTexts", "a published wording is never changed"),
    ];

    private static readonly string[] OfStock =
    [
        .. AppendOnly("StockMovements", "the history of the stock is append-only"),
        .. AppendOnly("RecallContacts", "whom a recall reached is append-only"),
        Refuse("LotRecalls_given_update", "UPDATE", "LotRecalls", "a recall can only be lifted",
            "OLD.LiftedUtc IS NOT NULL OR NEW.Id <> OLD.Id OR NEW.LotId <> OLD.LotId OR NEW.Reason <> OLD.Reason OR NEW.RecalledUtc <> OLD.RecalledUtc OR NEW.RecalledById IS NOT OLD.RecalledById"),
        Refuse("LotRecalls_given_delete", "DELETE", "LotRecalls", "a recall is never deleted"),
    ];

    private const string IsSomebodyElses = "(NEW.BegunUtc IS NOT NULL AND NEW.PatientId IS NOT (SELECT PatientId FROM Sessions WHERE Id = NEW.SessionId))";
    private const string HasBegun = "(SELECT StartedUtc FROM Sessions WHERE Id = NEW.SessionId) IS NOT NULL";

    /// <summary>From the first injection on a line stays with its lot, its ampoules and its patient: a recall finds them by it.</summary>
    private static readonly string[] OfBegunLines =
    [
        Refuse("Sessions_begun_update", "UPDATE", "Sessions", "injections that began stay on record", "OLD.StartedUtc IS NOT NULL AND (NEW.StartedUtc IS NOT OLD.StartedUtc OR NEW.PatientId <> OLD.PatientId OR NEW.Id <> OLD.Id)"),
        Refuse("Sessions_begun_delete", "DELETE", "Sessions", "injections that began stay on record", "OLD.StartedUtc IS NOT NULL"),

        // REPLACE takes a row away without firing its delete trigger.
        Refuse("Sessions_begun_insert", "INSERT", "Sessions", "injections that began stay on record", "EXISTS (SELECT 1 FROM Sessions AS kept WHERE (kept.Id = NEW.Id OR kept.AppointmentId = NEW.AppointmentId OR kept.rowid = NEW.rowid) AND kept.StartedUtc IS NOT NULL)"),
        Refuse("CocktailLines_begun_insert", "INSERT", "CocktailLines", "a line of begun injections says since when and for whom",
            $"(NEW.BegunUtc IS NULL AND {HasBegun}) OR {IsSomebodyElses} OR EXISTS (SELECT 1 FROM CocktailLines AS kept WHERE (kept.Id = NEW.Id OR kept.rowid = NEW.rowid) AND kept.BegunUtc IS NOT NULL)"),
        Refuse("CocktailLines_begun_update", "UPDATE", "CocktailLines", "a line of begun injections keeps lot, ampoules and patient",
            $"{IsSomebodyElses} OR ((OLD.BegunUtc IS NOT NULL OR {HasBegun}) AND (NEW.LotId <> OLD.LotId OR NEW.SessionId <> OLD.SessionId OR NEW.Ampoules < OLD.Ampoules OR (OLD.BegunUtc IS NOT NULL AND (NEW.BegunUtc IS NOT OLD.BegunUtc OR NEW.PatientId IS NOT OLD.PatientId))))"),
        Refuse("CocktailLines_begun_delete", "DELETE", "CocktailLines", "a line of begun injections stays on record", "OLD.BegunUtc IS NOT NULL OR (SELECT StartedUtc FROM Sessions WHERE Id = OLD.SessionId) IS NOT NULL"),
    ];

    /// <summary>The injections began, or it was given up with a cream on the skin.</summary>
    private static string IsOnSkin(string row) => $"({row}.StartedUtc IS NOT NULL OR ({row}.AbortedUtc IS NOT NULL AND {row}.CreamLotId IS NOT NULL))";

    /// <summary>The tube of the cream stays like a line of the cocktail, also where nothing was injected afterwards.</summary>
    private static readonly string[] OfTubes =
    [
        Refuse("Sessions_begun_update", "UPDATE", "Sessions", "what was on the skin or in it stays on record",
            $"{IsOnSkin("OLD")} AND (NEW.StartedUtc IS NOT OLD.StartedUtc OR NEW.PatientId <> OLD.PatientId OR NEW.Id <> OLD.Id OR NEW.CreamLotId IS NOT OLD.CreamLotId OR (OLD.AbortedUtc IS NOT NULL AND NEW.AbortedUtc IS NULL))"),
        Refuse("Sessions_begun_delete", "DELETE", "Sessions", "what was on the skin or in it stays on record", IsOnSkin("OLD")),
        Refuse("Sessions_begun_insert", "INSERT", "Sessions", "what was on the skin or in it stays on record", $"EXISTS (SELECT 1 FROM Sessions AS kept WHERE (kept.Id = NEW.Id OR kept.AppointmentId = NEW.AppointmentId OR kept.rowid = NEW.rowid) AND {IsOnSkin("kept")})"),
        .. AppendOnly("ReplacedTubes", "a tube that may have been on the skin stays on record"),
    ];

    private static readonly string[] KeptOfPhotos =
    [
        "Id", "PatientId", "SessionId", "Moment", "View", "TakenUtc", "TakenById", "Format", "Width", "Height", "Orientation", "Bytes", "ContentHash", "File",
    ];

    private static readonly string[] OfPhotos =
    [
        Refuse("Photos_kept_insert", "INSERT", "Photos", "a signed session is immutable", "(SELECT SignedUtc FROM Sessions WHERE Id = NEW.SessionId) IS NOT NULL"),
        Refuse("Photos_kept_update", "UPDATE", "Photos", "a photo can only be removed",
            $"OLD.RemovedUtc IS NOT NULL OR NEW.RemovedUtc IS NULL OR (NEW.Key <> OLD.Key AND (NEW.Key <> '' OR (SELECT SignedUtc FROM Sessions WHERE Id = OLD.SessionId) IS NOT NULL)) OR {string.Join(" OR ", KeptOfPhotos.Select(column => $"NEW.{column} IS NOT OLD.{column}"))}"),
        Refuse("Photos_kept_delete", "DELETE", "Photos", "a photo is never deleted"),
    ];

    /// <summary>A recall finds its patients by these rows; only the reading is written later.</summary>
    private static readonly string[] OfAllergyTests =
    [
        Refuse("AllergyTests_given_update", "UPDATE", "AllergyTests", "a test dose can only be read",
            string.Join(" OR ", new[] { "Id", "PatientId", "Ingredient", "LotId", "AppliedOn", "AppliedById" }.Select(column => $"NEW.{column} IS NOT OLD.{column}"))),
        Refuse("AllergyTests_given_delete", "DELETE", "AllergyTests", "a test dose is never deleted"),
    ];

    /// <summary>What a signature covers grows no more than it changes.</summary>
    private static readonly string[] OfSignedParts =
    [
        AddedTo("ReplacedTubes", "NEW.SessionId"),
        AddedTo("Assessments", "NEW.SessionId"),
        AddedTo("OverrideUses", "(SELECT SessionId FROM Assessments WHERE Id = NEW.AssessmentId)"),
    ];

    /// <summary>A reading stands like the dose: where there is doubt, a new test is given.</summary>
    private static readonly string[] OfReadings =
    [
        "DROP TRIGGER AllergyTests_given_update",
        Refuse("AllergyTests_given_update", "UPDATE", "AllergyTests", "a test dose can only be read, and once",
            string.Join(" OR ", new[] { "Id", "PatientId", "Ingredient", "LotId", "AppliedOn", "AppliedById" }.Select(column => $"NEW.{column} IS NOT OLD.{column}"))
            + " OR (OLD.Negative IS NOT NULL AND (NEW.Negative IS NOT OLD.Negative OR NEW.ReadOn IS NOT OLD.ReadOn))"),
    ];

    public static void Create(MigrationBuilder migration) => Run(migration, All);

    public static void CreateForRules(MigrationBuilder migration) => Run(migration, OfRules);

    public static void CreateForOverrideRecords(MigrationBuilder migration) => Run(migration, OfOverrideRecords);

    /// <summary>SQLite drops the triggers of a table that a migration builds anew.</summary>
    public static void CreateForConsents(MigrationBuilder migration) => Run(migration, OfConsents);

    public static void CreateForStock(MigrationBuilder migration) => Run(migration, OfStock);

    public static void CreateForAllergyTests(MigrationBuilder migration) => Run(migration, OfAllergyTests);

    /// <summary>Lines from before get their beginning and their patient, past the triggers of what is signed.</summary>
    public static void CreateForBegunLines(MigrationBuilder migration)
    {
        migration.Sql("DROP TRIGGER CocktailLines_signed_update");
        migration.Sql("UPDATE CocktailLines SET BegunUtc = s.StartedUtc, PatientId = s.PatientId FROM Sessions AS s WHERE s.Id = CocktailLines.SessionId AND s.StartedUtc IS NOT NULL");
        migration.Sql(Parts("CocktailLines")[1]);
        Run(migration, OfBegunLines);
    }

    public static void CreateForTubes(MigrationBuilder migration)
    {
        Run(migration, ["DROP TRIGGER Sessions_begun_update", "DROP TRIGGER Sessions_begun_delete", "DROP TRIGGER Sessions_begun_insert"]);
        Run(migration, OfTubes);
    }

    public static void CreateForPhotos(MigrationBuilder migration) => Run(migration, OfPhotos);

    public static void CreateForSignedParts(MigrationBuilder migration) => Run(migration, OfSignedParts);

    public static void CreateForReadings(MigrationBuilder migration) => Run(migration, OfReadings);

    private static void Run(MigrationBuilder migration, string[] triggers)
    {
        foreach (var trigger in triggers)
        {
            migration.Sql(trigger);
        }
    }

    private static string[] AppendOnly(string table, string message) =>
        [Refuse($"{table}_append_only_update", "UPDATE", table, message), Refuse($"{table}_append_only_delete", "DELETE", table, message)];

    private static string AddedTo(string table, string session) => Refuse($"{table}_signed_insert", "INSERT", table, "a signed session is immutable", $"(SELECT SignedUtc FROM Sessions WHERE Id = {session}) IS NOT NULL");

    private static string[] Parts(string table) =>
    [
        Refuse($"{table}_signed_insert", "INSERT", table, "a signed session is immutable", "(SELECT SignedUtc FROM Sessions WHERE Id = NEW.SessionId) IS NOT NULL"),
        Refuse($"{table}_signed_update", "UPDATE", table, "a signed session is immutable", "(SELECT SignedUtc FROM Sessions WHERE Id = OLD.SessionId) IS NOT NULL"),
        Refuse($"{table}_signed_delete", "DELETE", table, "a signed session is immutable", "(SELECT SignedUtc FROM Sessions WHERE Id = OLD.SessionId) IS NOT NULL"),
    ];

    private static string Refuse(string name, string on, string table, string message, string? when = null) =>
        $"CREATE TRIGGER {name} BEFORE {on} ON {table} {(when is null ? "" : $"WHEN {when} ")}BEGIN SELECT RAISE(ABORT, '{message}'); END;";
}
