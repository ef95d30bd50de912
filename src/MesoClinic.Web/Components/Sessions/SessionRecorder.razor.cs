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
    private ElementReference _steps;

    [Parameter, EditorRequired] public required GetSession.Record Record { get; set; }

    /// <summary>The record has moved on: started, signed, stopped, or changed elsewhere.</summary>
    [Parameter] public EventCallback OnReload { get; set; }
    [CascadingParameter] private SessionKnowledge Knowledge { get; set; } = default!;
    [Inject] private ClinicSender Clinic { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    /// <summary>What stands in the fields: one draft from the first record to the last.</summary>
    private SaveSessionDraft.Command Draft { get; set; } = default!;

    private bool Started => Record.StartedUtc is not null;

    private bool Stopped => Record.AbortedAt is not null;

    private bool IsSaved => _keeper.State == DraftState.Saved;

    /// <summary>As the last look found them in the chart.</summary>
    private KnownAllergies Allergies => _preview?.Allergies ?? Record.KnownAllergies();

    private bool MayStart => IsSaved && _preview?.MayStart(Draft.Acknowledged) == true;

    private IReadOnlyDictionary<string, string[]> Problems => (_keeper.State == DraftState.Partly ? null : _errors) ?? _preview?.Problems ?? new Dictionary<string, string[]>(StringComparer.Ordinal);

    private IReadOnlyList<SessionGap> Gaps => _preview?.Gaps ?? [];

    private string? Needed => List(Gaps.Where(gap => gap.Needed).Select(gap => gap.What).Union(LacksEnd ? [EndGap] : [], StringComparer.Ordinal));

    private string? Left => List(Gaps.Where(gap => !gap.Needed).Select(gap => gap.What));

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

    /// <summary>The injections are over: their end is noted and saved, or they were stopped.</summary>
    private DateTime? EndedUtc => _keeper.Saved.EndedAt is { } clock && Record is { StartedAt: { } wall, StartedUtc: { } utc } ? utc + Length(wall, clock) : Record.AssumedEndUtc;

    private string EndHint => Draft.EndedAt is null && Record.AssumedEndUtc is { } assumed
        ? string.Create(CultureInfo.InvariantCulture, $"Nobody noted it: {ToWall(assumed):HH:mm} is assumed. Write the true time if you know it; aftercare counts from here.")
        : "Aftercare counts from here.";

    private int Now => Steps.Select((step, index) => (step, index)).First(s => !s.step.Done).index;

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
        (_shown, Draft) = (Record, Record.Draft);
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

    private static string? List(IEnumerable<string> gaps) => string.Join("; ", gaps) is { Length: > 0 } list ? list : null;

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

    /// <summary>Kept with the draft while it is written: whoever writes it may be called away.</summary>
    private Task WriteReasonAsync(string? why) => SetAsync(() => _abort.Reason = Draft.StopReason = why ?? "");

    private void ShowReason()
    {
        _abort.Reason = Draft.StopReason;
        _stopping |= !Stopped && Draft.StopReason.Length > 0;
    }

    /// <summary>Nothing stands in the way of stopping.</summary>
    private async Task AbortAsync() => await ActAsync(whole: false, () => new AbortSession.Command { SessionId = Record.Id, Version = Draft.Version, Reason = _abort.Reason, AmpoulesOpened = _abort.AmpoulesOpened });

    private async Task<Guid> SavedVersionAsync()
    {
        await _keeper.FlushAsync();
        return Draft.Version;
    }

    private Task RecordedAsync()
    {
        _screen?.Saved();
        return OnReload.InvokeAsync();
    }

    /// <summary>First what was entered goes to the server.</summary>
    /// <param name="whole">Nothing happens while a part of it cannot be kept.</param>
    /// <returns>Whether it was done.</returns>
    private async Task<bool> ActAsync<T>(bool whole, Func<ICommand<T>> command)
    {
        if (_busy)
        {
            return false;
        }

        (_busy, _said) = (true, null);
        try
        {
            if (await _keeper.FlushAsync() || !whole)
            {
                return await AnswerAsync(await Clinic.SendAsync(command()));
            }

            _said ??= NotAllSaved;
            return false;
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task<bool> AnswerAsync<T>(Outcome<T> outcome)
    {
        _errors = (outcome.Failure as Failure.Invalid)?.Errors;
        _said = outcome.Failure switch
        {
            null or Failure.Stale => null,
            Failure.Contraindicated => "The check does not permit it. The reasons stand in the assessment.",
            var failure => FailureText.Sentence(failure),
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

        return outcome.Succeeded;
    }
}
