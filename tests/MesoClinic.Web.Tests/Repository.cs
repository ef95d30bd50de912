namespace MesoClinic.Web.Tests;

internal static class Repository
{
    /// <summary>The folder of the solution, found upwards from the tests.</summary>
    public static readonly string Root = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MesoClinic.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("MesoClinic.sln lies nowhere above the tests.");
        }
        return folder.FullName;
    }
}
