namespace MesoClinic.Application;

/// <summary>Whether the database could not be written when somebody last tried. Pages say so instead of "not found".</summary>
public sealed class DiskAlarm
{
    public const string NotSaved = "The server’s disk is full, so nothing was saved. Nothing is lost that was saved before. Leave this page open, tell the manager, and send it again when there is room.";
    public const string NotShown = "The server’s disk is full. Whoever opens a record is written down, and that cannot be written now. Tell the manager, then load the page again.";

    private volatile bool raised;

    public bool IsRaised => raised;

    public void Raise() => raised = true;

    /// <summary>Something was written: there is room again.</summary>
    internal void Clear() => raised = false;
}
