using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MesoClinic.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class CreamTubes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Added in place: a table that is built anew loses its triggers.
            migrationBuilder.Sql("ALTER TABLE Sessions ADD COLUMN SignedById TEXT NULL CONSTRAINT FK_Sessions_Staff_SignedById REFERENCES Staff (Id) ON DELETE RESTRICT");
            migrationBuilder.Sql("ALTER TABLE Sessions ADD COLUMN StoppedById TEXT NULL CONSTRAINT FK_Sessions_Staff_StoppedById REFERENCES Staff (Id) ON DELETE RESTRICT");

            migrationBuilder.CreateTable(
                name: "ReplacedTubes",
                columns: table => new
                {
                    SessionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    LotId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AtUtc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReplacedTubes", x => new { x.SessionId, x.LotId });
                    table.ForeignKey(
                        name: "FK_ReplacedTubes_Lots_LotId",
                        column: x => x.LotId,
                        principalTable: "Lots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReplacedTubes_Sessions_SessionId",
                        column: x => x.SessionId,
                        principalTable: "Sessions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_SignedById",
                table: "Sessions",
                column: "SignedById");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_StoppedById",
                table: "Sessions",
                column: "StoppedById");

            migrationBuilder.CreateIndex(
                name: "IX_ReplacedTubes_LotId",
                table: "ReplacedTubes",
                column: "LotId");

            Triggers.CreateForTubes(migrationBuilder);
            KeyTriggers.CreateForTubes(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Without it a recall would lose patients whom it has to reach, and the tables built anew would lose the triggers that keep signed records. Restore the backup from before the update instead.");
    }
}
