using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>Takes leave back: the person can be booked on these days again.</summary>
public static class RemoveLeave
{
    [Requires(Permission.ManageStaff)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid Id { get; set; }
    }

    internal sealed class Handler(ClinicDbContext db, AuditTrail trail) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await db.Leave.SingleOrDefaultAsync(leave => leave.Id == command.Id, token) is not { } leave)
            {
                return new Failure.NotFound();
            }

            trail.Concerns(null, leave.StaffMemberId);
            db.Leave.Remove(leave);
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
