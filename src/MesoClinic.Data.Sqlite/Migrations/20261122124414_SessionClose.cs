using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MesoClinic.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SessionClose : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "AnaestheticCream",
                table: "Sessions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ObservedMinutes",
                table: "Sessions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "PainScore",
                table: "Sessions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reactions",
                table: "Sessions",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "StepsLeftOut",
                table: "Sessions",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "AnaestheticCream",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "ObservedMinutes",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "PainScore",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "Reactions",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "StepsLeftOut",
                table: "Sessions");
        }
    }
}
