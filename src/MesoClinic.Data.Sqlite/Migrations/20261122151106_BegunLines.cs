using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MesoClinic.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class BegunLines : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Added in place: a table that is built anew loses its triggers.
            migrationBuilder.Sql("ALTER TABLE Sessions ADD COLUMN CreamLotId TEXT NULL CONSTRAINT FK_Sessions_Lots_CreamLotId REFERENCES Lots (Id) ON DELETE RESTRICT");
            migrationBuilder.Sql("ALTER TABLE Addenda ADD COLUMN LotId TEXT NULL CONSTRAINT FK_Addenda_Lots_LotId REFERENCES Lots (Id) ON DELETE RESTRICT");
            migrationBuilder.Sql("ALTER TABLE Lots ADD COLUMN AmpoulesOpen INTEGER NOT NULL DEFAULT 0 CONSTRAINT CK_Lots_AmpoulesOpen CHECK (AmpoulesOpen >= 0 AND AmpoulesOpen <= AmpoulesLeft)");

            migrationBuilder.DropIndex(
                name: "IX_CocktailLines_LotId",
                table: "CocktailLines");

            migrationBuilder.AddColumn<string>(
                name: "CreamName",
                table: "Sessions",
                type: "TEXT",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "CreamTubeEmpty",
                table: "Sessions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "BegunUtc",
                table: "CocktailLines",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Mistake",
                table: "CocktailLines",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "PatientId",
                table: "CocktailLines",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_CreamLotId",
                table: "Sessions",
                column: "CreamLotId");

            migrationBuilder.CreateIndex(
                name: "IX_CocktailLines_LotId_PatientId_BegunUtc",
                table: "CocktailLines",
                columns: new[] { "LotId", "PatientId", "BegunUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_Addenda_LotId",
                table: "Addenda",
                column: "LotId");

            // What sessions in progress have opened is theirs. Where the list held fewer than that, the list was wrong, and its history says so.
            migrationBuilder.Sql("INSERT INTO StockMovements (Id, LotId, Reason, Change, \"Left\", AtUtc) SELECT UPPER(HEX(RANDOMBLOB(4)) || '-' || HEX(RANDOMBLOB(2)) || '-' || HEX(RANDOMBLOB(2)) || '-' || HEX(RANDOMBLOB(2)) || '-' || HEX(RANDOMBLOB(6))), Lots.Id, 'Counted', o.Opened - Lots.AmpoulesLeft, o.Opened, strftime('%Y-%m-%d %H:%M:%S', 'now') FROM Lots JOIN (SELECT l.LotId, SUM(l.Ampoules) AS Opened FROM CocktailLines l JOIN Sessions s ON s.Id = l.SessionId WHERE s.StartedUtc IS NOT NULL AND s.SignedUtc IS NULL GROUP BY l.LotId) AS o ON o.LotId = Lots.Id WHERE o.Opened > Lots.AmpoulesLeft");
            migrationBuilder.Sql("UPDATE Lots SET AmpoulesLeft = o.Opened FROM (SELECT l.LotId, SUM(l.Ampoules) AS Opened FROM CocktailLines l JOIN Sessions s ON s.Id = l.SessionId WHERE s.StartedUtc IS NOT NULL AND s.SignedUtc IS NULL GROUP BY l.LotId) AS o WHERE o.LotId = Lots.Id AND o.Opened > Lots.AmpoulesLeft");
            migrationBuilder.Sql("UPDATE Lots SET AmpoulesOpen = o.Opened FROM (SELECT l.LotId, SUM(l.Ampoules) AS Opened FROM CocktailLines l JOIN Sessions s ON s.Id = l.SessionId WHERE s.StartedUtc IS NOT NULL AND s.SignedUtc IS NULL GROUP BY l.LotId) AS o WHERE o.LotId = Lots.Id");
            Triggers.CreateForBegunLines(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Without it a recall would lose patients whom it has to reach, and the tables built anew would lose the triggers that keep signed records. Restore the backup from before the update instead.");
    }
}
