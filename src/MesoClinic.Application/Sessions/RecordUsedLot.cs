using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>
/// Writes down a lot that is in the patient already, or on their skin, and is missing in the record: the wrong pack was scanned, a second tube of cream was opened, something was forgotten before a stop.
/// It was given, whatever stands against it: it is recorded with that, because without it a recall of its lot would not find the patient. It permits nothing further.
/// </summary>
public static class RecordUsedLot
{
    [Requires(Permission.RecordSessions)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid SessionId { get; set; }
        public Guid Version { get; set; }

        /// <summary>It may be recalled, expired or used up by the list.</summary>
        public Guid? LotId { get; set; }

        /// <summary>The line, counted from 0, that stands in the record for it and becomes a mistake: volume and ampoules are those of that line. Null = it was used as well.</summary>
        public int? InsteadOf { get; set; }

        /// <summary>What was taken of it, in ml; of a cream nothing.</summary>
        public decimal? VolumeMl { get; set; }
        public int? Ampoules { get; set; } = 1;

        /// <summary>Whether its ampoules were new and sealed; of a cream nothing. It has to be answered: after a "no", nothing further is permitted in this session.</summary>
        public bool? WereSealed { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.LotId).NotNull().WithMessage("Choose the lot that was used.");
            RuleFor(c => c.VolumeMl).Must(SaveSessionDraft.Validator.IsLineVolume).WithMessage(SaveSessionDraft.Validator.LineVolumeMessage);
            RuleFor(c => c.VolumeMl).PrecisionScale(12, 4, ignoreTrailingZeros: true).WithMessage("Four digits after the point are enough.");
            RuleFor(c => c.Ampoules).Must(count => count is >= 1 and <= 50).WithMessage("Say how many ampoules were opened, 1 to 50.");
        }
    }

    internal sealed class Handler(
        ClinicDbContext db, PatientAccess access, AuditTrail trail, CurrentUser user, ClinicTime time, SessionReview review, ClinicAssessor assessor, Stock stock, ReassessFuture reassess) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await review.HoldAsync(command.SessionId, token) is not { } session)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(session.PatientId, "Session record", token, session.Id) is { } refusal)
            {
                return refusal;
            }

            if (SessionStates.RefuseChange(session, user, command.Version) is { } failure)
            {
                return failure;
            }

            if (await db.Lots.Include(l => l.Product).SingleOrDefaultAsync(l => l.Id == command.LotId, token) is not { } lot)
            {
                return new Failure.Invalid(nameof(Command.LotId), "This lot is not in the clinic's stock. Have the delivery entered first.");
            }

            if ((lot.Product!.IsCream ? await AddTubeAsync(session, lot, token) : await AddLineAsync(command, session, lot, token)) is { } refused)
            {
                return refused;
            }

            trail.Concerns(session.PatientId, session.Id, "A lot was entered after it was used.");
            db.Entry(session).Property(s => s.Notes).IsModified = true;
            await db.SaveChangesAsync(token);

            // Kept as an answer, not as a permission.
            assessor.Assess(await review.RequestAsync(session, token), session.PatientId, session.AppointmentId, session.Id);
            await db.SaveChangesAsync(token);
            await reassess.OfAsync(session.PatientId, SafetyTaskCause.TreatmentRecorded, session.AppointmentId, token);
            return default(Done);
        }

        private async Task<Failure?> AddTubeAsync(Session session, Lot tube, CancellationToken token)
        {
            if (session.CreamLotId == tube.Id || await db.ReplacedTubes.AnyAsync(kept => kept.SessionId == session.Id && kept.LotId == tube.Id, token))
            {
                return new Failure.Invalid(nameof(Command.LotId), $"Lot {tube.Number} stands in this record already.");
            }

            if (session.StartedUtc is null)
            {
                return new Failure.Conflict("Nothing was injected yet: note the tube under Prepare. A second one is noted once the injections have begun.");
            }

            session.AnaestheticCream = true;
            db.ReplacedTubes.Add(new ReplacedTube { SessionId = session.Id, LotId = tube.Id, AtUtc = time.UtcNow, ProductName = tube.Product!.Name });
            return null;
        }

        private async Task<Failure?> AddLineAsync(Command command, Session session, Lot lot, CancellationToken token)
        {
            if (session.StartedUtc is not { } started)
            {
                return new Failure.Conflict("Nothing was injected yet: add the lot to the cocktail. It is checked first.");
            }

            var wrong = command.InsteadOf is { } at ? session.Cocktail.ElementAtOrDefault(at) : null;
            if (command.InsteadOf is not null && (wrong is not { IsBegun: true, Mistake: null } || wrong.LotId == lot.Id))
            {
                return new Failure.Invalid(nameof(Command.InsteadOf), "Choose the line that stands in the record in its place.");
            }

            if (wrong is null && !session.IsAborted && await review.ConsentWithdrawnUtcAsync(session, token) is null)
            {
                return new Failure.Invalid(nameof(Command.InsteadOf), "While the session goes on, what is added goes into the cocktail and is checked first. If this lot was injected in place of a line of the record, say which.");
            }

            if (wrong is null && command.VolumeMl is null)
            {
                return new Failure.Invalid(nameof(Command.VolumeMl), "Say how much was taken, in ml.");
            }

            if (command.WereSealed is not { } sealedBefore)
            {
                return new Failure.Invalid(nameof(Command.WereSealed), "Say whether its ampoules were new and sealed.");
            }

            var line = new CocktailLine
            {
                SessionId = session.Id, Position = session.Cocktail.Count, LotId = lot.Id, Lot = lot, VolumeMl = wrong?.VolumeMl ?? command.VolumeMl!.Value, Ampoules = wrong?.Ampoules ?? command.Ampoules!.Value, EnteredUtc = time.UtcNow,
            };
            line.Begin(session.PatientId, wrong?.BegunUtc ?? started);
            line.KeepLabels();
            session.Cocktail.Add(line);
            if (wrong is not null)
            {
                wrong.Mistake = Shortened($"Lot {lot.Number} of {lot.Product!.Name} was used.");
            }

            session.NewSealedAmpoules &= sealedBefore;
            await stock.OpenUsedAsync(lot.Id, line.Ampoules, session.Id, token);
            return null;
        }

        private static string Shortened(string text) => text.Length <= Limits.Line ? text : text[..Limits.Line];
    }
}
