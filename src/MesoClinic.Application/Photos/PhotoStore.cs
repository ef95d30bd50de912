using System.Security.Cryptography;
using MesoClinic.Domain.Photos;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;

namespace MesoClinic.Application.Photos;

/// <summary>A picture that was taken in and lies encrypted in its file; no record knows it yet.</summary>
public sealed record ReceivedPhoto(Guid Id, string File, PhotoFormat Format, int Width, int Height, int Orientation, long Bytes, string Hash, string Key);

/// <summary>The folder of encrypted pictures. Each has a key of its own, which is itself encrypted with the clinic's key ring and lies in the database: who has only one of the two sees nothing.</summary>
public sealed partial class PhotoStore(PhotoLimits limits, IDataProtectionProvider protection, ILogger<PhotoStore> logger)
{
    private const string Unfinished = ".tmp";
    private readonly IDataProtector keys = protection.CreateProtector("MesoClinic.Photos");

    public PhotoLimits Limits => limits;

    /// <summary>A name that says nothing.</summary>
    public static string NewName() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Cleans, encrypts and stores a picture as it comes in. The file has its name only when all of it is on the disk.</summary>
    public Task<Outcome<ReceivedPhoto>> ReceiveAsync(Stream body, CancellationToken token) => ReceiveAsync(body, Guid.CreateVersion7(), NewName(), token);

    /// <summary>The same for a photo whose record exists already.</summary>
    internal async Task<Outcome<ReceivedPhoto>> ReceiveAsync(Stream body, Guid id, string name, CancellationToken token)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var unfinished = PathOf(name) + Unfinished;
        try
        {
            Directory.CreateDirectory(limits.Folder);
            PictureHead head;
            string hash;
            long bytes;
            await using (var file = new FileStream(unfinished, OnlyForOwner(FileMode.CreateNew, FileAccess.Write)))
            await using (var writer = new PhotoCipher.Writer(file, key, id))
            {
                head = await PhotoCleaner.CopyAsync(body, writer, limits, token);
                hash = await writer.CompleteAsync(token);
                bytes = writer.Bytes;
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, PathOf(name));
            return new ReceivedPhoto(id, name, head.Format, head.Width, head.Height, head.Orientation, bytes, hash, Convert.ToBase64String(keys.Protect(key)));
        }
        catch (PhotoRefused refused)
        {
            return new Failure.Invalid("File", refused.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            CannotWrite(logger, error.GetType().Name, error.HResult);
            return new Failure.Conflict("The photo could not be stored: the server's disk is full or cannot be written. Nothing else is lost. Tell the manager, then send it again.");
        }
        finally
        {
            Discard(name + Unfinished);
        }
    }

    /// <summary>Whether a file of that name is there.</summary>
    public bool Has(string name) => File.Exists(PathOf(name));

    /// <summary>Decrypts a picture into the target.</summary>
    public async Task WriteToAsync(Photo photo, Stream target, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(photo);
        await using var file = new FileStream(PathOf(photo.File), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        await PhotoCipher.OpenAsync(file, keys.Unprotect(Convert.FromBase64String(photo.Key)), photo.Id, target, token);
    }

    public void Discard(string name)
    {
        try
        {
            File.Delete(PathOf(name));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The sweep finds it again.
            CannotWrite(logger, error.GetType().Name, error.HResult);
        }
    }

    /// <summary>Names of files that were last written before that moment.</summary>
    public IEnumerable<string> OlderThan(DateTime utc) => Directory.Exists(limits.Folder)
        ? new DirectoryInfo(limits.Folder).EnumerateFiles().Where(file => file.LastWriteTimeUtc < utc).Select(file => file.Name)
        : [];

    private string PathOf(string name) => Path.Combine(limits.Folder, name);

    private static FileStreamOptions OnlyForOwner(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The photo folder cannot be written: {Error} {Code}")]
    private static partial void CannotWrite(ILogger logger, string error, int code);
}
