using Microsoft.EntityFrameworkCore.Migrations;

namespace MesoClinic.Data.SqlServer;

/// <summary>Signed means signed, and the audit trail only grows: the database itself refuses, whoever asks.</summary>
internal static class Triggers
{
    private static readonly string[] All =
    [
        Refuse("AuditEntries_append_only", "AuditEntries", "UPDATE, DELETE", "audit entries are append-only", "EXISTS (SELECT 1 FROM deleted)"),
        Refuse("Assessments_append_only", "Assessments", "UPDATE, DELETE", "an assessment is never updated or deleted", "EXISTS (SELECT 1 FROM deleted)"),
        Refuse("Addenda_append_only", "Addenda", "UPDATE, DELETE", "an addendum is never updated or deleted", "EXISTS (SELECT 1 FROM deleted)"),
        Refuse("Sessions_signed", "Sessions", "UPDATE, DELETE", "a signed session is immutable", "EXISTS (SELECT 1 FROM deleted WHERE SignedUtc IS NOT NULL)"),
        Parts("CocktailLines"),
        Parts("TreatedAreas"),
        Refuse("Consents_signed", "Consents", "UPDATE, DELETE", "a consent can only be withdrawn",
            "EXISTS (SELECT 1 FROM deleted d LEFT JOIN inserted i ON i.Id = d.Id WHERE i.Id IS NULL OR d.WithdrawnUtc IS NOT NULL OR i.Text <> d.Text OR i.Areas <> d.Areas OR i.Technique <> d.Technique OR i.Ingredients <> d.Ingredients OR i.SignedName <> d.SignedName OR i.SignedUtc <> d.SignedUtc OR i.PatientId <> d.PatientId OR i.AppointmentId <> d.AppointmentId OR i.WitnessId <> d.WitnessId OR i.TemplateVersion <> d.TemplateVersion OR i.SignedByGuardian <> d.SignedByGuardian)"),
    ];

    private static readonly string[] OfRules =
    [
        Refuse("Overrides_given", "Overrides", "UPDATE, DELETE", "an override can only be withdrawn",
            "EXISTS (SELECT 1 FROM deleted d LEFT JOIN inserted i ON i.Id = d.Id WHERE i.Id IS NULL OR d.WithdrawnUtc IS NOT NULL OR i.AppointmentId <> d.AppointmentId OR i.PatientId <> d.PatientId OR i.[Rule] <> d.[Rule] OR i.Reason <> d.Reason OR i.Text <> d.Text OR i.Binding <> d.Binding OR i.AssessmentId <> d.AssessmentId OR i.GivenById <> d.GivenById OR i.GivenUtc <> d.GivenUtc)"),
        Refuse("RuleSignOffs_append_only", "RuleSignOffs", "UPDATE, DELETE", "a signature is never updated or deleted", "EXISTS (SELECT 1 FROM deleted)"),
        Refuse("RuleBookVersions_append_only", "RuleBookVersions", "UPDATE, DELETE", "a published version is never updated or deleted", "EXISTS (SELECT 1 FROM deleted)"),
    ];

    private static readonly string[] OfOverrideRecords =
    [
        Refuse("OverrideUses_append_only", "OverrideUses", "UPDATE, DELETE", "the use of an override is kept for ever", "EXISTS (SELECT 1 FROM deleted)"),
        Refuse("FiredRules_append_only", "FiredRules", "UPDATE, DELETE", "what an assessment found is never changed", "EXISTS (SELECT 1 FROM deleted)"),
        Refuse("ProfileChanges_append_only", "ProfileChanges", "UPDATE, DELETE", "the history of a profile is append-only", "EXISTS (SELECT 1 FROM deleted)"),
    ];

    /// <summary>What a consent says and how it was signed; the withdrawal is written once and is the only thing that ever changes. Texts are compared by their bytes.</summary>
    private static readonly string[] SignedOfConsents =
    [
        "Id", "Kind", "PatientId", "AppointmentId", "TemplateVersion", "Text", "Areas", "Technique", "Ingredients", "SignedName", "Signature", "SignedByGuardian", "Relation", "SignedUtc", "SignerId",
        "WitnessId", "ExpiresOn", "ContentHash",
    ];

