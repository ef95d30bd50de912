using MesoClinic.Domain.Booking;
using static MesoClinic.Testing.BookingBuilders;

namespace MesoClinic.Application.Tests.Booking;

/// <summary>Which times the model holds to be free.</summary>
internal sealed partial class ModelClinic
{
    /// <summary>Days lie a week apart: two sessions are too close on one day only.</summary>
    private bool IsTooClose(Kept wanted) => wanted.Kind == AppointmentKind.Session && standing.Exists(other =>
        other.Id != wanted.Id && other.Kind == AppointmentKind.Session && other.Patient == wanted.Patient && other.Day == wanted.Day);

    private bool IsFree(Kept wanted) => !IsTooClose(wanted) && standing.TrueForAll(other => other.Day != wanted.Day || (wanted.Id != Guid.Empty && other.Id == wanted.Id) || !(
        (Meet(wanted.Slot, wanted.Slots, other.Slot, other.Slots) && (other.Practitioner == wanted.Practitioner || other.Patient == wanted.Patient || (other.HasDevice && wanted.HasDevice)))
        || (other.Room == wanted.Room && Meet(wanted.Slot, wanted.Slots + Cleaning[wanted.Room], other.Slot, other.Slots + Cleaning[wanted.Room]))));

    private static bool Meet(int start, int length, int otherStart, int otherLength) => start < otherStart + otherLength && otherStart < start + length;

    private static DateOnly Day(int day) => NextTuesday.AddDays(7 * day);

    private static TimeOnly Start(int slot) => new TimeOnly(9, 0).AddMinutes(5 * slot);

    private static DateTime Wall(int day, int slot) => Day(day).ToDateTime(Start(slot));
}
