using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MesoClinic.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class ConsentTriggers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Records older than the last day get the one that the clinic's setting would have given them. A step of its own: a table that is built anew comes last in its migration, and without its triggers.
            migrationBuilder.Sql("EXEC(N'UPDATE Consents SET ExpiresOn = DATEADD(month, 12, CAST(SignedUtc AS date)) WHERE WithdrawnUtc IS NULL');");
            Triggers.CreateForConsents(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {

        }
    }
}
