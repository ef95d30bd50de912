using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MesoClinic.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Resources : Migration
    {
        private const string Lengths = """{"consultation":30,"allergyTest":20,"session":30,"followUp":20,"furtherArea":10}""";
        private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

        private static string Fill =>
            "UPDATE Clinics SET VisitLengths = '" + Lengths + "', Hours = '[' || " + string.Join(" || ',' || ", System.Linq.Enumerable.Select(Days, day =>
                "'{\"day\":\"" + day + "\",\"from\":\"' || VisitLengths || '\",\"to\":\"' || Hours || '\"}'")) + " || ']';";

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "OpensAt",
                table: "Clinics",
                newName: "VisitLengths");

            migrationBuilder.RenameColumn(
                name: "ClosesAt",
                table: "Clinics",
                newName: "Hours");

            // What was open from one time to another is open so on every day; on this engine both columns are text already.
            migrationBuilder.Sql(Fill);

            migrationBuilder.AddColumn<string>(
                name: "Hours",
                table: "Staff",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<int>(
                name: "CleaningMinutes",
                table: "Rooms",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "CleaningMinutes",
                table: "Appointments",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "DeviceId",
                table: "Appointments",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Devices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    RoomId = table.Column<Guid>(type: "TEXT", nullable: true),
                    IsActive = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Devices", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Devices_Rooms_RoomId",
                        column: x => x.RoomId,
                        principalTable: "Rooms",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Holidays",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Holidays", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Leave",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    StaffMemberId = table.Column<Guid>(type: "TEXT", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Until = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Leave", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Leave_Staff_StaffMemberId",
                        column: x => x.StaffMemberId,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Appointments_DeviceId",
                table: "Appointments",
                column: "DeviceId");

            migrationBuilder.CreateIndex(
                name: "IX_Devices_Name",
                table: "Devices",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Devices_RoomId",
                table: "Devices",
                column: "RoomId");

            migrationBuilder.CreateIndex(
                name: "IX_Holidays_Date",
                table: "Holidays",
                column: "Date",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Leave_StaffMemberId",
                table: "Leave",
                column: "StaffMemberId");

            migrationBuilder.CreateIndex(
                name: "IX_Leave_Until",
                table: "Leave",
                column: "Until");

            migrationBuilder.AddForeignKey(
                name: "FK_Appointments_Devices_DeviceId",
                table: "Appointments",
                column: "DeviceId",
                principalTable: "Devices",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Appointments_Devices_DeviceId",
                table: "Appointments");

            migrationBuilder.DropTable(
                name: "Devices");

            migrationBuilder.DropTable(
                name: "Holidays");

            migrationBuilder.DropTable(
                name: "Leave");

            migrationBuilder.DropIndex(
                name: "IX_Appointments_DeviceId",
                table: "Appointments");

            migrationBuilder.DropColumn(
                name: "Hours",
                table: "Staff");

            migrationBuilder.DropColumn(
                name: "CleaningMinutes",
                table: "Rooms");

            migrationBuilder.DropColumn(
                name: "CleaningMinutes",
                table: "Appointments");

            migrationBuilder.DropColumn(
                name: "DeviceId",
                table: "Appointments");

            migrationBuilder.Sql("UPDATE Clinics SET VisitLengths = '09:00:00', Hours = '19:00:00';");

            migrationBuilder.RenameColumn(
                name: "VisitLengths",
                table: "Clinics",
                newName: "OpensAt");

            migrationBuilder.RenameColumn(
                name: "Hours",
                table: "Clinics",
                newName: "ClosesAt");
        }
    }
}
