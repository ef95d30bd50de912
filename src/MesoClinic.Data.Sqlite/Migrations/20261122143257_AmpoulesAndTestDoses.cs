using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MesoClinic.Data.Sqlite.Migrations
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
                type: "TEXT",
                precision: 12,
                scale: 4,
                nullable: true);

            LotKeys.Correct(migrationBuilder);
            Triggers.CreateForAllergyTests(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER AllergyTests_given_update");
            migrationBuilder.Sql("DROP TRIGGER AllergyTests_given_delete");

            migrationBuilder.DropColumn(
                name: "AmpouleMl",
                table: "Products");
        }
    }
}
