using System.Diagnostics;
using MesoClinic.Application;
using MesoClinic.Application.Sessions;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>How far what stands in the recorder has come.</summary>
internal enum DraftState
{
    /// <summary>All of it is on the server.</summary>
    Saved,

    /// <summary>Something changed; a moment of rest is awaited.</summary>
    Waiting,
    Saving,

    /// <summary>All but the fields that are marked.</summary>
    Partly,

    /// <summary>The server answered that it will not keep this; see <see cref="DraftKeeper.Refusal"/>.</summary>
    Refused,

    /// <summary>The server could not keep anything; it is asked again.</summary>
    Failing,

    /// <summary>Somebody else saved meanwhile.</summary>
    Stale,
}

/// <param name="Rest">After a change.</param>
/// <param name="Longest">After the first change that is not saved, however fast others follow.</param>
/// <param name="Again">Before a server that could not store is asked again.</param>
internal sealed record DraftPace(TimeSpan Rest, TimeSpan Longest, TimeSpan Again)
{
    public static DraftPace Usual { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5));
}

/// <summary>
/// Keeps a draft on the server while one works: a moment after each change, and at the latest some seconds after the first that is not saved yet. What is sent is a copy, so that nothing changes
/// under way; a wrong field keeps back itself and nothing else; a server that cannot store is asked again.
/// </summary>
/// <param name="draft">What one works on; it gets the version of what was saved.</param>
/// <param name="wrong">The fields of the draft that cannot be kept, as paths.</param>
/// <param name="send">Must not throw for anything that is expected.</param>
/// <param name="shown">After each change of <see cref="State"/>.</param>
internal sealed partial class DraftKeeper(
    SaveSessionDraft.Command draft, Func<IReadOnlyList<string>> wrong, Func<SaveSessionDraft.Command, Task<Outcome<Guid>>> send, Func<Task> shown, DraftPace pace, ILogger logger) : IDisposable
{
    private CancellationTokenSource? rest;
    private Task saving = Task.CompletedTask;
    private long? since;
    private bool gone;

    public DraftState State { get; private set; }

    /// <summary>As it stands on the server.</summary>
    public SaveSessionDraft.Command Saved { get; private set; } = draft.Copy();

    /// <summary>Why the last version was refused, or, where it was saved in part, why the server would not keep the one field that is missing.</summary>
    public Failure? Refusal { get; private set; }

    /// <summary>Nothing is on its way: another version may be shown in its place.</summary>
    public bool IsAtRest => State == DraftState.Saved && since is null && rest is null;

    /// <summary>Ends when this change is saved, or left to a later one.</summary>
    public Task ChangedAsync()
    {
        since ??= Stopwatch.GetTimestamp();
        (State, Refusal) = (DraftState.Waiting, null);
        var left = pace.Longest - Stopwatch.GetElapsedTime(since.Value);
        return SaveAfterAsync(left < TimeSpan.Zero ? TimeSpan.Zero : left < pace.Rest ? left : pace.Rest);
    }

    /// <summary>Saves now what is not saved yet, before something is done with the record.</summary>
    /// <returns>True: what stands in the recorder is what the server has.</returns>
    public async Task<bool> FlushAsync()
    {
        if (rest is not null)
        {
            await rest.CancelAsync();
            rest = null;
        }

        await (saving = SaveAsync(saving));
        return State == DraftState.Saved && since is null;
    }

    /// <summary>Shows what somebody else saved in place of what stands here.</summary>
    public void Take(SaveSessionDraft.Command theirs)
    {
        draft.Take(theirs);
        (Saved, State, Refusal, since) = (theirs.Copy(), DraftState.Saved, null, null);
    }

    /// <summary>Saves what stands here over what somebody else saved. What they have opened since the start stays.</summary>
    public Task KeepMineAsync(SaveSessionDraft.Command theirs)
    {
        draft.Version = theirs.Version;
        draft.KeepBegun(theirs, Saved);
        Saved = theirs.Copy();
        since ??= Stopwatch.GetTimestamp();
        return saving = SaveAsync(saving);
    }

    /// <summary>Whoever leaves the page within the moment of rest loses nothing either.</summary>
    public void Dispose()
    {
        rest?.Cancel();
        gone = true;
        if (since is not null)
        {
            saving = SaveAsync(saving);
        }
    }

    private async Task SaveAfterAsync(TimeSpan wait)
    {
        if (rest is not null)
        {
            await rest.CancelAsync();
        }

        using var mine = rest = new CancellationTokenSource();
        try
        {
            await ShowAsync();
            await Task.Delay(wait, mine.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        finally
        {
            rest = ReferenceEquals(rest, mine) ? null : rest;
        }

        await (saving = SaveAsync(saving));
    }

    private async Task SaveAsync(Task earlier)
    {
        // What went wrong with an earlier version is no reason to keep this one back.
        await earlier.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (since is null && State is DraftState.Saved)
        {
            return;
        }

        since = null;
        var (typed, paths) = (draft.Copy(), wrong());
        (State, Refusal) = (DraftState.Saving, null);
        await ShowAsync();
        var outcome = await SendAsync(typed.Without(paths, Saved));
        if (outcome?.Failure is Failure.Invalid { Errors: { Count: 1 } errors } alone && errors.ContainsKey(nameof(SaveSessionDraft.Command.EndedAt)))
        {
            // Only the server can read the clock. A time that is wrong keeps back no volume and no point.
            (Refusal, paths) = (alone, [.. paths, nameof(SaveSessionDraft.Command.EndedAt)]);
            outcome = await SendAsync(typed.Without(paths, Saved));
        }

        switch (outcome)
        {
            case var nothing when IsUnstored(nothing):
                AskAgain();
                break;
            case { Succeeded: true }:
                State = since is not null ? DraftState.Waiting : paths.Count > 0 ? DraftState.Partly : DraftState.Saved;
                break;
            case { Failure: Failure.Stale }:
                State = DraftState.Stale;
                break;
            case { Failure: { } refusal }:
                (State, Refusal) = (DraftState.Refused, refusal);

                // What happened and what was noted is kept, whatever the check says of the rest.
                if (IsUnstored(await SendAsync(typed.Without(paths, Saved).WithoutRefusable(Saved))))
                {
                    AskAgain();
                }

                break;
        }

        await ShowAsync();
    }

    private static bool IsUnstored(Outcome<Guid>? outcome) => outcome is null or { Failure: Failure.Conflict { Message: DiskAlarm.NotSaved } };

    /// <summary>What the server could not store is sent again, all of it.</summary>
    private void AskAgain()
    {
        since ??= Stopwatch.GetTimestamp();
        State = DraftState.Failing;
        _ = gone ? Task.CompletedTask : SaveAfterAsync(pace.Again);
    }

    /// <summary>Null: the server could not answer.</summary>
    private async Task<Outcome<Guid>?> SendAsync(SaveSessionDraft.Command part)
    {
        (part.CommandId, part.Version) = (Guid.NewGuid(), draft.Version);
        try
        {
            var outcome = await send(part);
            if (outcome.Succeeded)
            {
                draft.Version = part.Version = outcome.Value;
                Saved = part;
            }

            return outcome;
        }
#pragma warning disable CA1031 // Whatever a full disk or a lost database throws: the page with all that was typed stays, and asks again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            CannotKeep(logger, error.GetType().Name, error.HResult);
            return null;
        }
    }

    private async Task ShowAsync()
    {
        try
        {
            await (gone ? Task.CompletedTask : shown());
        }
        catch (OperationCanceledException) when (gone)
        {
            // The page was left while it looked the record over.
        }
#pragma warning disable CA1031 // What cannot be shown, for example because the check takes too long, keeps nothing from being saved.
        catch (Exception error)
#pragma warning restore CA1031
        {
            CannotShow(logger, error.GetType().Name, error.HResult);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A draft could not be looked over: {Error} {Code}")]
    private static partial void CannotShow(ILogger logger, string error, int code);

    [LoggerMessage(Level = LogLevel.Error, Message = "A draft could not be kept and is sent again: {Error} {Code}")]
    private static partial void CannotKeep(ILogger logger, string error, int code);
}
