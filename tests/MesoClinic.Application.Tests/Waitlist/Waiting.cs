using MesoClinic.Application.Tests.Booking;
using MesoClinic.Application.Waitlist;
using MesoClinic.Domain.Booking;
using MesoClinic.Testing;

namespace MesoClinic.Application.Tests.Waitlist;

/// <summary>People who wait for half an hour at any time of the next weeks.</summary>
internal static class Waiting
{
    public static async Task<Guid> ForAsync(Desk desk, Guid patient, Guid? course = null, IReadOnlyList<string>? cautions = null) => (await desk.SendAsync(new AddToWaitlist.Command
    {
        PatientId = patient,
        Kind = course is null ? AppointmentKind.Consultation : AppointmentKind.Session,
        CourseId = course,
        Minutes = 30,
        Until = BookingBuilders.NextTuesday.AddDays(28),
        Acknowledged = cautions ?? [],
    })).Must();

    /// <summary>Who is offered what, by start.</summary>
    public static async Task<IReadOnlyList<(Guid Entry, DateTime Start)>> OfferedAsync(Desk desk) =>
        [.. (await desk.SendAsync(new ListWaitlist.Query())).Must().Open.Where(row => row.State == WaitlistState.Offered).Select(row => (row.Id, row.Offered!.Value)).OrderBy(row => row.Value)];
}
