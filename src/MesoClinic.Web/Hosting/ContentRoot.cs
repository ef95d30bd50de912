namespace MesoClinic.Web.Hosting;

internal static class ContentRoot
{
    /// <summary>The settings and static files lie in the working folder when run from source, and beside the program otherwise.</summary>
    public static string? Find() => File.Exists("appsettings.json") ? null : AppContext.BaseDirectory;
}
