using MesoClinic.Application;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Courses;
using Radzen;

namespace MesoClinic.Web.Components.Booking;

/// <summary>What dragging does: the same command as the form, at once and with a way back.</summary>
public sealed partial class CalendarPage
{
    private Task MoveAsync(SchedulerAppointmentMoveEventArgs move)
    {
        if (move.Appointment!.Data is not CalendarEvent { More: 0, Row: var row })
        {
            return Task.CompletedTask;
        }

        var column = (move.Resource as GetCalendar.Column)?.Id;

        // A month's cell has no time of day: only the day changes.
        var start = _view == CalendarView.Month ? move.SlotDate.Date + row.Start.TimeOfDay : move.SlotDate;
        return ChangeTimeAsync(row, start, row.Minutes, _byRoom || column is null ? row.PractitionerId : column.Value, _byRoom && column is not null ? column.Value : row.RoomId);
    }

    private Task ResizeAsync(SchedulerAppointmentResizeEventArgs resize)
    {
        var row = ((CalendarEvent)resize.Appointment!.Data!).Row;
        return ChangeTimeAsync(row, resize.Start, (int)(resize.End - resize.Start).TotalMinutes, row.PractitionerId, row.RoomId);
    }

    /// <summary>Moves at once; where the answer needs a person (a measure to acknowledge, a day that is not safe), the form opens with what was wished.</summary>
    private async Task ChangeTimeAsync(GetCalendar.Row row, DateTime start, int minutes, Guid practitioner, Guid room)
    {
        if (_busy || (row.Start == start && row.Minutes == minutes && row.PractitionerId == practitioner && row.RoomId == room))
        {
            return;
        }

        (_busy, _problem, _told, _undo, _rest) = (true, null, null, null, null);
        var acknowledged = (await Clinic.SendAsync(new GetAppointment.Query(row.Id), _left.Token)).Value?.Acknowledged ?? [];
        var outcome = await Clinic.SendAsync(Command(row, start, minutes, practitioner, room, acknowledged));
        await LoadAsync();
        _busy = false;
        if (outcome.Failure is null)
        {
            var moved = _calendar!.Rows.FirstOrDefault(other => other.Id == row.Id);
            _told = moved is null ? "Moved." : $"{moved.Patient}: {(row.Start == moved.Start && row.Minutes != moved.Minutes ? $"now {moved.Minutes} minutes," : "moved to")} {moved.When()}.";
            _undo = moved is null ? null : Command(moved, row.Start, row.Minutes, row.PractitionerId, row.RoomId, acknowledged);
            await LookAtCourseAsync(row.Id);
        }
        else if (outcome.Failure is Failure.Contraindicated || (outcome.Failure is Failure.Invalid invalid && invalid.Errors.ContainsKey(nameof(MoveAppointment.Command.Acknowledged))))
        {
            Book(new BookingStart { Move = row.Id, Date = DateOnly.FromDateTime(start), Time = TimeOnly.FromDateTime(start), Minutes = minutes, Practitioner = practitioner, Room = room });
        }
        else
        {
            _problem = $"{row.Patient} stays at {row.When()}. {BookingWords.Say(outcome.Failure)}";
        }
    }

    /// <summary>A moved session may leave those after it out of their interval: moving them is offered.</summary>
    private async Task LookAtCourseAsync(Guid? moved) =>
        _rest = moved is { } appointment && await Clinic.SendAsync(new GetCoursePlace.Query(appointment), _left.Token) is { Succeeded: true, Value.OutOfStep: > 0 and var sessions } ? (appointment, sessions) : null;

    private async Task UndoAsync()
    {
        if (_undo is { } undo && !_busy)
        {
            (_busy, _undo, _told, _rest) = (true, null, null, null);
            var outcome = await Clinic.SendAsync(undo);
            await LoadAsync();
            _busy = false;
            _told = outcome.Failure is null ? "Back where it was." : null;
            _problem = outcome.Failure is { } failure ? BookingWords.Say(failure) : null;
        }
    }

    private static MoveAppointment.Command Command(GetCalendar.Row row, DateTime start, int minutes, Guid practitioner, Guid room, IReadOnlyList<string> acknowledged) => new()
    {
        AppointmentId = row.Id,
        Version = row.Version,
        Date = DateOnly.FromDateTime(start),
        Start = TimeOnly.FromDateTime(start),
        Minutes = minutes,
        PractitionerId = practitioner,
        RoomId = room,
        Acknowledged = acknowledged,
    };
}
