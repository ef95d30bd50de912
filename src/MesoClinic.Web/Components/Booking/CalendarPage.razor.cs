using System.Globalization;
using MesoClinic.Application;
using MesoClinic.Application.Booking;
using MesoClinic.Domain.Booking;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;

namespace MesoClinic.Web.Components.Booking;

/// <summary>The clinic's calendar: what is booked, where something can be booked, and both changed by dragging or by the same forms.</summary>
public sealed partial class CalendarPage
{
    private const string Day = "yyyy-MM-dd";
    private const int InOneDayOfMonth = 4;
    private readonly HashSet<AppointmentKind> _hidden = [];
    private readonly CancellationTokenSource _left = new();
    private GetCalendar.Result? _calendar;
    private IReadOnlyList<CalendarEvent> _events = [];
    private CalendarView _view;
    private DateOnly _day;
    private Guid? _who;
    private bool _byRoom;
    private BookingStart? _booking;
    private Guid? _peek;
    private string? _problem;
    private string? _told;
    private MoveAppointment.Command? _undo;
    private (Guid Appointment, int Sessions)? _rest;
    private bool _busy;
    private int _round;

    [SupplyParameterFromQuery(Name = "day")] private string? AskedDay { get; set; }
    [SupplyParameterFromQuery(Name = "view")] private string? AskedView { get; set; }
    [SupplyParameterFromQuery(Name = "by")] private string? AskedBy { get; set; }

    private DateOnly Today => DateOnly.FromDateTime(_calendar!.Now);

    private int Days => _view.Days();

    /// <summary>From Monday to the last day that is open or has something booked.</summary>
    private int WeekDays => Math.Max(5, _calendar!.Opening.Where(day => day.From is not null).Select(day => day.Day).Union(_calendar.Rows.Select(row => DateOnly.FromDateTime(row.Start)))
        .Select(day => day.DayNumber - _calendar.From.DayNumber + 1).Where(days => days <= 7).DefaultIfEmpty(0).Max());

    private int Columns => _view == CalendarView.Day ? _byRoom ? _calendar!.Rooms.Count : Shown(_calendar!.Practitioners).Count : WeekDays;

    private Guid? Practitioner => _calendar!.Practitioners.Any(column => column.Id == _who) ? _who : null;

    private Guid? Room => _calendar!.Rooms.Any(column => column.Id == _who) ? _who : null;

    /// <summary>Opening hours in whole hours, and whatever lies outside them.</summary>
    private TimeSpan From => TimeSpan.FromHours(Math.Min(_calendar!.OpensAt.Hour, _events.Select(it => it.Start.Hour).DefaultIfEmpty(24).Min()));

    private TimeSpan Until => TimeSpan.FromHours(Math.Min(24, Math.Max(Math.Ceiling(_calendar!.ClosesAt.ToTimeSpan().TotalHours), _events.Select(it => Math.Ceiling((it.End - it.Start.Date).TotalHours)).DefaultIfEmpty(0).Max())));

    /// <summary>Why there is nothing to book on the day shown.</summary>
    private string? Closed => _view == CalendarView.Day ? _calendar!.Opening[0].Closed : null;

    private string Title => _view.Title(_day, _calendar!.From, WeekDays);

    protected override async Task OnInitializedAsync()
    {
        _view = Enum.TryParse<CalendarView>(AskedView, ignoreCase: true, out var view) && Enum.IsDefined(view) ? view : CalendarView.Day;
        _byRoom = _view == CalendarView.Day && AskedBy == "room";
        Changes.Changed += Heard;
        Browser.CameBack += Heard;
        if (DateOnly.TryParseExact(AskedDay, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            _day = day;
        }
        else if (await Clinic.SendAsync(new GetClinicDay.Query(), _left.Token) is { Succeeded: true, Value: var today })
        {
            _day = today;
        }

        await LoadAsync();
    }

    public void Dispose()
    {
        Changes.Changed -= Heard;
        Changes.Leave(this);
        Browser.CameBack -= Heard;
        _left.Cancel();
        _left.Dispose();
    }

    private void Heard(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        if (!_left.IsCancellationRequested && Browser.IsUp)
        {
            await LoadAsync();
            StateHasChanged();
        }
    });

