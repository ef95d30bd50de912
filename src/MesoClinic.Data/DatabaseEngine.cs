using System.Data.Common;

namespace MesoClinic.Data;

/// <summary>What the rest of the portal must know of the database engine it runs on.</summary>
/// <param name="Name">"Sqlite" or "SqlServer".</param>
/// <param name="IsUniqueViolation">Whether the engine refused a row because its key was taken.</param>
/// <param name="LacksRoom">Whether the engine could not write because its disk, or the room it was given, is full.</param>
/// <param name="WritesOneAtATime">SQLite has one writer; the gate makes the others queue fairly instead of failing as busy.</param>
public sealed record DatabaseEngine(string Name, Func<DbException, bool> IsUniqueViolation, Func<DbException, bool> LacksRoom, bool WritesOneAtATime)
{
    /// <summary>Whether an error, or what caused it, is a disk without room.</summary>
    public bool IsFull(Exception? error) => error is not null && ((error is DbException refused && LacksRoom(refused)) || IsFull(error.InnerException));
}

/// <summary>Lets one write transaction at a time through on an engine with a single writer; on the others it is open.</summary>
public sealed class WriteGate(DatabaseEngine engine) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);

    public async Task<IDisposable?> EnterAsync(CancellationToken token)
    {
        if (!engine.WritesOneAtATime)
        {
            return null;
        }

        await gate.WaitAsync(token);
        return new Pass(gate);
    }

    public void Dispose() => gate.Dispose();

    private sealed class Pass(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
