using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MesoClinic.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class RuleGovernance : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Overrides",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AppointmentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PatientId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Rule = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    Binding = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    AssessmentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    GivenById = table.Column<Guid>(type: "TEXT", nullable: false),
                    GivenUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    WithdrawnById = table.Column<Guid>(type: "TEXT", nullable: true),
                    WithdrawnUtc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Overrides", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Overrides_Appointments_AppointmentId",
                        column: x => x.AppointmentId,
                        principalTable: "Appointments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Overrides_Assessments_AssessmentId",
                        column: x => x.AssessmentId,
                        principalTable: "Assessments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Overrides_Patients_PatientId",
                        column: x => x.PatientId,
                        principalTable: "Patients",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Overrides_Staff_GivenById",
                        column: x => x.GivenById,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Rescreenings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    RuleBook = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    StartedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Total = table.Column<int>(type: "INTEGER", nullable: false),
                    Done = table.Column<int>(type: "INTEGER", nullable: false),
                    Worse = table.Column<int>(type: "INTEGER", nullable: false),
                    FinishedUtc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Rescreenings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RuleBookVersions",
                columns: table => new
                {
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Json = table.Column<string>(type: "TEXT", nullable: false),
                    RuleBook = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    ApprovedById = table.Column<Guid>(type: "TEXT", nullable: false),
                    PublishedById = table.Column<Guid>(type: "TEXT", nullable: false),
                    PublishedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    RestoredFrom = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RuleBookVersions", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "RuleDrafts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Rule = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Json = table.Column<string>(type: "TEXT", nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    CreatedById = table.Column<Guid>(type: "TEXT", nullable: false),
                    CreatedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ReplayedUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ReplayedHash = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    SessionsReplayed = table.Column<int>(type: "INTEGER", nullable: true),
                    SessionsStopped = table.Column<int>(type: "INTEGER", nullable: true),
                    ApprovedById = table.Column<Guid>(type: "TEXT", nullable: true),
                    ApprovedUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RuleDrafts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RuleSignOffs",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Rule = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    RuleHash = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    RuleBook = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    SignedById = table.Column<Guid>(type: "TEXT", nullable: false),
                    SignedName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    SignedUtc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RuleSignOffs", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RuleSignOffs_Staff_SignedById",
                        column: x => x.SignedById,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SafetyTasks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PatientId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AppointmentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Cause = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Before = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    After = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    AssessmentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RaisedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    HandledUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    HandledById = table.Column<Guid>(type: "TEXT", nullable: true),
                    Note = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    Version = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SafetyTasks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SafetyTasks_Appointments_AppointmentId",
                        column: x => x.AppointmentId,
                        principalTable: "Appointments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_SafetyTasks_Assessments_AssessmentId",
                        column: x => x.AssessmentId,
                        principalTable: "Assessments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_SafetyTasks_Patients_PatientId",
                        column: x => x.PatientId,
                        principalTable: "Patients",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Overrides_AppointmentId",
                table: "Overrides",
                column: "AppointmentId");

            migrationBuilder.CreateIndex(
                name: "IX_Overrides_AssessmentId",
                table: "Overrides",
                column: "AssessmentId");

            migrationBuilder.CreateIndex(
                name: "IX_Overrides_GivenById",
                table: "Overrides",
                column: "GivenById");

            migrationBuilder.CreateIndex(
                name: "IX_Overrides_PatientId",
                table: "Overrides",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_Overrides_Rule_GivenUtc",
                table: "Overrides",
                columns: new[] { "Rule", "GivenUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_Rescreenings_StartedUtc",
                table: "Rescreenings",
                column: "StartedUtc");

            migrationBuilder.CreateIndex(
                name: "IX_RuleDrafts_State",
                table: "RuleDrafts",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_RuleSignOffs_Rule_RuleHash",
                table: "RuleSignOffs",
                columns: new[] { "Rule", "RuleHash" });

            migrationBuilder.CreateIndex(
                name: "IX_RuleSignOffs_SignedById",
                table: "RuleSignOffs",
                column: "SignedById");

            migrationBuilder.CreateIndex(
                name: "IX_SafetyTasks_AppointmentId",
                table: "SafetyTasks",
                column: "AppointmentId");

            migrationBuilder.CreateIndex(
                name: "IX_SafetyTasks_AssessmentId",
                table: "SafetyTasks",
                column: "AssessmentId");

            migrationBuilder.CreateIndex(
                name: "IX_SafetyTasks_HandledUtc_RaisedUtc",
                table: "SafetyTasks",
                columns: new[] { "HandledUtc", "RaisedUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_SafetyTasks_PatientId",
                table: "SafetyTasks",
                column: "PatientId");

            Triggers.CreateForRules(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Overrides");

            migrationBuilder.DropTable(
                name: "Rescreenings");

            migrationBuilder.DropTable(
                name: "RuleBookVersions");

            migrationBuilder.DropTable(
                name: "RuleDrafts");

            migrationBuilder.DropTable(
                name: "RuleSignOffs");

            migrationBuilder.DropTable(
                name: "SafetyTasks");
        }
    }
}
