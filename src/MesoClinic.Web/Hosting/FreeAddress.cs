using System.Net;
using System.Net.Sockets;

namespace MesoClinic.Web.Hosting;

/// <summary>Looks, before anything else is done, whether the addresses to listen on are free: one line instead of a start that fails halfway.</summary>
internal static class FreeAddress
{
    public static void Require(string? urls)
    {
        foreach (var url in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var address = BindingAddress.Parse(url);
            if (address is { IsUnixPipe: false, Port: > 0 } && IsTaken(IPAddress.TryParse(address.Host, out var ip) ? ip : address.Host == "localhost" ? IPAddress.Loopback : IPAddress.Any, address.Port))
            {
                throw new StartRefused($"Another program already listens on {url}. Stop it, or choose another address, such as --urls http://localhost:{address.Port + 1}.");
            }
        }
    }

    private static bool IsTaken(IPAddress host, int port)
    {
        using var socket = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { ExclusiveAddressUse = OperatingSystem.IsWindows() };
        try
        {
            socket.Bind(new IPEndPoint(host, port));
            socket.Listen();
            return false;
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return true;
        }
        catch (SocketException)
        {
            // Anything else is the server's to tell.
            return false;
        }
    }
}
