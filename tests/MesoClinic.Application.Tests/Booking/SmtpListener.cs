using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MesoClinic.Application.Tests.Booking;

/// <summary>A mail server of a few commands, on a port of its own: takes messages, refuses them, or falls silent before it has answered.</summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly Task serving;

    public SmtpListener()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;
    public ConcurrentQueue<string> Messages { get; } = new();

    /// <summary>The envelopes: whom the server was asked to deliver to.</summary>
    public ConcurrentQueue<string> Recipients { get; } = new();

    /// <summary>The answer to the end of a message; null: none at all.</summary>
    public string? Answer { get; set; } = "250 taken";

    /// <summary>Set when a message is here and not answered.</summary>
    public TaskCompletionSource Silent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Dispose();
        await serving;
        closing.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = TalkAsync(await listener.AcceptTcpClientAsync(closing.Token));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using var connection = client;
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 post.example");
            while (await reader.ReadLineAsync(closing.Token) is { } line)
            {
                if (line == "DATA")
                {
                    await writer.WriteLineAsync("354 go on");
                    var text = new StringBuilder();
                    while (await reader.ReadLineAsync(closing.Token) is { } data && data != ".")
                    {
                        text.Append(data.StartsWith('.') ? data[1..] : data).Append("\r\n");
                    }

                    Messages.Enqueue(text.ToString());
                    if (Answer is null)
                    {
                        Silent.TrySetResult();
                        await Task.Delay(Timeout.Infinite, closing.Token);
                    }

                    await writer.WriteLineAsync(Answer);
                }
                else
                {
                    if (line.StartsWith("RCPT TO:", StringComparison.Ordinal))
                    {
                        Recipients.Enqueue(line["RCPT TO:".Length..]);
                    }

                    await writer.WriteLineAsync(line == "QUIT" ? "221 bye" : "250 fine");
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // One of the two hung up.
        }
    }
}
