using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MesoClinic.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AnaestheticConsent : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // With its reference in one step: a reference that is added afterwards builds the table anew, and loses its triggers.
            migrationBuilder.Sql("ALTER TABLE Sessions ADD COLUMN AnaestheticConsentId TEXT NULL REFERENCES Consents (Id) ON DELETE RESTRICT;");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_AnaestheticConsentId",
                table: "Sessions",
                column: "AnaestheticConsentId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Sessions_Consents_AnaestheticConsentId",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_AnaestheticConsentId",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "AnaestheticConsentId",
                table: "Sessions");
        }
    }
}
