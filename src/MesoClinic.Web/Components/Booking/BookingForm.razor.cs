using System.Globalization;
using MesoClinic.Application;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Patients;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace MesoClinic.Web.Components.Booking;

/// <summary>Asks the server while the form is filled in, and books or moves.</summary>
public sealed partial class BookingForm
{
    /// <summary>Only offered where another kind can be chosen.</summary>
    private EventCallback Consultation => Move is null ? EventCallback.Factory.Create(this, AsConsultationAsync) : default;

    private string ButtonText => (_model.Date, _model.Start) is ({ } day, { } start)
        ? string.Create(CultureInfo.InvariantCulture, $"{(Move is null ? "Book" : "Move to")} {day:ddd d MMMM}, {start:HH:mm}")
        : Move is null ? "Book" : "Move";

    private string NotYet =>
        _model.PatientId is null ? "Choose the patient, the plan and a day: the rule book is asked as you go."
        : _preview?.PlanProblems.Values.FirstOrDefault() is { } problem ? problem[0]
        : "Choose a day: the rule book is asked for that day.";

    protected override async Task OnInitializedAsync()
    {
        _form = new EditContext(_model);
        _form.OnFieldChanged += Changed;
        var choices = await Clinic.SendAsync(new BookingChoices.Query(), _left.Token);
        if (!choices.Succeeded)
        {
            _gone = BookingWords.Say(choices.Failure);
            return;
        }

        (_model.Date, _model.Start, _model.Kind, _from) = (Start.Date, Start.Time, Start.Kind, Start.Date);
        _model.Minutes = Start.Minutes ?? _model.Minutes;
        _model.PractitionerId = Start.Practitioner ?? choices.Value.Me;
        _model.RoomId = Start.Room ?? (choices.Value.Rooms.Count > 0 ? choices.Value.Rooms[0].Id : null);
        if (Move is { } moving)
        {
            var appointment = await Clinic.SendAsync(new GetAppointment.Query(moving), _left.Token);
            if (!appointment.Succeeded)
            {
                _gone = BookingWords.Say(appointment.Failure);
                return;
            }

            TakeOver(appointment.Value);
        }
        else if (Start.Patient is { } id && await Clinic.SendAsync(new GetPatientContact.Query(id), _left.Token) is { Succeeded: true, Value: { } contact })
        {
            _model.PatientId = id;
            _patient = new FindPatients.Row(id, contact.Name, contact.BirthDate, contact.Age, contact.Phone, contact.Email, null, null, null, null, contact.ChartIsOpen);
        }

        _choices = choices.Value;
        if (Move is null && Start.Minutes is null)
        {
            _suggested = _model.Minutes;
            SuggestLength();
        }

        await RefreshAsync();
    }

    private void TakeOver(GetAppointment.Result appointment)
    {
        _moved = $"{appointment.Patient}, {appointment.Kind.Word().ToLowerInvariant()}, now on {appointment.Start.ToString("dddd d MMMM, HH:mm", CultureInfo.InvariantCulture)}";
        _version = appointment.Version;
        (_model.PatientId, _model.Kind) = (appointment.PatientId, appointment.Kind);
        (_model.Minutes, _model.PractitionerId, _model.RoomId) = (Start.Minutes ?? appointment.Minutes, Start.Practitioner ?? appointment.PractitionerId, Start.Room ?? appointment.RoomId);
        _model.Acknowledged = appointment.Acknowledged;
        if (appointment.Plan is { } plan)
        {
            (_model.Indication, _model.Areas, _model.Technique, _model.Administration, _model.Ingredients) = (plan.Indication, plan.Areas, plan.Technique, plan.Administration, plan.Ingredients);
        }
    }

    private void TakePatient(FindPatients.Row? row)
    {
        _patient = row;
        (_model.PatientId, _model.Acknowledged) = (row?.Id, []);
        _form.NotifyFieldChanged(_form.Field(nameof(_model.PatientId)));
    }

    private Task TakeCourseAsync(DateOnly? due)
    {
        SuggestLength();
        _from = _model.Date ?? due;
        return RefreshAsync();
    }

