namespace MesoClinic.EndToEnd.Tests;

/// <summary>What somebody does in a browser. Its pages are closed behind it: each holds memory and a live connection that the next journey would pay for.</summary>
public abstract class Journey(DemoPortal demo) : IAsyncLifetime
{
    /// <summary>Milliseconds. No journey takes a quarter of this on a slow machine; one that waits for what never comes fails here with its name.</summary>
    protected const int Patience = 360_000;

    protected DemoPortal Demo => demo;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => demo.ClosePagesAsync();
}
