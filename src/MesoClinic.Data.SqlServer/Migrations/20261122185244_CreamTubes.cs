using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MesoClinic.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class CreamTubes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "SignedById",
                table: "Sessions",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "StoppedById",
                table: "Sessions",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ReplacedTubes",
                columns: table => new
                {
                    SessionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    LotId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AtUtc = table.Column<DateTime>(type: "datetime2", nullable: false)
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

            migrationBuilder.AddForeignKey(
                name: "FK_Sessions_Staff_SignedById",
                table: "Sessions",
                column: "SignedById",
                principalTable: "Staff",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_Sessions_Staff_StoppedById",
                table: "Sessions",
                column: "StoppedById",
                principalTable: "Staff",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            Triggers.CreateForTubes(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Without it a recall would lose patients whom it has to reach. Restore the backup from before the update instead.");
    }
}
