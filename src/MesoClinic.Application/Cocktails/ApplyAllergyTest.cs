using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Booking;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Application.Sessions;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>
/// Records a test dose from a lot. It is a needle like any other: consent names its ingredients, and the rule book is asked. A dose of an earlier day was given, whatever stands against it now:
/// it is recorded with what does, because without it neither its reaction nor a recall of its lot would find the patient.
/// </summary>
public static class ApplyAllergyTest
{
    /// <summary>An older test says little about today; do it again.</summary>
    public const int OldestDays = 365;

    [Requires(Permission.RecordSessions)]
    public sealed class Command : ICommand<Result>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid PatientId { get; set; }

        /// <summary>The checked-in appointment of this test, if it has one: what a physician decided for it counts.</summary>
        public Guid? AppointmentId { get; set; }

        /// <summary>The dose holds everything that the label of this lot's product names.</summary>
        public Guid? LotId { get; set; }
        public DateOnly? AppliedOn { get; set; }

        /// <summary>Rules whose measure the practitioner has read and accepts.</summary>
        public IReadOnlyList<string> Acknowledged { get; set; } = [];
    }

    /// <param name="ToAcknowledge">Measures still to be acknowledged; the test is recorded once there are none.</param>
    /// <param name="Against">Of a dose that was given on an earlier day and stands in the record now: why it would be refused today.</param>
    public sealed record Result(IReadOnlyList<Finding> ToAcknowledge, IReadOnlyList<string> Against);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.LotId).NotNull().WithMessage("Choose the lot that the dose was taken from.");
            RuleFor(c => c.AppliedOn).NotNull().WithMessage("Write the day of the test.");
            RuleFor(c => c.Acknowledged).Must(TickedLists.AreSane).WithMessage("Acknowledge what the assessment lists.");
        }
    }

    internal sealed class Handler(
        ClinicDbContext db, PatientAccess access, AuditTrail trail, CurrentUser user, ClinicTime time, ClinicAssessor assessor, AppointmentOverrides overrides, SessionReview review, Stock stock) : IRequestHandler<Command, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Command command, CancellationToken token)
        {
            if (await access.ToChartAsync(command.PatientId, "Allergy test", token) is { } refusal)
            {
                return refusal;
            }

            var today = await time.TodayAsync(token);
            var lot = await db.Lots.AsNoTracking().Include(l => l.Product).SingleOrDefaultAsync(l => l.Id == command.LotId, token);
            if (Check(command, lot, today) is { } invalid)
            {
                return invalid;
            }

            var appointment = command.AppointmentId is { } id ? await db.Appointments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, token) : null;
            if (command.AppointmentId is not null && !(appointment is { Kind: AppointmentKind.AllergyTest, State: AppointmentState.CheckedIn } && appointment.PatientId == command.PatientId))
            {
                return new Failure.Conflict("Check the patient in for this test first.");
            }

            if (appointment is not null && command.AppliedOn < DateOnly.FromDateTime(appointment.WallStart))
            {
                return new Failure.Invalid(nameof(Command.AppliedOn), "The dose of this visit was not given before it. Record a dose of an earlier day on the patient's chart.");
            }

            var judged = await JudgeAsync(command, lot!, appointment, today, token);
            if (judged is not { Value: { } result })
            {
                return judged;
            }

            if (result.ToAcknowledge.Count == 0)
            {
                // An opened ampoule serves one patient, a test dose too; a tube of cream serves many. A dose of an earlier day is on record whatever the shelf holds since.
                var isOfToday = !(command.AppliedOn < today);
                if (lot!.Product!.IsCream)
                {
                    if (isOfToday && !await stock.HoldTubeAsync(lot.Id, token))
                    {
                        var recalled = await db.Lots.AsNoTracking().Include(l => l.Product).SingleAsync(l => l.Id == lot.Id, token);
                        return new Failure.Invalid(nameof(Command.LotId), SessionReview.WhyUnusable(recalled, today) ?? $"Lot {lot.Number} was recalled this moment, and the recall taken back. Look at it again.");
                    }
                }
                else if (!await stock.TakeAsync(lot.Id, 1, StockReason.TestDose, null, toInject: isOfToday, token) && isOfToday)
                {
                    return new Failure.Invalid(nameof(Command.LotId), $"Lot {lot.Number} has no ampoule left in stock, or was recalled this moment. Compare the lot number with the ampoule; if it is right, have the delivery entered.");
                }

                db.AllergyTests.AddRange(lot.Product.Ingredients.Select(part => new AllergyTest
                {
                    PatientId = command.PatientId, Ingredient = part.Ingredient, LotId = lot.Id, AppliedOn = command.AppliedOn!.Value, AppliedById = user.RequiredId,
                }));
            }

            await db.SaveChangesAsync(token);
            return result;
        }

        /// <summary>Lot, consent and rule book. They refuse a dose of today; of one that was given they only say what stands against it, and the audit trail keeps which of them did.</summary>
        private async Task<Outcome<Result>> JudgeAsync(Command command, Lot lot, Appointment? appointment, DateOnly today, CancellationToken token)
        {
            var (wasGiven, against, kinds) = (command.AppliedOn < today, new List<string>(), new List<string>());
            if (SessionReview.WhyUnusable(lot, command.AppliedOn!.Value) is { } unusable && Refuses("lot", unusable))
            {
                return new Failure.Invalid(nameof(Command.LotId), unusable);
            }

            var ingredients = lot.Product!.Ingredients.ConvertAll(part => part.Ingredient);
            var patient = await db.Patients.AsNoTracking().SingleAsync(p => p.Id == command.PatientId, token);
            if (!(await review.ValidConsentsAsync(patient, token)).Exists(consent => consent.Kind == ConsentKind.Treatment && !ingredients.Except(consent.Ingredients, StringComparer.Ordinal).Any())
                && Refuses("consent", "No consent that counts today names everything in this product."))
            {
                return new Failure.Invalid(nameof(Command.LotId), "No signed consent names everything in this product. Have it signed first.");
            }

            var plan = (appointment?.Plan ?? new PlannedTreatment()) with { Ingredients = ingredients };
            var request = await assessor.RequestAsync(command.PatientId, plan, AppointmentKind.AllergyTest, today, Stage.Visit, appointment?.Id, token);
            var assessment = assessor.Assess(request with { Plan = request.Plan with { Doses = SessionPlan.TestDose(lot) } }, command.PatientId, appointment?.Id);
            var standing = appointment is null ? null : await overrides.UseAsync(appointment.Id, assessment, token);
            if ((standing?.Decision ?? assessment.Decision) > Decision.AllowWithCaution
                && Refuses("assessment", [.. assessment.Result.Findings.Where(f => f.Action > Decision.AllowWithCaution).Select(f => $"{f.Title}.").DefaultIfEmpty("Facts that matter are unknown.")]))
            {
                return new Failure.Contraindicated(assessment.Result);
            }

            if (wasGiven)
            {
                trail.Concerns(command.PatientId, lot.Id, $"A dose of an earlier day; against it today: {string.Join(", ", kinds.DefaultIfEmpty("nothing"))}.");
            }

            var cautions = assessment.Result.Findings.Where(f => f.Action == Decision.AllowWithCaution && !wasGiven);
            return new Result([.. cautions.ExceptBy(command.Acknowledged.Concat(appointment?.Acknowledged ?? []), f => f.Rule, StringComparer.Ordinal)], against);

            bool Refuses(string kind, params string[] why)
            {
                kinds.Add(kind);
                against.AddRange(why);
                return !wasGiven;
            }
        }

        private static Failure.Invalid? Check(Command command, Lot? lot, DateOnly today) =>
            command.AppliedOn > today ? new(nameof(Command.AppliedOn), "This day is still to come.")
            : command.AppliedOn < today.AddDays(-OldestDays) ? new(nameof(Command.AppliedOn), "A test older than a year says little about today. Do it again.")
            : lot is null ? new(nameof(Command.LotId), "This lot is not in the clinic's stock.")
            : null;
    }
}
