using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Rules.Triage;

namespace MesoClinic.Application.Complications;

/// <summary>A patient sends what is wrong to the clinic. It is judged again from the same answers, never from what the page says.</summary>
public static class ReportProblem
{
    [Requires(Permission.OwnRecord)]
    public sealed class Command : ProblemReport, ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();

        /// <summary>Null: the person's own record.</summary>
        public Guid? PatientId { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator(TriageTable table) => Include(new ProblemReportValidator(table));
    }

    internal sealed class Handler(ClinicDbContext db, OwnPatient own, ProblemTriage triage, AuditTrail trail) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            var (id, refusal) = await own.FindAsync(command.PatientId, nameof(ReportProblem), token);
            if (refusal is not null)
            {
                return refusal;
            }

            var outcome = await triage.JudgeAsync(id, command, token);
            if (!outcome.Succeeded)
            {
                return outcome.Failure;
            }

            var complication = triage.Keep(outcome.Value, command, byPatient: true);
            await db.SaveChangesAsync(token);
            trail.Concerns(id, complication.Id);
            return complication.Id;
        }
    }
}
