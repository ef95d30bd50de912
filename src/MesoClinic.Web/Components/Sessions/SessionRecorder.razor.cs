using System.Globalization;
using MesoClinic.Application;
using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions;
using MesoClinic.Web.Components.Shared;
using MesoClinic.Web.Components.Shared.Forms;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>Keeps the draft on the server while one works: each change is saved a second later, then looked over again.</summary>
public sealed partial class SessionRecorder
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    private static readonly SaveState Unsaved = new("Not saved yet", "clock", "is-incomplete");
    private static readonly SaveState Saving = new("Saving…", "clock", "is-incomplete");
    private static readonly SaveState NotSaved = new("Not saved: put right what is marked", "info", "is-refuse");
    private static readonly SaveState ChangedElsewhere = new("Changed on another screen", "info", "is-refuse");

    private readonly CancellationTokenSource _gone = new();
    private CancellationTokenSource? _waiting;
    private Task _save = Task.CompletedTask;
    private EditContext _form = default!;
    private MapEditor _map = default!;
    private IReadOnlyList<ListEarlierMaps.Map> _earlier = [];
    private List<ListLots.LotRow> _lots = [];
    private IReadOnlyList<ListProducts.ProductRow> _catalogue = [];
    private PreviewSession.Preview? _preview;
    private IReadOnlyDictionary<string, string[]>? _errors;
    private SaveState _state = new("Saved", "saved", null);
    private SignSession.Command _sign = new();
    private AbortSession.Command _abort = new();
    private SaveSessionDraft.Command? _theirs;
    private string? _said;
    private bool _stopping;
    private bool _reacting;
    private bool _busy;
    private bool _checking;

    [Parameter, EditorRequired] public required GetSession.Record Record { get; set; }

    /// <summary>The record has moved on: started, signed, stopped, or changed elsewhere.</summary>
    [Parameter] public EventCallback OnReload { get; set; }
    [CascadingParameter] private SessionKnowledge Knowledge { get; set; } = default!;
    [Inject] private ClinicSender Clinic { get; set; } = default!;

    private sealed record SaveState(string Text, string Icon, string? Css);

    private SaveSessionDraft.Command Draft => Record.Draft;

    private bool Started => Record.StartedUtc is not null;

    private bool Stopped => Record.AbortedAt is not null;

    private bool IsSaved => _state.Icon == "saved";

    private bool MayStart => IsSaved && _preview?.MayStart(Draft.Acknowledged) == true;

    private IReadOnlyDictionary<string, string[]> Problems => _errors ?? _preview?.Problems ?? new Dictionary<string, string[]>(StringComparer.Ordinal);

    private IReadOnlyList<SessionGap> Gaps => _preview?.Gaps ?? [];

    private string? Needed => List(Gaps.Where(gap => gap.Needed));

    private string? Left => List(Gaps.Where(gap => !gap.Needed));

    private List<string> Ingredients =>
    [
        .. Draft.AnaestheticCream == true ? [Session.CreamIngredient] : Array.Empty<string>(),
        .. Draft.Counted().Select(line => _lots.Find(lot => lot.Id == line.LotId)?.ProductId)
            .SelectMany(id => _catalogue.FirstOrDefault(p => p.Id == id)?.Ingredients ?? []).Select(i => i.Ingredient).Distinct(StringComparer.Ordinal),
    ];

    private IReadOnlyList<(string Title, bool Done)> Steps =>
    [
        ("Check-in", true),
        ("Consent", _preview?.ConsentId is not null),
        ("Prepare skin", Knowledge.Before.All(step => Draft.AsepsisDone.Contains(step.Id))),
        ("Inject", Stopped),
        ("Close", Started && Knowledge.After.All(step => Draft.AsepsisDone.Contains(step.Id))),
        ("Sign", false),
    ];

    private int Now => Steps.Select((step, index) => (step, index)).First(s => !s.step.Done).index;

    private string? WaitsFor => !IsSaved ? null
        : _preview is null ? "Looking the record over…"
        : _preview.Problems.Count > 0 ? "Waits for what is marked above"
        : _preview.Assessment.Decision > MesoClinic.Rules.Decision.AllowWithCaution ? $"Waits: {_preview.Assessment.Decision.Word().ToLowerInvariant()}"
        : !MayStart ? "Acknowledge the cautions first"
        : null;

    public void Dispose()
    {
        _form.OnFieldChanged -= FieldChanged;
        _screen?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _form = new EditContext(Draft);
        _map = new MapEditor(Draft);
        _form.OnFieldChanged += FieldChanged;
        _screen = Screens.Open(Record.Id, saved => _ = InvokeAsync(() => HearAsync(saved)));
        await LoadLotsAsync(Draft);
        _catalogue = (await Clinic.SendAsync(new ListProducts.Query(), _gone.Token)).Value ?? [];
        _earlier = (await Clinic.SendAsync(new ListEarlierMaps.Query { SessionId = Record.Id }, _gone.Token)).Value ?? [];
        await CheckAsync();
    }

    /// <summary>What may be used, and what stands in this version of the record already.</summary>
    private async Task LoadLotsAsync(SaveSessionDraft.Command draft)
    {
        var lots = (await Clinic.SendAsync(new ListLots.Query { UsableOnly = true, Also = [.. Draft.Lines.Concat(draft.Lines).Select(line => line.LotId)] }, _gone.Token)).Value;
        _lots = lots ?? _lots;
    }

    private async Task<IReadOnlyList<FindForMixing.Item>> FindForMixingAsync(string text, CancellationToken token) => (await Clinic.SendAsync(new FindForMixing.Query { Text = text }, token)).Value ?? [];

    private Task AcknowledgeAsync(string rule, bool done) => SetAsync(() => Draft.Acknowledged = done ? [.. Draft.Acknowledged, rule] : [.. Draft.Acknowledged.Where(other => other != rule)]);

    private Task SetAsync(Action change)
    {
        change();
        return ChangedAsync();
    }

    private void FieldChanged(object? sender, FieldChangedEventArgs args) => _ = InvokeAsync(ChangedAsync);

    private static string? List(IEnumerable<SessionGap> gaps) => string.Join("; ", gaps.Select(gap => gap.What)) is { Length: > 0 } list ? list : null;

    /// <summary>On the clinic's wall clock, as the start is shown.</summary>
    private DateTime ToWall(DateTime utc) => Record.StartedAt is { } wall && Record.StartedUtc is { } started ? utc + (wall - started) : utc;

    /// <summary>Waits for a moment of rest; what is typed meanwhile goes along.</summary>
    private async Task ChangedAsync()
    {
        _state = Unsaved;
        _said = null;
        if (_waiting is not null)
        {
            await _waiting.CancelAsync();
        }

        using var waiting = _waiting = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        try
        {
            StateHasChanged();
            await Task.Delay(Rest, waiting.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        finally
        {
            _waiting = ReferenceEquals(_waiting, waiting) ? null : _waiting;
        }

        await (_save = SaveAfterAsync(_save));
    }

    private async Task SaveAfterAsync(Task earlier)
    {
        await earlier;
        if (!_form.Validate())
        {
            _state = NotSaved;
            StateHasChanged();
            return;
        }

        _state = Saving;
        StateHasChanged();
        Draft.CommandId = Guid.NewGuid();
        var sent = Draft.Lines.ToList();
        var outcome = await Clinic.SendAsync(Draft);
        if (_gone.IsCancellationRequested)
        {
            return;
        }

        _errors = (outcome.Failure as Failure.Invalid)?.Errors;
        switch (outcome.Failure)
        {
            case null:
                (Draft.Version, _theirs) = (outcome.Value, null);
                sent.ForEach(line => line.IsBegun = Started);
                _state = new SaveState("Saved", "saved", null);
                _screen?.Saved();
                await CheckAsync();
                break;
            case Failure.Stale:
                await ShowTheirsAsync();
                break;
            case Failure.Contraindicated blocked:
                (_state, _said) = (NotSaved, "The change is not permitted and was not saved. Take it back.");
                _preview = _preview is null ? null : _preview with { Assessment = blocked.Assessment };
                break;
            case Failure.Conflict conflict:
                (_state, _said) = (NotSaved, conflict.Message);
                break;
            default:
                _state = NotSaved;
                break;
        }

        StateHasChanged();
    }

    /// <summary>Reads what was saved meanwhile and lays it beside what stands here; signed or given up, the record is shown as it is.</summary>
    private async Task ShowTheirsAsync()
    {
        (_state, _said) = (ChangedElsewhere, null);
        var record = (await Clinic.SendAsync(new GetSession.Query { SessionId = Record.Id }, _gone.Token)).Value;
        if (record is null or { IsOpen: false })
        {
            await OnReload.InvokeAsync();
            return;
        }

        await LoadLotsAsync(record.Draft);
        _theirs = record.Draft;
    }

    private async Task KeepMineAsync()
    {
        (Draft.Version, _theirs) = (_theirs!.Version, null);
        await (_save = SaveAfterAsync(_save));
    }

    private async Task CheckAsync()
    {
        _checking = true;
        var outcome = await Clinic.SendAsync(new PreviewSession.Query { SessionId = Record.Id }, _gone.Token);
        (_checking, _preview) = (false, outcome.Value ?? _preview);
        _errors = null;
        StateHasChanged();
    }

    private Task StartAsync() => ActAsync(new StartSession.Command { SessionId = Record.Id, Version = Draft.Version });

    private async Task SignAsync()
    {
        await _save;
        _sign = new SignSession.Command { SessionId = Record.Id, Version = Draft.Version, EndedAt = _sign.EndedAt };
        await ActAsync(_sign);
    }

    private Task AbortAsync() => ActAsync(new AbortSession.Command { SessionId = Record.Id, Version = Draft.Version, Reason = _abort.Reason, AmpoulesOpened = _abort.AmpoulesOpened });

    private async Task ActAsync<T>(ICommand<T> command)
    {
        (_busy, _said) = (true, null);
        var outcome = await Clinic.SendAsync(command);
        _busy = false;
        _errors = (outcome.Failure as Failure.Invalid)?.Errors;
        _said = outcome.Failure switch
        {
            null => null,
            Failure.Invalid invalid => invalid.Errors.Values.First()[0],
            Failure.Conflict conflict => conflict.Message,
            Failure.Stale => null,
            Failure.Contraindicated => "The check does not permit it. The reasons stand in the assessment.",
            _ => "This is not possible.",
        };
        if (outcome.Succeeded)
        {
            _screen?.Saved();
            await OnReload.InvokeAsync();
        }
        else if (outcome.Failure is Failure.Stale)
        {
            await ShowTheirsAsync();
        }
        else if (outcome.Failure is Failure.Contraindicated)
        {
            await CheckAsync();
        }
    }
}