    private static readonly string[] OfConsents =
    [
        Refuse("Consents_signed", "Consents", "UPDATE, DELETE", "a consent can only be withdrawn",
            $"EXISTS (SELECT 1 FROM deleted d LEFT JOIN inserted i ON i.Id = d.Id WHERE i.Id IS NULL OR d.WithdrawnUtc IS NOT NULL OR EXISTS (SELECT {Bytes("i", SignedOfConsents)} EXCEPT SELECT {Bytes("d", SignedOfConsents)}))", "ALTER"),
        Refuse("ConsentTexts_append_only", "ConsentTexts", "UPDATE, DELETE", "a published wording is never changed", "EXISTS (SELECT 1 FROM deleted)"),
    ];

    private static readonly string[] OfStock =
    [
        Refuse("StockMovements_append_only", "StockMovements", "UPDATE, DELETE", "the history of the stock is append-only", "EXISTS (SELECT 1 FROM deleted)"),
        Refuse("RecallContacts_append_only", "RecallContacts", "UPDATE, DELETE", "whom a recall reached is append-only", "EXISTS (SELECT 1 FROM deleted)"),
        Refuse("LotRecalls_given", "LotRecalls", "UPDATE, DELETE", "a recall can only be lifted",
            "EXISTS (SELECT 1 FROM deleted d LEFT JOIN inserted i ON i.Id = d.Id WHERE i.Id IS NULL OR d.LiftedUtc IS NOT NULL OR i.LotId <> d.LotId OR i.Reason <> d.Reason OR i.RecalledUtc <> d.RecalledUtc OR EXISTS (SELECT i.RecalledById EXCEPT SELECT d.RecalledById))"),
    ];

    /// <summary>From the first injection on a line stays with its lot, its ampoules and its patient: a recall finds them by it.</summary>
    private static readonly string[] OfBegunLines =
    [
        Refuse("Sessions_begun", "Sessions", "UPDATE, DELETE", "injections that began stay on record",
            "EXISTS (SELECT 1 FROM deleted d LEFT JOIN inserted i ON i.Id = d.Id WHERE d.StartedUtc IS NOT NULL AND (i.Id IS NULL OR i.StartedUtc IS NULL OR i.StartedUtc <> d.StartedUtc OR i.PatientId <> d.PatientId))"),
        Refuse("CocktailLines_begun", "CocktailLines", "INSERT, UPDATE, DELETE", "a line of begun injections keeps lot, ampoules and patient",
            "EXISTS (SELECT 1 FROM inserted i JOIN Sessions s ON s.Id = i.SessionId WHERE i.BegunUtc IS NOT NULL AND (i.PatientId IS NULL OR i.PatientId <> s.PatientId)) "
            + "OR EXISTS (SELECT 1 FROM inserted i LEFT JOIN deleted d ON d.Id = i.Id JOIN Sessions s ON s.Id = i.SessionId WHERE d.Id IS NULL AND s.StartedUtc IS NOT NULL AND i.BegunUtc IS NULL) "
            + "OR EXISTS (SELECT 1 FROM deleted d LEFT JOIN inserted i ON i.Id = d.Id LEFT JOIN Sessions s ON s.Id = d.SessionId WHERE (d.BegunUtc IS NOT NULL OR s.StartedUtc IS NOT NULL) "
            + "AND (i.Id IS NULL OR i.LotId <> d.LotId OR i.SessionId <> d.SessionId OR i.Ampoules < d.Ampoules OR (d.BegunUtc IS NOT NULL AND (i.BegunUtc IS NULL OR i.BegunUtc <> d.BegunUtc OR i.PatientId IS NULL OR i.PatientId <> d.PatientId))))"),
    ];

