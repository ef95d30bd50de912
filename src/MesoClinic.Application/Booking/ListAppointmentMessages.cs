using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>What the patient was told of one appointment, what is still to be sent, and why they were not told.</summary>
public static class ListAppointmentMessages
{
    [Requires(Permission.ReadCalendar)]
    public sealed record Query(Guid AppointmentId) : IQuery<Result>;

    /// <param name="CannotBeTold">Why nothing can be sent to this patient as their record stands now; null when it can.</param>
    public sealed record Result(IReadOnlyList<Row> Messages, MessageProblem? CannotBeTold);

    /// <param name="At">On the clinic's wall clock: when it was sent or given up, or when it is due.</param>
    public sealed record Row(Guid Id, MessageKind Kind, MessageState State, MessageProblem? Problem, DateTime At, int Attempts);

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, ClinicTime time) : IRequestHandler<Query, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token)
        {
            var patient = await db.Appointments.Where(a => a.Id == query.AppointmentId).Select(a => new { a.PatientId, a.Patient!.Email, a.Patient.MayBeContacted }).SingleOrDefaultAsync(token);
            if (patient is null)
            {
                return new Failure.NotFound();
            }

            if (await access.ToContactAsync(patient.PatientId, nameof(ListAppointmentMessages), token) is { } refusal)
            {
                return refusal;
            }

            var messages = await db.OutboxMessages.AsNoTracking().Where(m => m.AppointmentId == query.AppointmentId && m.State != MessageState.Withdrawn).ToListAsync(token);
            var rows = new List<Row>(messages.Count);
            foreach (var message in messages.OrderBy(m => m.EndedUtc ?? m.NextAttemptUtc).ThenBy(m => m.Id))
            {
                rows.Add(new Row(message.Id, message.Kind, message.State, message.Problem, await time.ToWallAsync(message.EndedUtc ?? message.NextAttemptUtc, token), message.Attempts));
            }

            return new Result(rows, OutboxSender.CannotBeTold(patient.Email, patient.MayBeContacted));
        }
    }
}
