using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Patients;

/// <summary>What the desk knows of everybody: name, phone, appointments.</summary>
public static class GetPatientContact
{
    [Requires(Permission.FindPatients)]
    public sealed record Query(Guid PatientId) : IQuery<Contact>;

    /// <param name="ChartIsOpen">Whether this person may read the chart without giving a reason.</param>
    public sealed record Contact(
        Guid Id, Guid Version, string Name, DateOnly BirthDate, int Age, string? Phone, string? Email, string Language, bool MayBeContacted, bool ChartIsOpen, IReadOnlyList<Visit> Appointments);

    /// <param name="Start">On the clinic's wall clock.</param>
    public sealed record Visit(Guid Id, DateTime Start, AppointmentKind Kind, AppointmentState State, string Practitioner, string Room);

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, ClinicTime time) : IRequestHandler<Query, Outcome<Contact>>
    {
        public async Task<Outcome<Contact>> Handle(Query query, CancellationToken token)
        {
            if (await access.ToContactAsync(query.PatientId, nameof(GetPatientContact), token) is { } refusal)
            {
                return refusal;
            }

            var patient = await db.Patients.AsNoTracking().SingleAsync(p => p.Id == query.PatientId, token);
            var visits = await db.Appointments.AsNoTracking()
                .Where(a => a.PatientId == query.PatientId)
                .OrderByDescending(a => a.StartUtc)
                .Take(20)
                .Select(a => new Visit(a.Id, a.WallStart, a.Kind, a.State, a.Practitioner!.Name, a.Room!.Name))
                .ToListAsync(token);
            return new Contact(
                patient.Id, patient.Version, patient.FullName, patient.BirthDate, patient.AgeOn(await time.TodayAsync(token)), patient.Phone, patient.Email, patient.Language, patient.MayBeContacted,
                await access.MayReadChartAsync(query.PatientId, token), visits);
        }
    }
}
