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
    public void The_migrations_create_every_promised_trigger_and_drop_none(string trigger)
    {
        using var db = Open();
        var script = db.GetService<IMigrator>().GenerateScript();
        Assert.Contains($"CREATE TRIGGER {trigger} ", script, StringComparison.Ordinal);
        Assert.DoesNotContain("DROP TRIGGER", script, StringComparison.OrdinalIgnoreCase);
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
