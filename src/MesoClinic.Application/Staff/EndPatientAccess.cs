using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>Takes a guardian's, or a patient's, sign-in away from this record; at once, in open pages too.</summary>
public static class EndPatientAccess
{
    [Requires(Permission.ManageStaff)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid PatientId { get; set; }
        public Guid UserId { get; set; }
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await access.ToContactAsync(command.PatientId, nameof(EndPatientAccess), token) is { } refusal)
            {
                return refusal;
            }

            if (await db.PatientAccounts.SingleOrDefaultAsync(link => link.PatientId == command.PatientId && link.UserId == command.UserId, token) is not { } link)
            {
                return new Failure.NotFound();
            }

            db.PatientAccounts.Remove(link);
            var account = await db.Users.SingleAsync(user => user.Id == command.UserId, token);
            Accounts.EndSignIns(account);
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
