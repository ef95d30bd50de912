using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MesoClinic.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class BegunLines : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_CocktailLines_LotId",
                table: "CocktailLines");

            migrationBuilder.AddColumn<Guid>(
                name: "CreamLotId",
                table: "Sessions",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CreamName",
                table: "Sessions",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "CreamTubeEmpty",
                table: "Sessions",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "AmpoulesOpen",
                table: "Lots",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "BegunUtc",
                table: "CocktailLines",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Mistake",
                table: "CocktailLines",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "PatientId",
                table: "CocktailLines",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "LotId",
                table: "Addenda",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_CreamLotId",
                table: "Sessions",
                column: "CreamLotId");

            migrationBuilder.AddCheckConstraint(
                name: "CK_Lots_AmpoulesOpen",
                table: "Lots",
                sql: "AmpoulesOpen >= 0 AND AmpoulesOpen <= AmpoulesLeft");

            migrationBuilder.CreateIndex(
                name: "IX_CocktailLines_LotId_PatientId_BegunUtc",
                table: "CocktailLines",
                columns: new[] { "LotId", "PatientId", "BegunUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_Addenda_LotId",
                table: "Addenda",
                column: "LotId");

            migrationBuilder.AddForeignKey(
                name: "FK_Addenda_Lots_LotId",
                table: "Addenda",
                column: "LotId",
                principalTable: "Lots",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_Sessions_Lots_CreamLotId",
                table: "Sessions",
                column: "CreamLotId",
                principalTable: "Lots",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            // What sessions in progress have opened is theirs. Where the list held fewer than that, the list was wrong, and its history says so.
            migrationBuilder.Sql("INSERT INTO StockMovements (Id, LotId, Reason, Change, [Left], AtUtc) SELECT NEWID(), Lots.Id, 'Counted', o.Opened - Lots.AmpoulesLeft, o.Opened, SYSUTCDATETIME() FROM Lots JOIN (SELECT l.LotId, SUM(l.Ampoules) AS Opened FROM CocktailLines l JOIN Sessions s ON s.Id = l.SessionId WHERE s.StartedUtc IS NOT NULL AND s.SignedUtc IS NULL GROUP BY l.LotId) AS o ON o.LotId = Lots.Id WHERE o.Opened > Lots.AmpoulesLeft");
            migrationBuilder.Sql("UPDATE Lots SET AmpoulesLeft = o.Opened FROM Lots JOIN (SELECT l.LotId, SUM(l.Ampoules) AS Opened FROM CocktailLines l JOIN Sessions s ON s.Id = l.SessionId WHERE s.StartedUtc IS NOT NULL AND s.SignedUtc IS NULL GROUP BY l.LotId) AS o ON o.LotId = Lots.Id WHERE o.Opened > Lots.AmpoulesLeft");
            migrationBuilder.Sql("UPDATE Lots SET AmpoulesOpen = o.Opened FROM Lots JOIN (SELECT l.LotId, SUM(l.Ampoules) AS Opened FROM CocktailLines l JOIN Sessions s ON s.Id = l.SessionId WHERE s.StartedUtc IS NOT NULL AND s.SignedUtc IS NULL GROUP BY l.LotId) AS o ON o.LotId = Lots.Id");
            Triggers.CreateForBegunLines(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Without it a recall would lose patients whom it has to reach. Restore the backup from before the update instead.");
    }
}
