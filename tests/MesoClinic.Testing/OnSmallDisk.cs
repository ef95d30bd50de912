using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace MesoClinic.Testing;

/// <summary>Runs where a small disk can be mounted (as root on Linux), and is visibly skipped elsewhere.</summary>
public sealed class OnSmallDiskFactAttribute : FactAttribute
{
    public OnSmallDiskFactAttribute()
    {
        if (!SmallDisk.IsPermitted.Value)
        {
            Skip = "A small disk cannot be mounted here";
        }
    }
}

/// <summary>A real file system of a few kilobytes at a folder.</summary>
public sealed class SmallDisk : IDisposable
{
    internal static readonly Lazy<bool> IsPermitted = new(() =>
    {
        var place = Directory.CreateTempSubdirectory("mesoclinic-disk-");
        try
        {
            using var disk = new SmallDisk(place.FullName, kilobytes: 16);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
        finally
        {
            place.Delete(recursive: true);
        }
    });

    private readonly string folder;

    public SmallDisk(string folder, int kilobytes)
    {
        this.folder = Directory.CreateDirectory(folder).FullName;
        Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", folder);
    }

    public void Grow(int kilobytes) => Run("mount", "-o", $"remount,size={kilobytes}k", folder);

    public void Dispose() => Run("umount", folder);

    private static void Run(string program, params string[] arguments)
    {
        try
        {
            using var process = OperatingSystem.IsLinux() ? Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true }) : null;
            process?.WaitForExit();
            if (process is not { ExitCode: 0 })
            {
                throw new InvalidOperationException($"{program} is not permitted here.");
            }
        }
        catch (Win32Exception error)
        {
            throw new InvalidOperationException($"{program} is not there.", error);
        }
    }
}
