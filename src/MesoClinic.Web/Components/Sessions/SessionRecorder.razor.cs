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
    private readonly CancellationTokenSource _gone = new();
    private EditContext _form = default!;
    private MapEditor _map = default!;
    private IReadOnlyList<ListEarlierMaps.Map> _earlier = [];
    private List<ListLots.LotRow> _lots = [];
    private IReadOnlyList<ListProducts.ProductRow> _catalogue = [];
    private PreviewSession.Preview? _preview;
    private IReadOnlyDictionary<string, string[]>? _errors;
    private readonly AbortSession.Command _abort = new();
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
    [Inject] private TimeProvider Clock { get; set; } = default!;

    private SaveSessionDraft.Command Draft => Record.Draft;

    private bool Started => Record.StartedUtc is not null;

    private bool Stopped => Record.AbortedAt is not null;

    private bool IsSaved => _keeper.State == DraftState.Saved;

    private bool MayStart => IsSaved && _preview?.MayStart(Draft.Acknowledged) == true;

    private IReadOnlyDictionary<string, string[]> Problems => (_keeper.State == DraftState.Partly ? null : _errors) ?? _preview?.Problems ?? new Dictionary<string, string[]>(StringComparer.Ordinal);

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
        ("Inject", EndedUtc is not null),
        ("Close", Started && Knowledge.After.All(step => Draft.AsepsisDone.Contains(step.Id))),
        ("Sign", false),
    ];

    /// <summary>The injections are over: stopped, or their end is noted and saved.</summary>
    private DateTime? EndedUtc => Stopped ? Record.EndedUtc
        : _keeper.Saved.EndedAt is { } clock && Record is { StartedAt: { } wall, StartedUtc: { } utc } ? utc + Length(wall, clock)
        : null;

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
        _keeper.Dispose();
        _screen?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _form = new EditContext(Draft);
        _map = new MapEditor(Draft);
        _form.OnFieldChanged += FieldChanged;
        _keeper = new DraftKeeper(Draft, Wrong, command => Clinic.SendAsync(command), KeptAsync, DraftPace.Usual, Logger);
        _told = Draft.Version;
        ShowReason();
        _screen = Screens.Open(Record.Id, saved => _ = InvokeAsync(() => HearAsync(saved)));
        await LoadLotsAsync(Draft);
        _catalogue = (await Clinic.SendAsync(new ListProducts.Query(), _gone.Token)).Value ?? [];
        _earlier = (await Clinic.SendAsync(new ListEarlierMaps.Query { SessionId = Record.Id }, _gone.Token)).Value ?? [];
        await CheckAsync();
    }

    /// <summary>What may be used, and what stands in this version of the record already.</summary>
    private async Task LoadLotsAsync(SaveSessionDraft.Command draft)
    {
        var lots = (await Clinic.SendAsync(new ListLots.Query { UsableOnly = true, Also = [.. Draft.Lines.Concat(draft.Lines).Select(line => line.LotId), .. new[] { Draft.CreamLotId, draft.CreamLotId }.OfType<Guid>()] }, _gone.Token)).Value;
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

    /// <summary>Past midnight the clock is smaller than at the start; it shows no seconds.</summary>
    private static TimeSpan Length(DateTime start, TimeOnly end)
    {
        var length = start.Date + end.ToTimeSpan() - start;
        return length <= -TimeSpan.FromMinutes(1) ? length + TimeSpan.FromDays(1) : length < TimeSpan.Zero ? TimeSpan.Zero : length;
    }

    private TimeOnly NowOnTheWall()
    {
        var now = ToWall(Clock.GetUtcNow().UtcDateTime);
        return new TimeOnly(now.Hour, now.Minute);
    }

    private async Task CheckAsync()
    {
        _checking = true;
        var outcome = await Clinic.SendAsync(new PreviewSession.Query { SessionId = Record.Id }, _gone.Token);
        (_checking, _preview) = (false, outcome.Value ?? _preview);
        _errors = IsSaved ? null : _errors;
        if (_keeper.Refusal is Failure.Contraindicated blocked && _preview is not null)
        {
            // Looked over was what is saved; what stands here is refused, and why stays in sight.
            _preview = _preview with { Assessment = blocked.Assessment };
        }

        StateHasChanged();
        if (_preview is { } preview && preview.Version != Draft.Version)
        {
            // Saved on another server, or before this screen was heard of.
            await ShowNewerAsync();
        }
    }

    /// <summary>Something beside the draft has changed what may be done: what was refused for it is asked again.</summary>
    private Task LookAgainAsync() => _keeper.State == DraftState.Refused ? ChangedAsync() : CheckAsync();

    private Task StartAsync() => ActAsync(whole: true, () => new StartSession.Command { SessionId = Record.Id, Version = Draft.Version });

    private Task SignAsync() => ActAsync(whole: true, () => new SignSession.Command { SessionId = Record.Id, Version = Draft.Version });

    /// <summary>Kept with the draft while it is written: whoever writes it may be called away.</summary>
    private Task WriteReasonAsync(string? why) => SetAsync(() => _abort.Reason = Draft.StopReason = why ?? "");

    private void ShowReason()
    {
        _abort.Reason = Draft.StopReason;
        _stopping |= Draft.StopReason.Length > 0;
    }

    /// <summary>Nothing stands in the way of stopping.</summary>
    private Task AbortAsync() => ActAsync(whole: false, () => new AbortSession.Command { SessionId = Record.Id, Version = Draft.Version, Reason = _abort.Reason, AmpoulesOpened = _abort.AmpoulesOpened });

    /// <summary>First what was entered goes to the server.</summary>
    /// <param name="whole">Nothing happens while a part of it cannot be kept.</param>
    private async Task ActAsync<T>(bool whole, Func<ICommand<T>> command)
    {
        if (_busy)
        {
            return;
        }

        (_busy, _said) = (true, null);
        try
        {
            if (await _keeper.FlushAsync() || !whole)
            {
                await AnswerAsync(await Clinic.SendAsync(command()));
            }
            else
            {
                _said ??= NotAllSaved;
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task AnswerAsync<T>(Outcome<T> outcome)
    {
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
        else if (outcome.Failure is Failure.Conflict or Failure.Forbidden)
        {
            await ReadAsync();
        }
    }
}