    private void Acknowledged() => (_failure, _errors) = (null, null);

    private void Changed(object? sender, FieldChangedEventArgs e)
    {
        if (_model.Kind != AppointmentKind.Session)
        {
            _model.CourseId = null;
        }

        SuggestLength();
        _ = InvokeAsync(RefreshAsync);
    }

    /// <summary>The clinic's usual length for this kind and these areas, until somebody writes another.</summary>
    private void SuggestLength()
    {
        var usual = _choices!.Lengths.Of(_model.Kind, Math.Max(1, _model.Areas.Count));
        if (_model.Minutes == _suggested)
        {
            _model.Minutes = usual;
        }

        _suggested = usual;
    }

    /// <summary>Asks anew what the form means; an answer that was overtaken by a later question is dropped.</summary>
    private async Task RefreshAsync()
    {
        var round = ++_round;
        (_checking, _failure, _refused) = (true, null, null);
        StateHasChanged();
        try
        {
            await Task.Delay(150, _left.Token);
            if (round != _round)
            {
                return;
            }

            var preview = await Clinic.SendAsync(new PreviewBooking.Query(_model, Move), _left.Token);
            var free = _model.Minutes is >= 5 and <= 240
                ? await Clinic.SendAsync(new FreeTimes.Query(_model, _from ?? _choices!.Today, AppointmentId: Move), _left.Token)
                : null;
            if (round == _round)
            {
                (_preview, _free, _checking) = (preview.Value, free?.Value ?? [], false);
                _failure = preview.Failure is { } failure ? BookingWords.Say(failure) : null;
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception error)
        {
            await DispatchExceptionAsync(error);
        }
    }

    private async Task ChooseAsync(FreeTimes.FreeTime free)
    {
        (_model.Date, _model.Start, _model.PractitionerId, _model.RoomId) = (free.Date, free.Start, free.PractitionerId, free.RoomId);
        await RefreshAsync();
    }

    private async Task FromAsync(DateOnly safe)
    {
        (_from, _model.Date, _model.Start) = (safe, safe, null);
        await RefreshAsync();
    }

    private async Task AsConsultationAsync()
    {
        _model.Kind = AppointmentKind.Consultation;
        await RefreshAsync();
    }

    private async Task BookAsync()
    {
        if (_busy)
        {
            return;
        }

        if (!_form.Validate())
        {
            // All that is missing is said at once, what only the rule book's tables know too.
            _errors = _preview?.PlanProblems.ToDictionary(problem => problem.Key, problem => problem.Value, StringComparer.Ordinal);
            return;
        }

        (_busy, _failure, _errors) = (true, null, null);
        var outcome = Move is { } moving
            ? await Clinic.SendAsync(new MoveAppointment.Command
            {
                CommandId = _model.CommandId,
                AppointmentId = moving,
                Version = _version,
                Date = _model.Date,
                Start = _model.Start,
                Minutes = _model.Minutes,
                PractitionerId = _model.PractitionerId,
                RoomId = _model.RoomId,
                Acknowledged = _model.Acknowledged,
            })
            : await Clinic.SendAsync(_model);
        _busy = false;
        switch (outcome.Failure)
        {
            case null:
                await OnBooked.InvokeAsync(outcome.Value);
                return;
            case Failure.Invalid invalid:
                _errors = invalid.Errors;
                _failure = invalid.Errors.GetValueOrDefault(nameof(_model.Acknowledged))?[0];
                break;
            case Failure.Contraindicated refused:
                _refused = refused.Assessment;
                break;
            case var other:
                _failure = BookingWords.Say(other);
                break;
        }

        // A refused form may be changed and sent again: that is another command.
        _model.CommandId = Guid.NewGuid();
        StateHasChanged();
    }

    private string? ErrorOf(string field) => _form.GetValidationMessages(_form.Field(field)).FirstOrDefault();

    public void Dispose()
    {
        _form.OnFieldChanged -= Changed;
        _left.Cancel();
        _left.Dispose();
    }
}
