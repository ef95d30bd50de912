using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Cocktails;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>Takes a mistaken recall back, with the reason. The recall and whom it reached stay on record.</summary>
public static class LiftRecall
{
    [Requires(Permission.ManageLots)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid LotId { get; set; }
        public string Reason { get; set; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithMessage("Say why the recall was a mistake, and who confirmed it.")
            .MaximumLength(Limits.Line).WithMessage($"Keep the reason within {Limits.Line} characters.");
    }

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, ClinicTime time, AuditTrail trail) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await db.LotRecalls.Include(r => r.Lot).SingleOrDefaultAsync(r => r.LotId == command.LotId && r.LiftedUtc == null, token) is not { } recall)
            {
                return await db.Lots.AnyAsync(l => l.Id == command.LotId, token) ? new Failure.Conflict("This lot is not recalled.") : new Failure.NotFound();
            }

            var reason = command.Reason.Trim();
            var key = Lot.KeyOf(recall.Lot!.Number);
            var together = (await db.LotRecalls.Include(r => r.Lot).Where(r => r.Lot!.ProductId == recall.Lot.ProductId && r.LiftedUtc == null && r.RecalledUtc == recall.RecalledUtc).ToListAsync(token)).FindAll(r => Lot.KeyOf(r.Lot!.Number) == key);
            foreach (var same in together)
            {
                (same.LiftedUtc, same.LiftedById, same.LiftReason) = (time.UtcNow, user.RequiredId, reason);
                (same.Lot!.RecalledUtc, same.Lot.RecallReason) = (null, null);
            }

            trail.Concerns(null, recall.LotId, reason);
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
