using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MesoClinic.EndToEnd.Tests;

/// <summary>The network between a tablet and the portal, which can go silent as when one walks out of reach: nothing arrives, and nobody is told.</summary>
public sealed class Line : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, byte> ends = new();
    private readonly CancellationTokenSource closed = new();
    private readonly int port;
    private readonly Task accepting;
    private volatile bool carriesQuestions = true;
    private volatile bool carriesAnswers = true;

    /// <param name="to">Where the portal listens.</param>
    public Line(Uri to)
    {
        port = to.Port;
        listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        accepting = AcceptAsync();
    }

    /// <summary>What the tablet takes for the portal.</summary>
    public Uri Address { get; }

    public void GoSilent() => (carriesQuestions, carriesAnswers) = (false, false);

    /// <summary>What the tablet says arrives; what the portal answers does not.</summary>
    public void HoldAnswers() => carriesAnswers = false;

    /// <summary>The network is back; what was under way in it is gone.</summary>
    public void Restore()
    {
        foreach (var end in ends.Keys)
        {
            end.Dispose();
        }

        (carriesQuestions, carriesAnswers) = (true, true);
    }

    public async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        listener.Dispose();
        Restore();
        await accepting;
        closed.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await listener.AcceptTcpClientAsync(closed.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // The journey is over.
        }
    }

    private async Task CarryAsync(TcpClient tablet)
    {
        using var portal = new TcpClient();
        using (tablet)
        {
            ends[tablet] = ends[portal] = 0;
            try
            {
                await portal.ConnectAsync(IPAddress.Loopback, port, closed.Token);
                await Task.WhenAny(
                    PumpAsync(tablet.GetStream(), portal.GetStream(), () => carriesQuestions),
                    PumpAsync(portal.GetStream(), tablet.GetStream(), () => carriesAnswers));
            }
            catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // One of the two has hung up, or the portal is not there.
            }
            finally
            {
                ends.TryRemove(tablet, out _);
                ends.TryRemove(portal, out _);
            }
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Func<bool> carries)
    {
        var buffer = new byte[16 * 1024];
        for (int count; (count = await from.ReadAsync(buffer, closed.Token)) > 0;)
        {
            while (!carries())
            {
                await Task.Delay(50, closed.Token);
            }

            await to.WriteAsync(buffer.AsMemory(0, count), closed.Token);
        }
    }
}
