using MesoClinic.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Data.Sqlite.Tests;

/// <summary>A database file of one test.</summary>
public sealed class DatabaseFile : IDisposable
{
    /// <summary>All migrations take a second; a new database is a copy of one that has them.</summary>
    private static readonly Lazy<byte[]> WithAllMigrations = new(() =>
    {
        using var migrated = new DatabaseFile();
        migrated.Migrate();
        return File.ReadAllBytes(migrated.file);
    });

    private readonly string file = Path.Combine(Path.GetTempPath(), $"mesoclinic-schema-{Guid.NewGuid():N}.db");

    public ClinicDbContext Open() =>
        new((DbContextOptions<ClinicDbContext>)new DbContextOptionsBuilder<ClinicDbContext>().UseClinicSqlite(SqliteSetup.ConnectionStringFor(file)).Options);

    public SqliteConnection Migrated()
    {
        if (File.Exists(file))
        {
            Migrate();
        }
        else
        {
            File.WriteAllBytes(file, WithAllMigrations.Value);
        }

        return Connect();
    }

    private void Migrate()
    {
        using (var db = Open())
        {
            db.Database.Migrate();
        }

        // What is still in the log goes into the file.
        using var connection = Connect();
        Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        SqliteConnection.ClearAllPools();
    }

    /// <summary>As it is, whatever migrations it has.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(SqliteSetup.ConnectionStringFor(file));
        connection.Open();
        return connection;
    }

    /// <summary>A row with the named values, and something in every other column that must not be empty.</summary>
    public static void Insert(SqliteConnection connection, string table, params (string Column, string Sql)[] values)
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

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        foreach (var part in new[] { file, $"{file}-wal", $"{file}-shm" })
        {
            File.Delete(part);
        }
    }
}
