using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MesoClinic.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class StockAndRecalls : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Lots_ProductId_Number",
                table: "Lots");

            migrationBuilder.AddColumn<string>(
                name: "Gtin",
                table: "Products",
                type: "TEXT",
                maxLength: 14,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "NumberKey",
                table: "Lots",
                type: "TEXT",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            // Lots from before: their numbers get a key, their stock a beginning of its history, a recall its record.
            migrationBuilder.Sql("UPDATE Lots SET NumberKey = UPPER(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(Number, ' ', ''), '-', ''), '/', ''), '.', ''), '_', ''))");
            migrationBuilder.Sql("UPDATE Lots SET NumberKey = SUBSTR(NumberKey, 1, 20) || '#' || Id WHERE EXISTS (SELECT 1 FROM Lots AS other WHERE other.ProductId = Lots.ProductId AND other.NumberKey = Lots.NumberKey AND other.Id < Lots.Id)");

            migrationBuilder.CreateTable(
                name: "LotRecalls",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    LotId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    RecalledUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    RecalledById = table.Column<Guid>(type: "TEXT", nullable: true),
                    LiftedUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LiftedById = table.Column<Guid>(type: "TEXT", nullable: true),
                    LiftReason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Version = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LotRecalls", x => x.Id);
                    table.ForeignKey(
                        name: "FK_LotRecalls_Lots_LotId",
                        column: x => x.LotId,
                        principalTable: "Lots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_LotRecalls_Staff_LiftedById",
                        column: x => x.LiftedById,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_LotRecalls_Staff_RecalledById",
                        column: x => x.RecalledById,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Recipes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    OwnerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Lines = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Recipes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Recipes_Staff_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "StockMovements",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    LotId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Change = table.Column<int>(type: "INTEGER", nullable: false),
                    Left = table.Column<int>(type: "INTEGER", nullable: false),
                    ReceivedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    SessionId = table.Column<Guid>(type: "TEXT", nullable: true),
                    AtUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ById = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StockMovements", x => x.Id);
                    table.ForeignKey(
                        name: "FK_StockMovements_Lots_LotId",
                        column: x => x.LotId,
                        principalTable: "Lots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StockMovements_Sessions_SessionId",
                        column: x => x.SessionId,
                        principalTable: "Sessions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StockMovements_Staff_ById",
                        column: x => x.ById,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "RecallContacts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    RecallId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PatientId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Way = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    AtUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ById = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RecallContacts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RecallContacts_LotRecalls_RecallId",
                        column: x => x.RecallId,
                        principalTable: "LotRecalls",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_RecallContacts_Patients_PatientId",
                        column: x => x.PatientId,
                        principalTable: "Patients",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_RecallContacts_Staff_ById",
                        column: x => x.ById,
                        principalTable: "Staff",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Products_Gtin",
                table: "Products",
                column: "Gtin",
                unique: true,
                filter: "Gtin IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Lots_ExpiresOn",
                table: "Lots",
                column: "ExpiresOn");

            migrationBuilder.CreateIndex(
                name: "IX_Lots_ProductId_NumberKey",
                table: "Lots",
                columns: new[] { "ProductId", "NumberKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LotRecalls_LiftedById",
                table: "LotRecalls",
                column: "LiftedById");

            migrationBuilder.CreateIndex(
                name: "IX_LotRecalls_LotId_RecalledUtc",
                table: "LotRecalls",
                columns: new[] { "LotId", "RecalledUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_LotRecalls_RecalledById",
                table: "LotRecalls",
                column: "RecalledById");

            migrationBuilder.CreateIndex(
                name: "IX_LotRecalls_standing",
                table: "LotRecalls",
                column: "LotId",
                unique: true,
                filter: "LiftedUtc IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_RecallContacts_ById",
                table: "RecallContacts",
                column: "ById");

            migrationBuilder.CreateIndex(
                name: "IX_RecallContacts_PatientId",
                table: "RecallContacts",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_RecallContacts_RecallId",
                table: "RecallContacts",
                column: "RecallId");

            migrationBuilder.CreateIndex(
                name: "IX_Recipes_clinic",
                table: "Recipes",
                column: "Name",
                unique: true,
                filter: "OwnerId IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Recipes_own",
                table: "Recipes",
                columns: new[] { "OwnerId", "Name" },
                unique: true,
                filter: "OwnerId IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_StockMovements_ById",
                table: "StockMovements",
                column: "ById");

            migrationBuilder.CreateIndex(
                name: "IX_StockMovements_LotId",
                table: "StockMovements",
                column: "LotId");

            migrationBuilder.CreateIndex(
                name: "IX_StockMovements_SessionId",
                table: "StockMovements",
                column: "SessionId");

            migrationBuilder.Sql("INSERT INTO LotRecalls (Id, LotId, Reason, RecalledUtc, Version) SELECT Id, Id, COALESCE(RecallReason, ''), RecalledUtc, Id FROM Lots WHERE RecalledUtc IS NOT NULL");
            migrationBuilder.Sql("INSERT INTO StockMovements (Id, LotId, Reason, Change, \"Left\", ReceivedOn, AtUtc) SELECT Id, Id, 'Received', AmpoulesReceived, AmpoulesReceived, ReceivedOn, ReceivedOn || ' 12:00:00' FROM Lots");
            migrationBuilder.Sql("INSERT INTO StockMovements (Id, LotId, Reason, Change, \"Left\", AtUtc) SELECT UPPER(HEX(RANDOMBLOB(4)) || '-' || HEX(RANDOMBLOB(2)) || '-' || HEX(RANDOMBLOB(2)) || '-' || HEX(RANDOMBLOB(2)) || '-' || HEX(RANDOMBLOB(6))), Id, 'Session', AmpoulesLeft - AmpoulesReceived, AmpoulesLeft, ReceivedOn || ' 12:00:01' FROM Lots WHERE AmpoulesLeft <> AmpoulesReceived");
            Triggers.CreateForStock(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "RecallContacts");

            migrationBuilder.DropTable(
                name: "Recipes");

            migrationBuilder.DropTable(
                name: "StockMovements");

            migrationBuilder.DropTable(
                name: "LotRecalls");

            migrationBuilder.DropIndex(
                name: "IX_Products_Gtin",
                table: "Products");

            migrationBuilder.DropIndex(
                name: "IX_Lots_ExpiresOn",
                table: "Lots");

            migrationBuilder.DropIndex(
                name: "IX_Lots_ProductId_NumberKey",
                table: "Lots");

            migrationBuilder.DropColumn(
                name: "Gtin",
                table: "Products");

            migrationBuilder.DropColumn(
                name: "NumberKey",
                table: "Lots");

            migrationBuilder.CreateIndex(
                name: "IX_Lots_ProductId_Number",
                table: "Lots",
                columns: new[] { "ProductId", "Number" },
                unique: true);
        }
    }
}
