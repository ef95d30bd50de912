using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MesoClinic.Data.SqlServer.Migrations
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
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Courses",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PatientId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PractitionerId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Plan = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Sessions = table.Column<int>(type: "int", nullable: false),
                    SessionsAreOwnChoice = table.Column<bool>(type: "bit", nullable: false),
                    IntervalDaysMin = table.Column<int>(type: "int", nullable: false),
                    IntervalDaysMax = table.Column<int>(type: "int", nullable: true),
                    IntervalIsOwnChoice = table.Column<bool>(type: "bit", nullable: false),
                    State = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    StateReason = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    StateUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    PlannedById = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PlannedUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Version = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
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
