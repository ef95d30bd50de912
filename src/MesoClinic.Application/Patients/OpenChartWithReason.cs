using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Domain.Patients;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Patients;

/// <summary>Opens a chart for somebody who is not assigned, for some hours. The reason goes to the audit trail, which the manager reads.</summary>
public static class OpenChartWithReason
{
    public static readonly TimeSpan StaysOpen = TimeSpan.FromHours(8);

    [Requires(Permission.OpenCharts)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid PatientId { get; set; }
        public string Reason { get; set; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).Must(reason => reason?.Trim().Length is >= 10 and <= 200).WithMessage("Say in 10 to 200 characters why you need this chart.");
    }

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, ClinicTime time, AuditTrail trail) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (!await db.Patients.AnyAsync(patient => patient.Id == command.PatientId, token) || !await db.Staff.AnyAsync(member => member.Id == user.RequiredId, token))
            {
                return new Failure.NotFound();
            }

            var access = new ReasonedAccess
            {
                PatientId = command.PatientId,
                StaffMemberId = user.RequiredId,
                Reason = command.Reason.Trim(),
                OpenedUtc = time.UtcNow,
                UntilUtc = time.UtcNow + StaysOpen,
            };
            db.ReasonedAccesses.Add(access);
            trail.Concerns(command.PatientId, access.Id, access.Reason);
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
