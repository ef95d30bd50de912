using System.Diagnostics;

namespace MesoClinic.EndToEnd.Tests;

/// <summary>Finds a Chromium, and installs one where there is none.</summary>
internal static class Chromium
{
    private static readonly string[] Places =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    private const string Missing = "No Chromium was found, and none could be installed. Set CHROMIUM to the path of one.";

    public static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    /// <summary>The program, or null for the one that Playwright has installed itself. Looked for once, whoever asks first.</summary>
    public static Lazy<string?> Program { get; } = new(FindOrInstall);

    private static string? FindOrInstall()
    {
        if (Find() is { } found)
        {
            return found;
        }

        if (OperatingSystem.IsLinux() && Environment.UserName == "root" && File.Exists("/usr/bin/apt-get"))
        {
            Apt("update", "-qq");
            Apt("install", "-y", "-qq", "chromium");
            return Find() ?? throw new InvalidOperationException(Missing);
        }

        return Microsoft.Playwright.Program.Main(["install", "chromium"]) == 0
            ? null
            : throw new InvalidOperationException(Missing);
    }

    private static string? Find() => Places.Prepend(Environment.GetEnvironmentVariable("CHROMIUM") ?? "").FirstOrDefault(File.Exists);

    /// <summary>Nobody is there to answer a question, and a server that is slow to answer is given up.</summary>
    private static void Apt(params string[] arguments)
    {
        var start = new ProcessStartInfo("apt-get", ["-o", "Acquire::Retries=3", "-o", "Acquire::http::Timeout=30", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        if (!process.WaitForExit(TimeSpan.FromMinutes(5)))
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
