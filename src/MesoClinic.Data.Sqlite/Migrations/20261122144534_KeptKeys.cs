using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MesoClinic.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class KeptKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            KeyTriggers.Create(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Without these triggers a row that is kept for ever could be replaced. Restore the backup from before the update instead.");
    }
}
