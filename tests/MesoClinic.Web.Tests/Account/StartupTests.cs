using MesoClinic.Web.Hosting;
using Xunit;

namespace MesoClinic.Web.Tests.Account;

public sealed class StartupTests
{
    [Fact]
    public void A_second_process_is_kept_off_the_data_folder_until_the_first_has_ended()
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("mesoclinic-lock-").FullName);
        using (DataFolderLock.Take(folder))
        {
            Assert.Contains("already runs", Assert.Throws<StartRefused>(() => DataFolderLock.Take(folder)).Message, StringComparison.Ordinal);
        }

        DataFolderLock.Take(folder).Dispose();
        Directory.Delete(folder.Path, recursive: true);
    }

    [Theory]
    [InlineData("10.0.0")]
    [InlineData("10.0.6+3f2a")]
    public void A_runtime_whose_cookies_can_be_forged_is_refused(string version) => Assert.Throws<StartRefused>(() => StartupChecks.RefuseForgeableCookies(version));

    [Theory]
    [InlineData("10.0.7")]
    [InlineData("10.0.12+3f2a")]
    [InlineData("9.0.1")]
    [InlineData(null)]
    public void Other_runtimes_are_not(string? version) => Assert.Null(Record.Exception(() => StartupChecks.RefuseForgeableCookies(version)));
}
