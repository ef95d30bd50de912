using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>Opens the record of a checked-in patient's session. Opening it again leads to the same record.</summary>
public static class OpenSession
{
    [Requires(Permission.RecordSessions)]
    public sealed class Command : ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid AppointmentId { get; set; }
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, CurrentUser user, ClinicTime time) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            if (await db.Appointments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == command.AppointmentId, token) is not { } appointment)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(appointment.PatientId, "Session record", token, appointment.Id) is { } refusal)
            {
                return refusal;
            }

            if (await db.Sessions.Where(s => s.AppointmentId == appointment.Id).Select(s => (Guid?)s.Id).SingleOrDefaultAsync(token) is { } existing)
            {
                return existing;
            }

            if (appointment.Kind != AppointmentKind.Session)
            {
                return new Failure.Conflict("Only a session has a session record.");
            }

            if (appointment.State != AppointmentState.CheckedIn)
            {
                return new Failure.Conflict("Check the patient in first: the questions of the day decide whether the session can be prepared.");
            }

            var plan = appointment.Plan ?? new PlannedTreatment();
            var before = await db.Sessions.CountAsync(s => s.PatientId == appointment.PatientId && s.Indication == plan.Indication && s.SignedUtc != null, token);
            var session = new Session
            {
                AppointmentId = appointment.Id,
                PatientId = appointment.PatientId,
                PractitionerId = user.RequiredId,
                Number = before + 1,
                Indication = plan.Indication,
                Technique = plan.Technique,
                Administration = plan.Administration,
                OpenedUtc = time.UtcNow,
            };
            session.Areas.AddRange(plan.Areas.Distinct(StringComparer.Ordinal).Select(area => new TreatedArea { SessionId = session.Id, Area = area }));
            db.Sessions.Add(session);
            await db.SaveChangesAsync(token);
            return session.Id;
        }
    }
}
