using FluentValidation;
using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Cocktails;

/// <summary>Records a test dose. One given today is a needle like any other: consent names its ingredients, and the rule book is asked.</summary>
public static class ApplyAllergyTest
{
    /// <summary>An older test says little about today; do it again.</summary>
    public const int OldestDays = 365;

    [Requires(Permission.RecordSessions)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid PatientId { get; set; }

        /// <summary>Ingredients (ing-…, exc-…) in the test dose.</summary>
        public IReadOnlyList<string> Ingredients { get; set; } = [];
        public DateOnly? AppliedOn { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Ingredients).NotEmpty().WithMessage("Choose at least one ingredient.");
            RuleFor(c => c.AppliedOn).NotNull().WithMessage("Write the day of the test.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, CurrentUser user, ClinicTime time, ClinicAssessor assessor, RuleBook book) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            if (await access.ToChartAsync(command.PatientId, "Allergy test", token) is { } refusal)
            {
                return refusal;
            }

            var today = await time.TodayAsync(token);
            if (Check(command, today) is { } invalid)
            {
                return invalid;
            }

            if (command.AppliedOn == today && await JudgeAsync(command, today, token) is { } blocked)
            {
                return blocked;
            }

            foreach (var ingredient in command.Ingredients.Distinct(StringComparer.Ordinal))
            {
                db.AllergyTests.Add(new AllergyTest { PatientId = command.PatientId, Ingredient = ingredient, AppliedOn = command.AppliedOn!.Value, AppliedById = user.RequiredId });
            }

            await db.SaveChangesAsync(token);
            return default(Done);
        }

        private Failure.Invalid? Check(Command command, DateOnly today) =>
            command.AppliedOn > today ? new(nameof(Command.AppliedOn), "This day is still to come.")
            : command.AppliedOn < today.AddDays(-OldestDays) ? new(nameof(Command.AppliedOn), "A test older than a year says little about today. Do it again.")
            : command.Ingredients.Any(i => !book.Ingredients.ContainsKey(i)) ? new(nameof(Command.Ingredients), "One of these ingredients is not in the tables.")
            : null;

        private async Task<Failure?> JudgeAsync(Command command, DateOnly today, CancellationToken token)
        {
            var consents = await db.Consents.AsNoTracking().Where(c => c.PatientId == command.PatientId && c.WithdrawnUtc == null).Select(c => c.Ingredients).ToListAsync(token);
            if (!consents.Exists(agreed => !command.Ingredients.Except(agreed, StringComparer.Ordinal).Any()))
            {
                return new Failure.Invalid(nameof(Command.Ingredients), "No signed consent names all of these ingredients. Have it signed first.");
            }

            var plan = new PlannedTreatment { Ingredients = [.. command.Ingredients] };
            var request = await assessor.RequestAsync(command.PatientId, plan, AppointmentKind.AllergyTest, today, Stage.Visit, token);
            var assessment = assessor.Assess(request, command.PatientId);
            return assessment.Decision > Decision.AllowWithCaution ? new Failure.Contraindicated(assessment.Result) : null;
        }
    }
}
