using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MesoClinic.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class AnaestheticConsent : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "AnaestheticConsentId",
                table: "Sessions",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_AnaestheticConsentId",
                table: "Sessions",
                column: "AnaestheticConsentId");

            migrationBuilder.AddForeignKey(
                name: "FK_Sessions_Consents_AnaestheticConsentId",
                table: "Sessions",
                column: "AnaestheticConsentId",
                principalTable: "Consents",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
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