    /// <summary>The tube of the cream stays like a line of the cocktail, also where the session was given up before anything was injected.</summary>
    private static readonly string[] OfTubes =
    [
        Refuse("Sessions_begun", "Sessions", "UPDATE, DELETE", "what was on the skin or in it stays on record",
            "EXISTS (SELECT 1 FROM deleted d LEFT JOIN inserted i ON i.Id = d.Id WHERE (d.StartedUtc IS NOT NULL OR (d.AbortedUtc IS NOT NULL AND d.CreamLotId IS NOT NULL)) "
            + "AND (i.Id IS NULL OR (d.AbortedUtc IS NOT NULL AND i.AbortedUtc IS NULL) OR EXISTS (SELECT i.StartedUtc, i.PatientId, i.CreamLotId EXCEPT SELECT d.StartedUtc, d.PatientId, d.CreamLotId)))", "ALTER"),
        Refuse("ReplacedTubes_append_only", "ReplacedTubes", "UPDATE, DELETE", "a tube that may have been on the skin stays on record", "EXISTS (SELECT 1 FROM deleted)"),
    ];

    private static readonly string[] KeptOfPhotos =
    [
        "Id", "PatientId", "SessionId", "Moment", "View", "TakenUtc", "TakenById", "Format", "Width", "Height", "Orientation", "Bytes", "ContentHash", "File",
    ];

    private static readonly string[] OfPhotos =
    [
        Refuse("Photos_kept", "Photos", "INSERT, UPDATE, DELETE", "a photo can only be removed",
            "EXISTS (SELECT 1 FROM inserted i LEFT JOIN deleted d ON d.Id = i.Id JOIN Sessions s ON s.Id = i.SessionId WHERE s.SignedUtc IS NOT NULL AND (d.Id IS NULL OR d.[Key] <> i.[Key])) "
            + $"OR EXISTS (SELECT 1 FROM deleted d LEFT JOIN inserted i ON i.Id = d.Id WHERE i.Id IS NULL OR d.RemovedUtc IS NOT NULL OR i.RemovedUtc IS NULL OR (i.[Key] <> d.[Key] AND LEN(i.[Key]) > 0) OR EXISTS (SELECT {Bytes("i", KeptOfPhotos)} EXCEPT SELECT {Bytes("d", KeptOfPhotos)}))"),
    ];

    /// <summary>A recall finds its patients by these rows; only the reading is written later.</summary>
    private static readonly string[] OfAllergyTests =
    [
        Refuse("AllergyTests_given", "AllergyTests", "UPDATE, DELETE", "a test dose can only be read",
            "EXISTS (SELECT 1 FROM deleted d LEFT JOIN inserted i ON i.Id = d.Id WHERE i.Id IS NULL OR EXISTS (SELECT i.PatientId, i.Ingredient, i.LotId, i.AppliedOn, i.AppliedById EXCEPT SELECT d.PatientId, d.Ingredient, d.LotId, d.AppliedOn, d.AppliedById))"),
    ];

