using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MesoClinic.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Courses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "CourseId",
                table: "Appointments",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Courses",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PatientId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PractitionerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Plan = table.Column<string>(type: "TEXT", nullable: false),
                    Sessions = table.Column<int>(type: "INTEGER", nullable: false),
                    SessionsAreOwnChoice = table.Column<bool>(type: "INTEGER", nullable: false),
                    IntervalDaysMin = table.Column<int>(type: "INTEGER", nullable: false),
                    IntervalDaysMax = table.Column<int>(type: "INTEGER", nullable: true),
                    IntervalIsOwnChoice = table.Column<bool>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    StateReason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    StateUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    PlannedById = table.Column<Guid>(type: "TEXT", nullable: false),
                    PlannedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Version = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Courses", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Courses_Patients_PatientId",
                        column: x => x.PatientId,
                        principalTable: "Patients",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Courses_Staff_PlannedById",
                        column: x => x.PlannedById,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Courses_Staff_PractitionerId",
                        column: x => x.PractitionerId,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Appointments_CourseId",
                table: "Appointments",
                column: "CourseId");

            migrationBuilder.CreateIndex(
                name: "IX_Courses_PatientId",
                table: "Courses",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_Courses_PlannedById",
                table: "Courses",
                column: "PlannedById");

            migrationBuilder.CreateIndex(
                name: "IX_Courses_PractitionerId",
                table: "Courses",
                column: "PractitionerId");

            migrationBuilder.CreateIndex(
                name: "IX_Courses_State_PractitionerId",
                table: "Courses",
                columns: new[] { "State", "PractitionerId" });

            migrationBuilder.AddForeignKey(
                name: "FK_Appointments_Courses_CourseId",
                table: "Appointments",
                column: "CourseId",
                principalTable: "Courses",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Appointments_Courses_CourseId",
                table: "Appointments");

            migrationBuilder.DropTable(
                name: "Courses");

            migrationBuilder.DropIndex(
                name: "IX_Appointments_CourseId",
                table: "Appointments");

            migrationBuilder.DropColumn(
                name: "CourseId",
                table: "Appointments");
        }
    }
}
