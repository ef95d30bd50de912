namespace MesoClinic.Web.Hosting;

/// <summary>Runs on from a chosen moment, so that the demo clinic can be shown, pictured and tested at ten in the morning of a working day.</summary>
internal sealed class DemoClock(DateTimeOffset start) : TimeProvider
{
    private readonly long begun = TimeProvider.System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => start + TimeProvider.System.GetElapsedTime(begun);
}