    private async Task LoadAsync()
    {
        var round = ++_round;
        try
        {
            var outcome = await Clinic.SendAsync(new GetCalendar.Query(_view.First(_day), Days), _left.Token);
            if (round != _round)
            {
                return;
            }

            if (outcome.Failure is { } failure)
            {
                _problem = BookingWords.Say(failure);
                return;
            }

            _calendar = outcome.Value;
            Changes.Watch(this, _calendar!.From, _calendar.From.AddDays(Days));
            Arrange();
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    /// <summary>Those that pass the filters; what was cancelled only where its time is not taken again.</summary>
    private void Arrange()
    {
        _events =
        [
            .. _calendar!.Rows
                .Where(row => !_hidden.Contains(row.Kind) && (_who is null || row.PractitionerId == _who || row.RoomId == _who))
                .Where(row => !row.IsOff() || !_calendar.Rows.Any(other => !other.IsOff() && other.Start < row.End && row.Start < other.End && (other.PractitionerId == row.PractitionerId || other.RoomId == row.RoomId)))
                .Select(row => new CalendarEvent(row)),
        ];
        if (_view == CalendarView.Month)
        {
            _events = [.. _events.GroupBy(it => it.Start.Date).SelectMany(day => day.Count() <= InOneDayOfMonth ? day : day.Take(InOneDayOfMonth - 1).Append(day.Last() with { More = day.Count() - InOneDayOfMonth + 1 }))];
        }
    }

    private List<GetCalendar.Column> Shown(IReadOnlyList<GetCalendar.Column> columns) => [.. columns.Where(column => _who is null || column.Id == _who)];

    private Task GoAsync(DateOnly day) => ChangeAsync(() => _day = day);

    private Task JumpAsync(ChangeEventArgs e) =>
        DateOnly.TryParseExact(e.Value as string, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and <= 2200 ? GoAsync(day) : Task.CompletedTask;

    private Task ShowAsync(CalendarView view) => ChangeAsync(() =>
    {
        _who = view == CalendarView.Day ? Practitioner : _who;
        (_view, _byRoom) = (view, _byRoom && view == CalendarView.Day);
    });

    private Task FilterAsync(Guid? who, bool byRoom) => ChangeAsync(() => (_who, _byRoom) = (who, byRoom));

    private async Task ChangeAsync(Action change)
    {
        change();
        (_problem, _told, _undo, _rest) = (null, null, null, null);
        await LoadAsync();
        await Script.InvokeVoidAsync("history.replaceState", null, "", $"calendar?day={Iso(_day)}&view={_view.ToString().ToLowerInvariant()}{(_byRoom ? "&by=room" : "")}");
    }

    private void Toggle(AppointmentKind kind)
    {
        if (!_hidden.Remove(kind))
        {
            _hidden.Add(kind);
        }

        Arrange();
    }

    /// <summary>Says of a slot when it is and whose, for dragging over it; marks the one the clock stands in.</summary>
    private void Slot(SchedulerSlotRenderEventArgs slot)
    {
        if (_view is not (CalendarView.Day or CalendarView.Week))
        {
            return;
        }

        slot.Attributes["data-at"] = slot.Start.ToString("s", CultureInfo.InvariantCulture);
        slot.Attributes["data-column"] = (slot.Resource as GetCalendar.Column)?.Id.ToString() ?? "";
        var now = _calendar!.Now;
        var off = IsWorked(slot.Start, _byRoom ? null : (slot.Resource as GetCalendar.Column)?.Id ?? Practitioner) ? "" : "off";
        slot.Attributes["class"] = off;
        if (slot.Start <= now && now < slot.End)
        {
            slot.Attributes["class"] = off + " now";
            slot.Attributes["style"] = string.Create(CultureInfo.InvariantCulture, $"--now: {(now - slot.Start) / (slot.End - slot.Start) * 100:0}%");
        }
    }

    /// <summary>Somebody can be booked then: this practitioner, or anybody.</summary>
    private bool IsWorked(DateTime at, Guid? practitioner)
    {
        var (day, time) = (DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at));
        return _calendar!.Shifts.Any(shift => shift.Day == day && shift.From <= time && time < shift.To && (practitioner is null || shift.PractitionerId == practitioner));
    }

    private Task SlotAsync(SchedulerSlotSelectEventArgs slot)
    {
        if (_view == CalendarView.Month)
        {
            return ShowDayAsync(slot.Start);
        }

        BookAt(slot.Start, null, (slot.Resource as GetCalendar.Column)?.Id);
        return Task.CompletedTask;
    }

    /// <summary>Free time that was dragged over: "start|end|column".</summary>
    private void Range(ChangeEventArgs e)
    {
        if ((e.Value as string)?.Split('|') is [var from, var until, var column]
            && DateTime.TryParseExact(from, "s", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start)
            && DateTime.TryParseExact(until, "s", CultureInfo.InvariantCulture, DateTimeStyles.None, out var end)
            && (end - start).TotalMinutes is >= 5 and <= 240)
        {
            BookAt(start, (int)(end - start).TotalMinutes, Guid.TryParse(column, out var id) ? id : null);
        }
    }

    private void BookAt(DateTime at, int? minutes, Guid? column)
    {
        if (!_calendar!.MayBook)
        {
            return;
        }

        if (at < _calendar.Now)
        {
            (_problem, _booking) = ("This time is over. Choose one that is still to come.", null);
            return;
        }

        Book(new BookingStart
        {
            Date = DateOnly.FromDateTime(at),
            Time = TimeOnly.FromDateTime(at),
            Minutes = minutes,
            Practitioner = _byRoom ? Practitioner : column ?? Practitioner,
            Room = _byRoom ? column : Room,
        });
    }

    private void Book(BookingStart start) => (_booking, _peek, _problem, _told, _undo, _rest) = (start, null, null, null, null, null);

    private Task SelectAsync(SchedulerAppointmentSelectEventArgs<CalendarEvent> chosen)
    {
        if (chosen.Data!.More > 0)
        {
            return ShowDayAsync(chosen.Data.Start);
        }

        Peek(chosen.Data.Row.Id);
        return Task.CompletedTask;
    }

    private Task ShowDayAsync(DateTime day) => ChangeAsync(() => (_view, _day) = (CalendarView.Day, DateOnly.FromDateTime(day)));

    private void Peek(Guid appointment) => (_peek, _booking, _problem) = (appointment, null, null);

    private void Close() => (_booking, _peek) = (null, null);

    private async Task BookedAsync(Guid appointment)
    {
        var moved = _booking?.Move is not null;
        Close();
        await LoadAsync();
        _told = _calendar?.Rows.FirstOrDefault(row => row.Id == appointment) is { } row ? $"{row.Patient}: {(moved ? "moved to" : "booked for")} {row.When()}." : moved ? "Moved." : "Booked.";
        await LookAtCourseAsync(moved ? appointment : null);
    }

    private static string Iso(DateOnly day) => day.ToString(Day, CultureInfo.InvariantCulture);
}
