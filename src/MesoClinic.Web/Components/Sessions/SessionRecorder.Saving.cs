using MesoClinic.Application;
using MesoClinic.Application.Sessions;
using Microsoft.AspNetCore.Components;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>What is entered is kept on the server, and how far that has come is always in sight.</summary>
public sealed partial class SessionRecorder
{
    private const string NotAllSaved = "Not everything is saved. Put right what is marked, then press again.";
    private static readonly SaveSessionDraft.Validator Validator = new();

    private DraftKeeper _keeper = default!;
    private SaveSessionDraft.Command? _theirs;
    private Guid _told;

    /// <summary>The last change that has arrived from the browser.</summary>
    private int _heard;
    private IReadOnlyList<LostTap> _lostTaps = [];

    [Inject] private ILogger<DraftKeeper> Logger { get; set; } = default!;

    private sealed record SaveWords(string Text, string Icon, string? Css);

    private SaveWords Words => _keeper.State switch
    {
        DraftState.Saved => new("Saved", "saved", null),
        DraftState.Waiting => new("Not saved yet", "clock", "is-incomplete"),
        DraftState.Saving => new("Saving…", "clock", "is-incomplete"),
        DraftState.Partly => new("Saved, but for what is marked", "info", "is-refuse"),
        DraftState.Failing => new("Not saved: the server cannot store it. It is tried again.", "info", "is-refuse"),
        DraftState.Stale => new("Changed on another screen", "info", "is-refuse"),
        _ => new("Not saved: put right what is marked", "info", "is-refuse"),
    };

    private void Hear(DraftToldEventArgs told) => (_heard, _lostTaps) = (told.Number, [.. _lostTaps.Union(told.Lost)]);

    private Task ChangedAsync()
    {
        (_said, _endProblem) = (null, Draft.EndedAt is null ? _endProblem : null);
        return _keeper.ChangedAsync();
    }

    /// <summary>Marks what is wrong. A number that cannot be read has no path: it is kept as unknown.</summary>
    private List<string> Wrong()
    {
        var paths = Validator.Validate(Draft).Errors.ConvertAll(error => error.PropertyName);
        return _form.Validate() || paths.Count > 0 ? paths : [""];
    }

    private async Task KeptAsync()
    {
        if (_gone.IsCancellationRequested)
        {
            return;
        }

        StateHasChanged();
        if (Draft.Version != _told)
        {
            _told = Draft.Version;
            _screen?.Saved();
            foreach (var (line, kept) in Draft.Lines.Zip(_keeper.Saved.Lines))
            {
                line.IsBegun |= Started && line.LotId == kept.LotId;
            }
        }

        switch (_keeper.State)
        {
            case DraftState.Saved or DraftState.Partly:
                (_errors, _theirs) = ((_keeper.Refusal as Failure.Invalid)?.Errors, null);
                await CheckAsync();
                break;
            case DraftState.Stale:
                await ShowTheirsAsync();
                break;
            case DraftState.Refused:
                ShowRefusal(_keeper.Refusal!);
                if (_keeper.Refusal is Failure.Conflict or Failure.Forbidden)
                {
                    // Perhaps it was signed, stopped or handed over elsewhere.
                    await ReadAsync();
                }

                break;
        }

        StateHasChanged();
    }

    private void ShowRefusal(Failure refusal)
    {
        _errors = (refusal as Failure.Invalid)?.Errors;
        _said = refusal switch
        {
            Failure.Contraindicated => "The change is not permitted and was not saved. Take it back.",
            Failure.Conflict conflict => conflict.Message,
            Failure.Invalid => null,
            _ => "This record can no longer be changed from here. Load the page anew.",
        };
        if (refusal is Failure.Contraindicated blocked && _preview is not null)
        {
            _preview = _preview with { Assessment = blocked.Assessment };
        }
    }

    /// <summary>Reads what was saved meanwhile and lays it beside what stands here; signed or given up, the record is shown as it is.</summary>
    private async Task ShowTheirsAsync()
    {
        _said = null;
        if (await ReadAsync() is { } record)
        {
            _theirs = SavedIn(record);
        }
    }

    /// <summary>Null: the record has moved on, and the page shows that.</summary>
    private async Task<GetSession.Record?> ReadAsync()
    {
        var record = (await Clinic.SendAsync(new GetSession.Query { SessionId = Record.Id }, _gone.Token)).Value;
        if (record is null or { IsOpen: false } or { IsMine: false } || record.StartedUtc != Record.StartedUtc || record.AbortedAt != Record.AbortedAt)
        {
            await OnReload.InvokeAsync();
            return null;
        }

        await LoadLotsAsync(record.Draft);
        return record;
    }

    private async Task TakeTheirsAsync()
    {
        if (await ReadAsync() is { } record)
        {
            Show(record.Draft);
            await CheckAsync();
        }
    }

    /// <summary>In the same fields: a half-drawn signature and what is being typed elsewhere on the page stay.</summary>
    private void Show(SaveSessionDraft.Command theirs)
    {
        _keeper.Take(theirs);
        _map.Renew();
        ShowReason();
        (_theirs, _errors, _told) = (null, null, Draft.Version);
        _form.Validate();
    }
}
