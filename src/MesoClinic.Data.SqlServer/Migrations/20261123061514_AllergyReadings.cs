using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MesoClinic.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class AllergyReadings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => Triggers.CreateForReadings(migrationBuilder);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Without it the reading of a test could be changed. Restore the backup from before the update instead.");
    }
}
