using MesoClinic.Domain.Booking;

namespace MesoClinic.Domain.Staff;

/// <summary>Someone who works here; carries the id of their account.</summary>
public sealed class StaffMember : IVersioned
{
    public required Guid Id { get; init; }
    public required string Name { get; set; }

    /// <summary>Decides who may override as a physician, sign the rule book off, and count as a second clinician.</summary>
    public Qualification Qualification { get; set; }

    /// <summary>Has a column in the calendar.</summary>
    public bool TakesAppointments { get; set; }
    public bool IsActive { get; set; } = true;

    /// <summary>On which weekdays and when; empty: whenever the clinic is open.</summary>
    public List<DayHours> Hours { get; set; } = [];
    public List<Leave> Leave { get; init; } = [];
    public Guid Version { get; set; }
}

public enum Qualification
{
    None,
    Cosmetologist,
    Nurse,
    Physician,
    Dermatologist,
}
