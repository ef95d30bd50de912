using MesoClinic.Domain.Booking;

namespace MesoClinic.Web.Components.Booking;

/// <summary>What is known of a booking before its form is opened: where in the calendar it was begun, and for whom.</summary>
public sealed record BookingStart
{
    public DateOnly? Date { get; init; }

    /// <summary>On the clinic's wall clock.</summary>
    public TimeOnly? Time { get; init; }
    public int? Minutes { get; init; }
    public Guid? Practitioner { get; init; }
    public Guid? Room { get; init; }
    public Guid? Patient { get; init; }
    public AppointmentKind Kind { get; init; } = AppointmentKind.Session;

    /// <summary>The appointment that is moved; null books a new one.</summary>
    public Guid? Move { get; init; }
}
