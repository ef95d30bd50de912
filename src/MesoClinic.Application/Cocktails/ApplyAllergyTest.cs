using FluentValidation;
using MediatR;
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

/// <summary>Records a test dose from a lot. It is a needle like any other, also when it is entered on a later day: consent names its ingredients, and the rule book is asked.</summary>
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
    public sealed record Result(IReadOnlyList<Finding> ToAcknowledge);

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
        ClinicDbContext db, PatientAccess access, CurrentUser user, ClinicTime time, ClinicAssessor assessor, AppointmentOverrides overrides, SessionReview review, Stock stock) : IRequestHandler<Command, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Command command, CancellationToken token)
        {
            if (await access.ToChartAsync(command.PatientId, "Allergy test", token) is { } refusal)
            {
                return refusal;
            }

            var today = await time.TodayAsync(token);
            var lot = await db.Lots.AsNoTracking().Include(l => l.Product).SingleOrDefaultAsync(l => l.Id == command.LotId, token);
            var wasSound = lot?.RecalledUtc is { } recalled && command.AppliedOn < today && command.AppliedOn <= DateOnly.FromDateTime(await time.ToWallAsync(recalled, token));
            if (Check(command, lot, today, wasSound) is { } invalid)
            {
                return invalid;
            }

            var appointment = command.AppointmentId is { } id ? await db.Appointments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, token) : null;
            if (command.AppointmentId is not null && !(appointment is { Kind: AppointmentKind.AllergyTest, State: AppointmentState.CheckedIn } && appointment.PatientId == command.PatientId))
            {
                return new Failure.Conflict("Check the patient in for this test first.");
            }

            var ingredients = lot!.Product!.Ingredients.ConvertAll(part => part.Ingredient);
            var patient = await db.Patients.AsNoTracking().SingleAsync(p => p.Id == command.PatientId, token);
            if (!(await review.ValidConsentsAsync(patient, token)).Exists(consent => consent.Kind == ConsentKind.Treatment && !ingredients.Except(consent.Ingredients, StringComparer.Ordinal).Any()))
            {
                return new Failure.Invalid(nameof(Command.LotId), "No signed consent names everything in this product. Have it signed first.");
            }

            var plan = (appointment?.Plan ?? new PlannedTreatment()) with { Ingredients = ingredients };
            var assessment = assessor.Assess(await assessor.RequestAsync(command.PatientId, plan, AppointmentKind.AllergyTest, today, Stage.Visit, appointment?.Id, token), command.PatientId, appointment?.Id);
            var standing = appointment is null ? null : await overrides.UseAsync(appointment.Id, assessment, token);
            if ((standing?.Decision ?? assessment.Decision) > Decision.AllowWithCaution)
            {
                return new Failure.Contraindicated(assessment.Result);
            }

            var open = assessment.Result.Findings.Where(f => f.Action == Decision.AllowWithCaution).ExceptBy(command.Acknowledged.Concat(appointment?.Acknowledged ?? []), f => f.Rule, StringComparer.Ordinal).ToList();
            if (open.Count == 0)
            {
                // An opened ampoule serves one patient, a test dose too; a tube of cream serves many. A dose from before a recall is on record whatever the shelf still held when it was cleared.
                if (!lot.Product.IsCream && !await stock.TakeAsync(lot.Id, 1, StockReason.TestDose, null, token) && !wasSound)
                {
                    return new Failure.Invalid(nameof(Command.LotId), $"Lot {lot.Number} has no ampoule left in stock. Compare the lot number with the ampoule; if it is right, have the delivery entered.");
                }

                db.AllergyTests.AddRange(ingredients.Select(ingredient => new AllergyTest
                {
                    PatientId = command.PatientId, Ingredient = ingredient, LotId = lot.Id, AppliedOn = command.AppliedOn!.Value, AppliedById = user.RequiredId,
                }));
            }

            await db.SaveChangesAsync(token);
            return new Result(open);
        }

        /// <param name="wasSound">The dose was given before the lot was recalled: without it nobody would tell this patient of the recall.</param>
        private static Failure.Invalid? Check(Command command, Lot? lot, DateOnly today, bool wasSound) =>
            command.AppliedOn > today ? new(nameof(Command.AppliedOn), "This day is still to come.")
            : command.AppliedOn < today.AddDays(-OldestDays) ? new(nameof(Command.AppliedOn), "A test older than a year says little about today. Do it again.")
            : lot is null ? new(nameof(Command.LotId), "This lot is not in the clinic's stock.")
            : !(wasSound && lot.ExpiresOn >= command.AppliedOn) && SessionReview.WhyUnusable(lot, command.AppliedOn!.Value) is { } problem ? new(nameof(Command.LotId), problem)
            : null;
    }
}
