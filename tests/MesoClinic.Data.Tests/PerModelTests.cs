using MesoClinic.Data.Sqlite;
using MesoClinic.Data.SqlServer;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Data.Tests;

public sealed class PerModelTests
{
    [Fact]
    public void Each_engine_gets_its_own_query_and_keeps_it()
    {
        var compiled = 0;
        var query = new PerModel<Func<ClinicDbContext, Guid, Task<int>>>(() =>
        {
            compiled++;
            return EF.CompileAsyncQuery((ClinicDbContext db, Guid id) => db.Patients.Count(p => p.Id == id));
        });
        using var sqlite = new ClinicDbContext((DbContextOptions<ClinicDbContext>)new DbContextOptionsBuilder<ClinicDbContext>().UseClinicSqlite("Data Source=none.db").Options);
        using var sqlServer = new ClinicDbContext((DbContextOptions<ClinicDbContext>)new DbContextOptionsBuilder<ClinicDbContext>().UseClinicSqlServer("Server=none").Options);

        Assert.NotSame(query.For(sqlite), query.For(sqlServer));
        Assert.Same(query.For(sqlite), query.For(sqlite));
        Assert.Equal(2, compiled);
    }
}