    /// <summary>What a signature covers grows no more than it changes; and what compared texts by the rules of the language, blind to case and trailing blanks, compares bytes.</summary>
    private static readonly string[] OfSignedParts =
    [
        AddedTo("ReplacedTubes", "s.Id = i.SessionId"),
        AddedTo("Assessments", "s.Id = i.SessionId"),
        AddedTo("OverrideUses", "s.Id = (SELECT a.SessionId FROM Assessments a WHERE a.Id = i.AssessmentId)"),
        Refuse("Photos_kept", "Photos", "INSERT, UPDATE, DELETE", "a photo can only be removed",
            $"EXISTS (SELECT 1 FROM inserted i LEFT JOIN deleted d ON d.Id = i.Id JOIN Sessions s ON s.Id = i.SessionId WHERE s.SignedUtc IS NOT NULL AND (d.Id IS NULL OR {Differ("Key")})) "
            + $"OR EXISTS (SELECT 1 FROM deleted d LEFT JOIN inserted i ON i.Id = d.Id WHERE i.Id IS NULL OR d.RemovedUtc IS NOT NULL OR i.RemovedUtc IS NULL OR ({Differ("Key")} AND DATALENGTH(i.[Key]) > 0) OR EXISTS (SELECT {Bytes("i", KeptOfPhotos)} EXCEPT SELECT {Bytes("d", KeptOfPhotos)}))", "ALTER"),
        Refuse("Overrides_given", "Overrides", "UPDATE, DELETE", "an override can only be withdrawn", OnlyOnce("WithdrawnUtc", ["Id", "AppointmentId", "PatientId", "Rule", "Reason", "Text", "Binding", "AssessmentId", "GivenById", "GivenUtc"]), "ALTER"),
        Refuse("LotRecalls_given", "LotRecalls", "UPDATE, DELETE", "a recall can only be lifted", OnlyOnce("LiftedUtc", ["Id", "LotId", "Reason", "RecalledUtc", "RecalledById"]), "ALTER"),
        Refuse("CocktailLines_begun", "CocktailLines", "INSERT, UPDATE, DELETE", "a line of begun injections keeps lot, ampoules and patient",
            "EXISTS (SELECT 1 FROM inserted i JOIN Sessions s ON s.Id = i.SessionId WHERE i.BegunUtc IS NOT NULL AND (i.PatientId IS NULL OR i.PatientId <> s.PatientId)) "
            + "OR EXISTS (SELECT 1 FROM inserted i LEFT JOIN deleted d ON d.Id = i.Id JOIN Sessions s ON s.Id = i.SessionId WHERE (d.Id IS NULL OR d.SessionId <> i.SessionId) AND s.StartedUtc IS NOT NULL AND i.BegunUtc IS NULL) "
            + "OR EXISTS (SELECT 1 FROM deleted d LEFT JOIN inserted i ON i.Id = d.Id LEFT JOIN Sessions s ON s.Id = d.SessionId WHERE (d.BegunUtc IS NOT NULL OR s.StartedUtc IS NOT NULL) "
            + "AND (i.Id IS NULL OR i.LotId <> d.LotId OR i.SessionId <> d.SessionId OR i.Ampoules < d.Ampoules OR (d.BegunUtc IS NOT NULL AND (i.BegunUtc IS NULL OR i.BegunUtc <> d.BegunUtc OR i.PatientId IS NULL OR i.PatientId <> d.PatientId))))", "ALTER"),
    ];

    /// <summary>A reading stands like the dose: where there is doubt, a new test is given. And bytes that differ only in zeros at their end are equal to SQL Server, so their length is compared too.</summary>
    private static readonly string[] OfReadings =
    [
        Refuse("AllergyTests_given", "AllergyTests", "UPDATE, DELETE", "a test dose can only be read, and once",
            $"EXISTS (SELECT 1 FROM deleted d LEFT JOIN inserted i ON i.Id = d.Id WHERE i.Id IS NULL OR {Changed(["Id", "PatientId", "Ingredient", "LotId", "AppliedOn", "AppliedById"])} OR (d.Negative IS NOT NULL AND {Changed(["Negative", "ReadOn"])}))", "ALTER"),
        Refuse("Consents_signed", "Consents", "UPDATE, DELETE", "a consent can only be withdrawn", OnlyEnds("WithdrawnUtc", SignedOfConsents), "ALTER"),
        Refuse("Overrides_given", "Overrides", "UPDATE, DELETE", "an override can only be withdrawn", OnlyEnds("WithdrawnUtc", ["Id", "AppointmentId", "PatientId", "Rule", "Reason", "Text", "Binding", "AssessmentId", "GivenById", "GivenUtc"]), "ALTER"),
        Refuse("LotRecalls_given", "LotRecalls", "UPDATE, DELETE", "a recall can only be lifted", OnlyEnds("LiftedUtc", ["Id", "LotId", "Reason", "RecalledUtc", "RecalledById"]), "ALTER"),
        Refuse("Photos_kept", "Photos", "INSERT, UPDATE, DELETE", "a photo can only be removed",
            $"EXISTS (SELECT 1 FROM inserted i LEFT JOIN deleted d ON d.Id = i.Id JOIN Sessions s ON s.Id = i.SessionId WHERE s.SignedUtc IS NOT NULL AND (d.Id IS NULL OR {Changed(["Key"])})) "
            + $"OR EXISTS (SELECT 1 FROM deleted d LEFT JOIN inserted i ON i.Id = d.Id WHERE i.Id IS NULL OR d.RemovedUtc IS NOT NULL OR i.RemovedUtc IS NULL OR ({Changed(["Key"])} AND DATALENGTH(i.[Key]) > 0) OR {Changed(KeptOfPhotos)})", "ALTER"),
    ];

    public static void Create(MigrationBuilder migration) => Run(migration, All);

    public static void CreateForRules(MigrationBuilder migration) => Run(migration, OfRules);

