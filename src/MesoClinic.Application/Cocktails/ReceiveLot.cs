using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Cocktails;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>Takes a delivery into stock. Another delivery of a known lot adds to it.</summary>
public static class ReceiveLot
{
    public const int MostAmpoules = 10_000;

    [Requires(Permission.ManageLots)]
    public sealed class Command : ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid? ProductId { get; set; }
        public string Number { get; set; } = "";
        public DateOnly? ExpiresOn { get; set; }
        public DateOnly? ReceivedOn { get; set; }
        public int? Ampoules { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.ProductId).NotNull().WithMessage("Choose the product.");
            RuleFor(c => c.Number).Must(number => Lot.KeyOf(number ?? "").Length > 0).WithMessage("Write the lot number from the label.")
                .MaximumLength(Limits.Code).WithMessage($"A lot number can have up to {Limits.Code} characters.");
            RuleFor(c => c.ExpiresOn).NotNull().WithMessage("Write the last day of use from the label.");
            RuleFor(c => c.ReceivedOn).NotNull().WithMessage("Write the day of the delivery.");
            RuleFor(c => c.ExpiresOn).Must((c, expires) => expires >= c.ReceivedOn).When(c => c.ExpiresOn is not null && c.ReceivedOn is not null)
                .WithMessage("It had expired when it was received. Send it back, or correct the dates.");
            RuleFor(c => c.Ampoules).NotNull().WithMessage("Say how many ampoules came.");
            RuleFor(c => c.Ampoules).InclusiveBetween(1, MostAmpoules).WithMessage("A delivery has 1 to 10,000 ampoules.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, ClinicTime time, Stock stock, AuditTrail trail) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            if (!await db.Products.AnyAsync(p => p.Id == command.ProductId && p.IsActive, token))
            {
                return new Failure.Invalid(nameof(Command.ProductId), "This product is not in the catalogue. Add it first.");
            }

            var today = await time.TodayAsync(token);
            if (command.ReceivedOn > today)
            {
                return new Failure.Invalid(nameof(Command.ReceivedOn), "This day is still to come.");
            }

            if (command.ExpiresOn < today)
            {
                return new Failure.Invalid(nameof(Command.ExpiresOn), "It has expired already. Compare with the label; what has expired goes back, not into stock.");
            }

            var (number, key) = (command.Number.Trim(), Lot.KeyOf(command.Number));
            if (await db.Lots.SingleOrDefaultAsync(l => l.ProductId == command.ProductId && l.NumberKey == key, token) is { } known)
            {
                return await AddToAsync(known, command, token);
            }

            var lot = new Lot
            {
                ProductId = command.ProductId!.Value,
                Number = number,
                ExpiresOn = command.ExpiresOn!.Value,
                ReceivedOn = command.ReceivedOn!.Value,
                AmpoulesReceived = command.Ampoules!.Value,
                AmpoulesLeft = command.Ampoules.Value,
            };
            db.Lots.Add(lot);
            stock.Note(lot.Id, StockReason.Received, lot.AmpoulesReceived, lot.AmpoulesLeft, lot.ReceivedOn);
            trail.Concerns(null, lot.Id);
            await db.SaveChangesAsync(token);
            return lot.Id;
        }

        private async Task<Outcome<Guid>> AddToAsync(Lot known, Command command, CancellationToken token)
        {
            if (known.RecalledUtc is not null)
            {
                return new Failure.Invalid(nameof(Command.Number), "This lot is recalled. Do not put it into stock; send it back.");
            }

            if (known.ExpiresOn != command.ExpiresOn)
            {
                return new Failure.Invalid(nameof(Command.ExpiresOn), $"This lot is in stock with another last day of use, {known.ExpiresOn:yyyy-MM-dd}. Compare both labels.");
            }

            known.AmpoulesReceived += command.Ampoules!.Value;
            known.AmpoulesLeft += command.Ampoules.Value;
            stock.Note(known.Id, StockReason.Received, command.Ampoules.Value, known.AmpoulesLeft, command.ReceivedOn);
            trail.Concerns(null, known.Id);
            await db.SaveChangesAsync(token);
            return known.Id;
        }
    }
}
