using System.Reflection;
using Xunit.Sdk;

namespace MesoClinic.Testing;

public enum Engine
{
    Sqlite,
    SqlServer,
}

/// <summary>Runs the theory on a real, migrated SQLite file.</summary>
public sealed class OnSqliteAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Engine.Sqlite]];
}

/// <summary>Runs the same theory on SQL Server when MESOCLINIC_TEST_SQLSERVER holds a connection string, and is visibly skipped otherwise.</summary>
public sealed class OnSqlServerAttribute : DataAttribute
{
    public const string Variable = "MESOCLINIC_TEST_SQLSERVER";

    public OnSqlServerAttribute()
    {
        if (string.IsNullOrEmpty(ConnectionString))
        {
            Skip = $"{Variable} is not set";
        }
    }

    public static string? ConnectionString => Environment.GetEnvironmentVariable(Variable);

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Engine.SqlServer]];
}
