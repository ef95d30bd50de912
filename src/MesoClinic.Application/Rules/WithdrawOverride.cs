using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Sessions;
using MesoClinic.Data;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>A physician takes an override back. The appointment is judged again at once; the override stays on the record.</summary>
public static class WithdrawOverride
{
    [Requires(Permission.GiveOverrides)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid OverrideId { get; set; }
    }

    internal sealed class Handler(ClinicDbContext db, Physicians physicians, ClinicTime time, PatientAccess access, ClinicAssessor assessor, OverridePlan plans, AppointmentOverrides overrides)
        : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            var given = await db.Overrides.SingleOrDefaultAsync(o => o.Id == command.OverrideId, token);
            if (given is null)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(given.PatientId, nameof(WithdrawOverride), token, given.AppointmentId) is { } refusal)
            {
                return refusal;
            }

            if (await physicians.MeAsync(Permission.GiveOverrides, token) is not { } me)
            {
                return new Failure.Forbidden();
            }

            await db.Sessions.Where(s => s.AppointmentId == given.AppointmentId).HoldAsync(token);

            // Two who take it back at once wait for each other here: the second one finds it withdrawn.
            if (await db.Overrides.Where(o => o.Id == given.Id && o.WithdrawnUtc == null).ExecuteUpdateAsync(o => o.SetProperty(x => x.GivenUtc, x => x.GivenUtc), token) == 0)
            {
                return new Failure.Conflict("It is withdrawn already.");
            }

            var appointment = await db.Appointments.SingleAsync(a => a.Id == given.AppointmentId, token);
            if (OverrideRules.WhyClosed(appointment, time.UtcNow) is not null)
            {
                return new Failure.Conflict("It has ended with the appointment and stays on the record.");
            }

            (given.WithdrawnById, given.WithdrawnUtc) = (me.Id, time.UtcNow);
            await db.SaveChangesAsync(token);
            var (request, record) = await plans.OfAsync(appointment, token);
            var stored = assessor.Assess(request, appointment.PatientId, appointment.Id, record?.Id);
            _ = record is null ? await overrides.JudgeAsync(appointment, stored, token) : await overrides.UseAsync(appointment.Id, stored, token);
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
