using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Domain.Cocktails;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>Whoever breaks an ampoule writes it down at once; every other correction of the stock is the manager's.</summary>
public static class NoteBrokenAmpoules
{
    public const int Most = 10;

    [Requires(Permission.NoteBrokenAmpoules)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid LotId { get; set; }
        public int? Ampoules { get; set; } = 1;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Ampoules).Must(count => count is >= 1 and <= Most).WithMessage($"Say how many broke, 1 to {Most}. If it is more, tell a manager.");
    }

    internal sealed class Handler(ClinicDbContext db, Stock stock, AuditTrail trail) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (!await db.Lots.AnyAsync(l => l.Id == command.LotId, token))
            {
                return new Failure.NotFound();
            }

            trail.Concerns(null, command.LotId);
            if (!await stock.TakeAsync(command.LotId, command.Ampoules!.Value, StockReason.Broken, null, toInject: false, token))
            {
                return new Failure.Invalid(nameof(Command.Ampoules), "The stock holds fewer. Compare the lot number with the ampoule; if it is right, tell a manager.");
            }

            await db.SaveChangesAsync(token);
            return default(Done);
        }
    }
}
