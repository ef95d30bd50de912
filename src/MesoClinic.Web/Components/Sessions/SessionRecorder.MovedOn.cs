using MesoClinic.Application.Sessions;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>The record was started, stopped or closed while something stood here that was not saved: nothing of it is lost.</summary>
public sealed partial class SessionRecorder
{
    private GetSession.Record? _shown;
    private IReadOnlyList<DraftDifferences.Row> _notTaken = [];

    /// <summary>The server has answered for all that stands here: it is saved, or a stopped record does not take it.</summary>
    private bool IsAnswered => _keeper.IsAtRest || (Stopped && _keeper.State == DraftState.Refused);

    /// <summary>What stands here and in this record does not.</summary>
    /// <param name="record">Null: it cannot be read any more.</param>
    private IReadOnlyList<DraftDifferences.Row> NotIn(GetSession.Record? record) => DraftDifferences.Between(Draft, record is null ? _keeper.Saved : SavedIn(record), Knowledge, _lots);

    /// <summary>All that was not saved, and what is listed still.</summary>
    internal IEnumerable<DraftDifferences.Row> Unsaved(GetSession.Record? record) => _notTaken.Union(_keeper.IsAtRest ? [] : NotIn(record));

    /// <summary>The recorder stays, with all that is in its fields, and the record moves on behind it.</summary>
    protected override async Task OnParametersSetAsync()
    {
        if (ReferenceEquals(_shown, Record))
        {
            return;
        }

        _shown = Record;
        _stopping &= !Stopped;
        await LoadLotsAsync(Record.Draft);
        if (_keeper.IsAtRest)
        {
            Show(Record.Draft);
        }
        else if (DraftDifferences.Between(SavedBefore(), Record.Draft, Knowledge, _lots).Count == 0)
        {
            // Nobody else wrote anything: what stands here goes on from there.
            await KeepMineAsync(Record.Draft);
        }
        else
        {
            _theirs = SavedIn(Record);
        }

        await CheckAsync();
    }

    private Task KeepMineAsync() => KeepMineAsync(_theirs!);

    private async Task KeepMineAsync(SaveSessionDraft.Command theirs)
    {
        _theirs = null;
        await _keeper.KeepMineAsync(theirs);
        if (Started && IsAnswered && await ReadAsync() is { } record && IsAnswered && NotIn(record) is { Count: > 0 } rows)
        {
            _notTaken = [.. _notTaken.Union(rows)];
            Show(record.Draft);
            await CheckAsync();
        }
    }

    /// <summary>Why it was stopped stands where the reason is that was written here. One that the record holds already is not told again.</summary>
    private SaveSessionDraft.Command SavedIn(GetSession.Record record)
    {
        var (saved, mine) = (record.Draft.Copy(), Draft.StopReason.Trim());
        saved.StopReason = record.AbortReason is not { } why ? saved.StopReason : why.Contains(mine, StringComparison.Ordinal) || saved.Notes.Contains(mine, StringComparison.Ordinal) ? mine : why;
        return saved;
    }

    /// <summary>As it stood on the server when this screen saved last, but for the reason: once the session is stopped it stands elsewhere.</summary>
    private SaveSessionDraft.Command SavedBefore()
    {
        var saved = _keeper.Saved.Copy();
        saved.StopReason = Record.Draft.StopReason;
        return saved;
    }
}
