using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Cocktails;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>Closes a lot: from now on no session can be started or changed with it, and everybody who received of it is to be told.</summary>
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

            (lot.RecalledUtc, lot.RecallReason) = (time.UtcNow, command.Reason.Trim());
            db.LotRecalls.Add(new LotRecall { LotId = lot.Id, Reason = lot.RecallReason, RecalledUtc = lot.RecalledUtc.Value, RecalledById = user.RequiredId });
            trail.Concerns(null, lot.Id, lot.RecallReason);
            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
