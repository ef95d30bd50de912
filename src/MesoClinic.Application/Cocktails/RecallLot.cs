using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Cocktails;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>
/// Closes a lot: from now on no session can be started or changed with it, and everybody who received of it is to be told. A second entry of the same product whose number reads the same, left from
/// when spelling told lots apart, is the same lot on the label and is recalled with it.
/// </summary>
public static class RecallLot
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
        public Validator() => RuleFor(c => c.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithMessage("Say why: who recalled it, and under which reference.")
            .MaximumLength(Limits.Line).WithMessage($"Keep the reason within {Limits.Line} characters.");
    }

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, ClinicTime time, AuditTrail trail) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await db.Lots.SingleOrDefaultAsync(l => l.Id == command.LotId, token) is not { } lot)
            {
                return new Failure.NotFound();
            }

            if (lot.RecalledUtc is not null)
            {
                return new Failure.Conflict("This lot is recalled already.");
            }

            var (key, now) = (Lot.KeyOf(lot.Number), time.UtcNow);
            var twins = (await db.Lots.Where(l => l.ProductId == lot.ProductId && l.Id != lot.Id && l.RecalledUtc == null).ToListAsync(token)).FindAll(l => Lot.KeyOf(l.Number) == key);
            foreach (var same in twins.Prepend(lot))
            {
                (same.RecalledUtc, same.RecallReason) = (now, command.Reason.Trim());
                db.LotRecalls.Add(new LotRecall { LotId = same.Id, Reason = same.RecallReason, RecalledUtc = same.RecalledUtc.Value, RecalledById = user.RequiredId });
            }

            trail.Concerns(null, lot.Id, lot.RecallReason);
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
