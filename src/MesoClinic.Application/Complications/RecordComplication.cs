using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Rules.Triage;

namespace MesoClinic.Application.Complications;

/// <summary>Staff write down what a patient told or what they saw. Whoever records it has taken it up.</summary>
public static class RecordComplication
{
    [Requires(Permission.ManageComplications)]
    public sealed class Command : ProblemReport, ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid PatientId { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator(TriageTable table)
        {
            RuleFor(command => command.PatientId).NotEmpty().WithMessage("Choose the patient.");
            Include(new ProblemReportValidator(table));
        }
    }

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, PatientAccess access, ProblemTriage triage, ClinicTime time, AuditTrail trail) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            // The log is the manager's, whoever the patient's clinician is; a cosmetologist writes in the charts that are open to them.
            var refusal = user.IsManager
                ? await access.ToContactAsync(command.PatientId, nameof(RecordComplication), token)
                : await access.ToChartAsync(command.PatientId, nameof(RecordComplication), token);
            if (refusal is not null)
            {
                return refusal;
            }

            var outcome = await triage.JudgeAsync(command.PatientId, command, token);
            if (!outcome.Succeeded)
            {
                return outcome.Failure;
            }

            var complication = triage.Keep(outcome.Value, command, byPatient: false);
            (complication.SeenByStaffUtc, complication.SeenById) = (time.UtcNow, user.RequiredId);
            await db.SaveChangesAsync(token);
            trail.Concerns(command.PatientId, complication.Id);
            return complication.Id;
        }
    }
}
