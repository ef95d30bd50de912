namespace MesoClinic.Web.Hosting;

/// <summary>Keeps a second process off the same embedded database: two writers on one file are what it cannot survive. Held while the portal runs.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream file;

    private DataFolderLock(FileStream file) => this.file = file;

    public static DataFolderLock Take(DataFolder folder)
    {
        var path = folder.File("portal.lock");
        try
        {
            return new DataFolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartRefused($"Another MesoClinic already runs on \"{folder.Path}\". Stop it, or choose another MesoClinic:Data:Folder.");
        }
    }

    public void Dispose() => file.Dispose();
}
