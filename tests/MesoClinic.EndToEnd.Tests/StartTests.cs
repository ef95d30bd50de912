using Microsoft.Data.Sqlite;

namespace MesoClinic.EndToEnd.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task Prints_the_address_and_the_demo_accounts_reuses_its_data_and_refuses_them_without_the_demo()
    {
        string folder;
        long before;
        await using (var first = PortalProcess.Start())
        {
            await first.WaitUntilReadyAsync();
            Assert.Contains(DemoPortal.Cosmetologist, first.Output, StringComparison.Ordinal);
            Assert.Contains(first.Address.Authority, first.Output, StringComparison.Ordinal);
            (folder, before) = (first.Folder, CountPatients(first.Folder));
        }

        await using (var second = PortalProcess.Start(folder))
        {
            await second.WaitUntilReadyAsync();
            Assert.Equal(before, CountPatients(folder));
        }

        await using var real = PortalProcess.Start(folder, new Dictionary<string, string>(StringComparer.Ordinal) { ["MESOCLINIC__DEMO"] = "false" });
        Assert.NotEqual(0, await real.WaitForExitAsync());
        Assert.Contains("holds the demo clinic", real.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_the_demo_on_an_open_address_with_one_line()
    {
        await using var portal = PortalProcess.Start(host: "0.0.0.0");
        Assert.NotEqual(0, await portal.WaitForExitAsync());
        Assert.Contains("this machine only", portal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_in_one_line_what_is_wrong_with_a_connection_string()
    {
        await using var portal = PortalProcess.Start(settings: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MESOCLINIC__DATABASE__PROVIDER"] = "SqlServer",
            ["MESOCLINIC__DATABASE__CONNECTIONSTRING"] = "Server=127.0.0.1,1;Database=clinic;User Id=sa;Password=x;Connect Timeout=2;Encrypt=false",
        });
        Assert.NotEqual(0, await portal.WaitForExitAsync());
        Assert.Contains("The database cannot be opened", portal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", portal.Output, StringComparison.Ordinal);
    }

    private static long CountPatients(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "mesoclinic.db")};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM Patients";
        return (long)command.ExecuteScalar()!;
    }
}
