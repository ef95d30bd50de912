using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MesoClinic.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Resources : Migration
    {
        private const string Lengths = """{"consultation":30,"allergyTest":20,"session":30,"followUp":20,"furtherArea":10}""";
        private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

        /// <summary>Run on its own: the columns do not exist yet when the migration's batch is compiled.</summary>
        private static string Fill =>
            "UPDATE Clinics SET VisitLengths = N'" + Lengths + "', Hours = N'[' + " + string.Join(" + N',' + ", System.Linq.Enumerable.Select(Days, day =>
                "N'{\"day\":\"" + day + "\",\"from\":\"' + CONVERT(nvarchar(8), OpensAt, 108) + N'\",\"to\":\"' + CONVERT(nvarchar(8), ClosesAt, 108) + N'\"}'")) + " + N']'";

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Hours",
                table: "Staff",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<int>(
                name: "CleaningMinutes",
                table: "Rooms",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Hours",
                table: "Clinics",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "VisitLengths",
                table: "Clinics",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "");

            // What was open from one time to another is open so on every day.
            migrationBuilder.Sql($"EXEC(N'{Fill.Replace("'", "''")}')");

            migrationBuilder.DropColumn(
                name: "ClosesAt",
                table: "Clinics");

            migrationBuilder.DropColumn(
                name: "OpensAt",
                table: "Clinics");

            migrationBuilder.AddColumn<int>(
                name: "CleaningMinutes",
                table: "Appointments",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "DeviceId",
                table: "Appointments",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Devices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    RoomId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    IsActive = table.Column<bool>(type: "bit", nullable: false),
                    Version = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
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
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Date = table.Column<DateOnly>(type: "date", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Holidays", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Leave",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    StaffMemberId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    Until = table.Column<DateOnly>(type: "date", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
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
                name: "Hours",
                table: "Clinics");

            migrationBuilder.DropColumn(
                name: "VisitLengths",
                table: "Clinics");

            migrationBuilder.DropColumn(
                name: "CleaningMinutes",
                table: "Appointments");

            migrationBuilder.DropColumn(
                name: "DeviceId",
                table: "Appointments");

            migrationBuilder.AddColumn<TimeOnly>(
                name: "ClosesAt",
                table: "Clinics",
                type: "time",
                nullable: false,
                defaultValue: new TimeOnly(0, 0, 0));

            migrationBuilder.AddColumn<TimeOnly>(
                name: "OpensAt",
                table: "Clinics",
                type: "time",
                nullable: false,
                defaultValue: new TimeOnly(0, 0, 0));
        }
    }
}
