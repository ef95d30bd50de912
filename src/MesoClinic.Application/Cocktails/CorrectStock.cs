using System.Globalization;
using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Domain.Cocktails;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>Brings the list into line with the shelf: what broke, was thrown away, sent back or lost, or a new count.</summary>
public static class CorrectStock
{
    /// <summary>What a person may give as a reason; deliveries, sessions and test doses write themselves down.</summary>
    public static readonly IReadOnlyList<StockReason> Reasons =
        [StockReason.Counted, StockReason.Broken, StockReason.Expired, StockReason.Withdrawn, StockReason.OpenedUnused, StockReason.Lost];

    [Requires(Permission.ManageLots)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid LotId { get; set; }

        /// <summary>The lot as it was when the form was opened: a count means little if ampoules were taken meanwhile.</summary>
        public Guid Version { get; set; }
        public StockReason? Reason { get; set; }

        /// <summary>How many are gone; for a new count, how many sealed ones are there. What sessions have opened is theirs and is not counted.</summary>
        public int? Ampoules { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Reason).Must(reason => reason is { } given && Reasons.Contains(given)).WithMessage("Say why the stock changes.");
            RuleFor(c => c.Ampoules).NotNull().WithMessage("Say how many ampoules.");
            RuleFor(c => c.Ampoules).InclusiveBetween(0, ReceiveLot.MostAmpoules).When(c => c.Reason == StockReason.Counted).WithMessage("A lot has 0 to 10,000 ampoules on the shelf.");
            RuleFor(c => c.Ampoules).InclusiveBetween(1, ReceiveLot.MostAmpoules).When(c => c.Reason != StockReason.Counted).WithMessage("Say how many ampoules are gone, at least 1.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, ClinicTime time, Stock stock, AuditTrail trail) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await db.Lots.SingleOrDefaultAsync(l => l.Id == command.LotId, token) is not { } lot)
            {
                return new Failure.NotFound();
            }

            trail.Concerns(null, lot.Id);

            if (lot.Version != command.Version)
            {
                return new Failure.Conflict(string.Create(CultureInfo.InvariantCulture, $"The stock changed meanwhile: {lot.AmpoulesFree} are left now. Compare with the shelf and enter it again."));
            }

            var (reason, ampoules) = (command.Reason!.Value, command.Ampoules!.Value);
            if (Check(lot, reason, ampoules, await time.TodayAsync(token)) is { } problem)
            {
                return problem;
            }

            var change = reason == StockReason.Counted ? ampoules - lot.AmpoulesFree : -ampoules;
            lot.AmpoulesLeft += change;
            stock.Note(lot.Id, reason, change, lot.AmpoulesLeft);
            await db.SaveChangesAsync(token);
            return default(Done);
        }

        private static Failure.Invalid? Check(Lot lot, StockReason reason, int ampoules, DateOnly today) =>
            reason == StockReason.Expired && lot.ExpiresOn >= today ? new(nameof(Command.Reason), string.Create(CultureInfo.InvariantCulture, $"This lot may be used until {lot.ExpiresOn:d MMMM yyyy}. Give another reason."))
            : reason == StockReason.Withdrawn && lot.RecalledUtc is null ? new(nameof(Command.Reason), "This lot is not recalled. Recall it first, or give another reason.")
            : reason != StockReason.Counted && ampoules > lot.AmpoulesFree ? new(nameof(Command.Ampoules), lot.AmpoulesFree == 0 ? "None is left in stock. If the shelf holds some, enter a new count." : string.Create(CultureInfo.InvariantCulture, $"Only {lot.AmpoulesFree} are left in stock. If the shelf holds more, enter a new count."))
            : null;
    }
}
