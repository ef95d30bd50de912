using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MesoClinic.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class TestDoseLots : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_SafetyTasks_AppointmentId",
                table: "SafetyTasks");

            migrationBuilder.AddColumn<Guid>(
                name: "LotId",
                table: "AllergyTests",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Version",
                table: "AllergyTests",
                type: "uniqueidentifier",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.CreateIndex(
                name: "IX_SafetyTasks_open",
                table: "SafetyTasks",
                column: "AppointmentId",
                unique: true,
                filter: "HandledUtc IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AllergyTests_LotId",
                table: "AllergyTests",
                column: "LotId");

            migrationBuilder.AddForeignKey(
                name: "FK_AllergyTests_Lots_LotId",
                table: "AllergyTests",
                column: "LotId",
                principalTable: "Lots",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_AllergyTests_Lots_LotId",
                table: "AllergyTests");

            migrationBuilder.DropIndex(
                name: "IX_SafetyTasks_open",
                table: "SafetyTasks");

            migrationBuilder.DropIndex(
                name: "IX_AllergyTests_LotId",
                table: "AllergyTests");

            migrationBuilder.DropColumn(
                name: "LotId",
                table: "AllergyTests");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "AllergyTests");

            migrationBuilder.CreateIndex(
                name: "IX_SafetyTasks_AppointmentId",
                table: "SafetyTasks",
                column: "AppointmentId");
        }
    }
}
