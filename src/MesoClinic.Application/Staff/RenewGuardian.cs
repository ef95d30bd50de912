using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>Lets a guardian go on acting for a patient who has come of age. Until a manager decides so, the link rests.</summary>
public static class RenewGuardian
{
    [Requires(Permission.ManageStaff)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid PatientId { get; set; }
        public Guid UserId { get; set; }
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, ClinicTime time) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await access.ToContactAsync(command.PatientId, nameof(RenewGuardian), token) is { } refusal)
            {
                return refusal;
            }

            var link = await db.PatientAccounts.SingleOrDefaultAsync(
                account => account.PatientId == command.PatientId && account.UserId == command.UserId && account.Relation == PatientRelation.Guardian, token);
            if (link is null)
            {
                return new Failure.NotFound();
            }

            var born = await db.Patients.Where(patient => patient.Id == command.PatientId).Select(patient => patient.BirthDate).SingleAsync(token);
            if (Ages.On(await time.TodayAsync(token), born) < Ages.Adult)
            {
                return new Failure.Conflict("The patient is still a minor: the guardian reads their pages without this.");
            }

            link.Relation = PatientRelation.Representative;
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
