using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MesoClinic.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class AmpoulesAndTestDoses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<decimal>(
                name: "AmpouleMl",
                table: "Products",
                type: "decimal(12,4)",
                precision: 12,
                scale: 4,
                nullable: true);

            LotKeys.Correct(migrationBuilder);
            Triggers.CreateForAllergyTests(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER AllergyTests_given");

            migrationBuilder.DropColumn(
                name: "AmpouleMl",
                table: "Products");
        }
    }
}
