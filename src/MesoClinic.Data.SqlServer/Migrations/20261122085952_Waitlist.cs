using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MesoClinic.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Waitlist : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "OfferHours",
                table: "Clinics",
                type: "int",
                nullable: false,
                defaultValue: 2);

            migrationBuilder.AddColumn<string>(
                name: "CancelCode",
                table: "Appointments",
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "CancelledUtc",
                table: "Appointments",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "NoShowCode",
                table: "Appointments",
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Waitlist",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PatientId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    CourseId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Minutes = table.Column<int>(type: "int", nullable: false),
                    Practitioners = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Weekdays = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    PartOfDay = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    Until = table.Column<DateOnly>(type: "date", nullable: false),
                    Acknowledged = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    State = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    OfferedAppointmentId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    OfferUntilUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    StateUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    AddedById = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AddedUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Version = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Waitlist", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Waitlist_Appointments_OfferedAppointmentId",
                        column: x => x.OfferedAppointmentId,
                        principalTable: "Appointments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Waitlist_Courses_CourseId",
                        column: x => x.CourseId,
                        principalTable: "Courses",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Waitlist_Patients_PatientId",
                        column: x => x.PatientId,
                        principalTable: "Patients",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Waitlist_Staff_AddedById",
                        column: x => x.AddedById,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Waitlist_AddedById",
                table: "Waitlist",
                column: "AddedById");

            migrationBuilder.CreateIndex(
                name: "IX_Waitlist_CourseId",
                table: "Waitlist",
                column: "CourseId");

            migrationBuilder.CreateIndex(
                name: "IX_Waitlist_OfferedAppointmentId",
                table: "Waitlist",
                column: "OfferedAppointmentId");

            migrationBuilder.CreateIndex(
                name: "IX_Waitlist_PatientId",
                table: "Waitlist",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_Waitlist_State",
                table: "Waitlist",
                column: "State");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Waitlist");

            migrationBuilder.DropColumn(
                name: "OfferHours",
                table: "Clinics");

            migrationBuilder.DropColumn(
                name: "CancelCode",
                table: "Appointments");

            migrationBuilder.DropColumn(
                name: "CancelledUtc",
                table: "Appointments");

            migrationBuilder.DropColumn(
                name: "NoShowCode",
                table: "Appointments");
        }
    }
}
