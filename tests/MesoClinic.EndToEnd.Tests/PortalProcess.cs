using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MesoClinic.EndToEnd.Tests;

/// <summary>The portal as people start it: its own process, a free port, an empty data folder, the demo clinic.</summary>
public sealed class PortalProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Process process;
    private readonly StringBuilder output = new();
    private bool ended;

    private PortalProcess(Process process, string folder, Uri address)
    {
        (this.process, Folder, Address) = (process, folder, address);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public string Folder { get; }
    public Uri Address { get; }

    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <param name="settings">Environment variables on top of the demo's.</param>
    /// <param name="host">Where it listens.</param>
    /// <param name="port">Null: any that is free.</param>
    public static PortalProcess Start(string? folder = null, IReadOnlyDictionary<string, string>? settings = null, string host = "127.0.0.1", int? port = null)
    {
        var data = folder ?? Directory.CreateTempSubdirectory("mesoclinic-e2e-").FullName;
        var address = new Uri($"http://{host}:{port ?? FreePort()}");
        var start = new ProcessStartInfo("dotnet", [ProgramFile(), "--urls", address.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["MESOCLINIC__DEMO"] = "true";
        start.Environment["MESOCLINIC__DATA__FOLDER"] = data;
        foreach (var (name, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        var portal = new PortalProcess(new Process { StartInfo = start }, data, address);
        portal.process.Start();
        portal.process.BeginOutputReadLine();
        portal.process.BeginErrorReadLine();
        return portal;
    }

    public async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient { Timeout = Patience };
        for (var started = Stopwatch.StartNew(); started.Elapsed < Patience; await Task.Delay(200))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The portal stopped: {Output}");
            }

            try
            {
                if ((await http.GetAsync(new Uri(Address, "/health/ready"))).StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }

        throw new TimeoutException($"The portal was not ready in time: {Output}");
    }

    public async Task<int> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    /// <summary>Ends at once, without a chance to tidy up (on Unix: kill -9).</summary>
    public async ValueTask DisposeAsync()
    {
        if (ended)
        {
            return;
        }

        ended = true;
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await WaitForExitAsync();
        }

        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The web project's own build, beside which its static files are known.</summary>
    private static string ProgramFile()
    {
        var build = new DirectoryInfo(AppContext.BaseDirectory);
        var root = build;
        while (!File.Exists(Path.Combine(root.FullName, "MesoClinic.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("MesoClinic.sln was not found above the tests.");
        }

        return Path.Combine(root.FullName, "src", "MesoClinic.Web", "bin", build.Parent!.Name, build.Name, "MesoClinic.Web.dll");
    }

    private void Keep(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }
}
