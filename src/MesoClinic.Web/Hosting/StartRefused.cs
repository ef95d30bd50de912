namespace MesoClinic.Web.Hosting;

/// <summary>The portal cannot start as it is configured; the message is the one line that the operator reads.</summary>
internal sealed class StartRefused(string message) : Exception(message);
