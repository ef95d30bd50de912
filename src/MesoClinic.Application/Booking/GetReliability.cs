using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>How often a patient cancelled late, or did not come, in the last year: what the desk should know before it books.</summary>
public static class GetReliability
{
    [Requires(Permission.ReadCalendar)]
    public sealed record Query(Guid PatientId) : IQuery<Result>;

    /// <param name="LateCancels">By the patient, less than 24 hours before.</param>
    public sealed record Result(int LateCancels, int NoShows);

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, ClinicTime time) : IRequestHandler<Query, Outcome<Result>>
    {
        private static readonly CancelCode?[] ByPatient = [CancelCode.PatientIll, CancelCode.PatientOtherPlans, CancelCode.PatientTravel];

        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token)
        {
            if (await access.ToContactAsync(query.PatientId, nameof(GetReliability), token) is { } refusal)
            {
                return refusal;
            }

            var since = time.UtcNow.AddYears(-1);
            var cancelled = await db.Appointments.AsNoTracking()
                .Where(a => a.PatientId == query.PatientId && a.StartUtc > since && a.State == AppointmentState.Cancelled && a.CancelledUtc != null && ByPatient.Contains(a.CancelCode))
                .Select(a => new { a.StartUtc, a.CancelledUtc }).ToListAsync(token);
            return new Result(
                cancelled.Count(a => a.StartUtc - a.CancelledUtc < Appointment.LateBefore),
                await db.Appointments.CountAsync(a => a.PatientId == query.PatientId && a.StartUtc > since && a.State == AppointmentState.NoShow, token));
        }
    }
}