    public static void CreateForOverrideRecords(MigrationBuilder migration) => Run(migration, OfOverrideRecords);

    /// <summary>The trigger of consents learns the columns that came later.</summary>
    public static void CreateForConsents(MigrationBuilder migration) => Run(migration, OfConsents);

    public static void CreateForAllergyTests(MigrationBuilder migration) => Run(migration, OfAllergyTests);

    /// <summary>Lines from before get their beginning and their patient, past the trigger of what is signed.</summary>
    public static void CreateForBegunLines(MigrationBuilder migration)
    {
        migration.Sql("DISABLE TRIGGER CocktailLines_signed ON CocktailLines");
        migration.Sql("UPDATE l SET l.BegunUtc = s.StartedUtc, l.PatientId = s.PatientId FROM CocktailLines l JOIN Sessions s ON s.Id = l.SessionId WHERE s.StartedUtc IS NOT NULL");
        migration.Sql("ENABLE TRIGGER CocktailLines_signed ON CocktailLines");
        Run(migration, OfBegunLines);
    }

    public static void CreateForTubes(MigrationBuilder migration) => Run(migration, OfTubes);

    public static void CreateForPhotos(MigrationBuilder migration) => Run(migration, OfPhotos);

    public static void CreateForSignedParts(MigrationBuilder migration) => Run(migration, OfSignedParts);

    private static string AddedTo(string table, string session) => Refuse($"{table}_signed", table, "INSERT", "a signed session is immutable", $"EXISTS (SELECT 1 FROM inserted i JOIN Sessions s ON {session} WHERE s.SignedUtc IS NOT NULL)");

    private static string Differ(string column) => $"CONVERT(varbinary(max), d.[{column}]) <> CONVERT(varbinary(max), i.[{column}])";

    /// <summary>The row ends once, and nothing else of it ever changes.</summary>
    private static string OnlyOnce(string ended, string[] kept) =>
        $"EXISTS (SELECT 1 FROM deleted d LEFT JOIN inserted i ON i.Id = d.Id WHERE i.Id IS NULL OR d.{ended} IS NOT NULL OR EXISTS (SELECT {Bytes("i", kept)} EXCEPT SELECT {Bytes("d", kept)}))";

    private static string Bytes(string row, string[] columns) => string.Join(", ", columns.Select(column => $"CONVERT(varbinary(max), {row}.[{column}])"));

    public static void CreateForReadings(MigrationBuilder migration) => Run(migration, OfReadings);

    private static string OnlyEnds(string ended, string[] kept) =>
        $"EXISTS (SELECT 1 FROM deleted d LEFT JOIN inserted i ON i.Id = d.Id WHERE i.Id IS NULL OR d.{ended} IS NOT NULL OR {Changed(kept)})";

    private static string Changed(string[] columns) => $"EXISTS (SELECT {Bytes("i", columns)}, {Lengths("i", columns)} EXCEPT SELECT {Bytes("d", columns)}, {Lengths("d", columns)})";

    private static string Lengths(string row, string[] columns) => string.Join(", ", columns.Select(column => $"DATALENGTH({row}.[{column}])"));

    public static void CreateForStock(MigrationBuilder migration) => Run(migration, OfStock);

    private static void Run(MigrationBuilder migration, string[] triggers)
    {
        foreach (var trigger in triggers)
        {
            migration.Sql(trigger);
        }
    }

    private static string Parts(string table) => Refuse($"{table}_signed", table, "INSERT, UPDATE, DELETE", "a signed session is immutable",
        "EXISTS (SELECT 1 FROM Sessions s JOIN (SELECT SessionId FROM inserted UNION SELECT SessionId FROM deleted) c ON c.SessionId = s.Id WHERE s.SignedUtc IS NOT NULL)");

    // CREATE TRIGGER must stand alone in its batch; EXEC keeps it so inside an idempotent script too.
    private static string Refuse(string name, string table, string on, string message, string when, string verb = "CREATE") =>
        $"EXEC(N'{verb} TRIGGER {name} ON {table} AFTER {on} AS BEGIN SET NOCOUNT ON; IF {when} THROW 51000, ''{message}'', 1; END');";
}
