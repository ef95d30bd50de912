using MesoClinic.Data;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests;

/// <summary>What somebody does who may write to the database itself.</summary>
internal static class PastTheTriggers
{
    public static Task RunAsync(TestClinic clinic, string table, string sql) => clinic.InDatabaseAsync(async db =>
    {
        await DropAsync(db, table);
        await db.Database.ExecuteSqlRawAsync(sql);
    });

    /// <summary>All triggers of a table in SQLite.</summary>
    public static async Task DropAsync(ClinicDbContext db, string table)
    {
        foreach (var drop in await db.Database.SqlQuery<string>($"SELECT 'DROP TRIGGER ' || name AS Value FROM sqlite_master WHERE type = 'trigger' AND tbl_name = {table}").ToListAsync())
        {
            await db.Database.ExecuteSqlRawAsync(drop);
        }
    }
}
