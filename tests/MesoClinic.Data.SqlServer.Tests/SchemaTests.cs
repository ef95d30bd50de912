using MesoClinic.Data.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace MesoClinic.Data.SqlServer.Tests;

/// <summary>What can be told without a server.</summary>
public sealed class SchemaTests
{
    private static readonly Lazy<string> Script = new(() =>
    {
        using var db = Open();
        return db.GetService<IMigrator>().GenerateScript();
    });

    [Fact]
    public void The_migrations_are_up_to_date_with_the_model()
    {
        using var db = Open();
        Assert.False(db.Database.HasPendingModelChanges(), "Add a migration for both engines (docs/how-to).");
    }

    [Theory]
    [InlineData("AuditEntries_append_only")]
    [InlineData("Assessments_append_only")]
    [InlineData("Addenda_append_only")]
    [InlineData("Sessions_signed")]
    [InlineData("CocktailLines_begun")]
    [InlineData("CocktailLines_signed")]
    [InlineData("Sessions_begun")]
    [InlineData("TreatedAreas_signed")]
    [InlineData("Consents_signed")]
    [InlineData("ConsentTexts_append_only")]
    [InlineData("Photos_kept")]
    [InlineData("Overrides_given")]
    [InlineData("RuleSignOffs_append_only")]
    [InlineData("RuleBookVersions_append_only")]
    [InlineData("StockMovements_append_only")]
    [InlineData("RecallContacts_append_only")]
    [InlineData("LotRecalls_given")]
    [InlineData("AllergyTests_given")]
    [InlineData("ReplacedTubes_append_only")]
    [InlineData("ReplacedTubes_signed")]
    [InlineData("Assessments_signed")]
    [InlineData("OverrideUses_append_only")]
    [InlineData("OverrideUses_signed")]
    [InlineData("FiredRules_append_only")]
    [InlineData("ProfileChanges_append_only")]
    public void The_migrations_create_every_promised_trigger_and_drop_none(string trigger)
    {
        Assert.Contains($"CREATE TRIGGER {trigger} ", Script.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("DROP TRIGGER", Script.Value, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The last word on a trigger counts, whatever it was created with.</summary>
    [Theory]
    [InlineData("Sessions_begun", "i.CreamLotId")]
    [InlineData("Consents_signed", "CONVERT(varbinary(max), i.[ContentHash])")]
    [InlineData("Consents_signed", "DATALENGTH(i.[ContentHash])")]
    [InlineData("Photos_kept", "EXISTS (SELECT CONVERT(varbinary(max), i.[Key]), DATALENGTH(i.[Key]) EXCEPT SELECT CONVERT(varbinary(max), d.[Key]), DATALENGTH(d.[Key]))")]
    [InlineData("Overrides_given", "CONVERT(varbinary(max), i.[Text])")]
    [InlineData("Overrides_given", "DATALENGTH(i.[Text])")]
    [InlineData("LotRecalls_given", "CONVERT(varbinary(max), i.[Reason])")]
    [InlineData("LotRecalls_given", "DATALENGTH(i.[Reason])")]
    [InlineData("AllergyTests_given", "CONVERT(varbinary(max), i.[Ingredient])")]
    [InlineData("AllergyTests_given", "d.Negative IS NOT NULL AND EXISTS (SELECT CONVERT(varbinary(max), i.[Negative]), CONVERT(varbinary(max), i.[ReadOn])")]
    [InlineData("CocktailLines_begun", "(d.Id IS NULL OR d.SessionId <> i.SessionId)")]
    public void Its_last_form_compares_what_it_promises(string trigger, string compared)
    {
        var last = Script.Value[Script.Value.LastIndexOf($"TRIGGER {trigger} ", StringComparison.Ordinal)..];
        Assert.Contains(compared, last[..last.IndexOf("THROW", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    /// <summary>The client loads one more assembly for its first parameter; without it everything but queries without values would fail at a clinic.</summary>
    [Fact]
    public void A_parameter_can_be_made()
    {
        using var command = new SqlCommand();
        var parameter = command.Parameters.AddWithValue("@id", Guid.NewGuid());
        Assert.Equal(System.Data.SqlDbType.UniqueIdentifier, parameter.SqlDbType);
    }

    private static ClinicDbContext Open() =>
        new((DbContextOptions<ClinicDbContext>)new DbContextOptionsBuilder<ClinicDbContext>().UseClinicSqlServer("Server=none;Database=none").Options);
}
