using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Waitlist;

/// <summary>Takes somebody off the list, or puts them back after an offer that was not taken.</summary>
public static class ChangeWaitlistEntry
{
    [Requires(Permission.Book)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid EntryId { get; set; }

        /// <summary>True: waits again. False: is taken off.</summary>
        public bool PutBack { get; set; }
    }

    internal sealed class Handler(ClinicDbContext db, ClinicTime time, PatientAccess access, AuditTrail trail) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await db.Waitlist.SingleOrDefaultAsync(e => e.Id == command.EntryId, token) is not { } entry)
            {
                return new Failure.NotFound();
            }

            if (await access.ToContactAsync(entry.PatientId, nameof(ChangeWaitlistEntry), token) is { } refusal)
            {
                return refusal;
            }

            trail.Concerns(entry.PatientId, entry.Id);
            switch (command.PutBack, entry.State)
            {
                case (false, WaitlistState.Waiting):
                    entry.Withdraw(time.UtcNow);
                    break;
                case (true, WaitlistState.Expired or WaitlistState.Declined) when entry.Until >= await time.TodayAsync(token):
                    entry.WaitAgain(time.UtcNow);
                    break;
                default:
                    return new Failure.Conflict(command.PutBack ? "It waits already, or its last day has passed. Add the patient anew." : "A time is held for this patient, or the entry is closed. Answer the offer first.");
            }

            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
