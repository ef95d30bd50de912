using FluentValidation;
using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Sessions;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>
/// A physician decides to treat in spite of one finding, with a coded reason and their own words. It counts for this appointment and this rule while
/// facts and plan stay as they are. The appointment is judged again at once: the last missing override confirms a provisional booking.
/// </summary>
public static class GiveOverride
{
    [Requires(Permission.GiveOverrides)]
    public sealed class Command : ICommand<Guid>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid AppointmentId { get; set; }
        public string Rule { get; set; } = "";

        /// <summary>What the physician saw: facts and plan behind the finding.</summary>
        public string Binding { get; set; } = "";
        public OverrideReason? Reason { get; set; }
        public string Text { get; set; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Rule).NotEmpty().MaximumLength(Limits.Code).WithMessage("Choose the finding.");
            RuleFor(command => command.Binding).NotEmpty().MaximumLength(2 * Limits.Code).WithMessage("Open the appointment again.");
            RuleFor(command => command.Reason).NotNull().WithMessage("Choose a reason.").IsInEnum().WithMessage("Choose a reason.");
            RuleFor(command => command.Text).Must(text => text?.Trim().Length >= 10).WithMessage("Write in at least 10 characters what was weighed or seen, and when. It is kept for ever.")
                .MaximumLength(Limits.Text).WithMessage($"Use at most {Limits.Text} characters.");
        }
    }

    internal sealed class Handler(ClinicDbContext db, Physicians physicians, ClinicTime time, PatientAccess access, ClinicAssessor assessor, OverridePlan plans, AppointmentOverrides overrides, SafetyTasks tasks, CurrentRuleBook books)
        : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            await db.Sessions.Where(s => s.AppointmentId == command.AppointmentId).HoldAsync(token);
            var appointment = await db.Appointments.SingleOrDefaultAsync(a => a.Id == command.AppointmentId, token);
            if (appointment is null)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(appointment.PatientId, nameof(GiveOverride), token, appointment.Id) is { } refusal)
            {
                return refusal;
            }

            if (await physicians.MeAsync(Permission.GiveOverrides, token) is not { } me)
            {
                return new Failure.Forbidden();
            }

            if (OverrideRules.WhyClosed(appointment, time.UtcNow) is { } closed)
            {
                return new Failure.Conflict(closed);
            }

            var (request, record) = await plans.OfAsync(appointment, token);
            var stored = assessor.Assess(request, appointment.PatientId, appointment.Id, record?.Id);
            if (await RefuseAsync(command, me.Qualification, appointment, stored, token) is { } refused)
            {
                return refused;
            }

            var given = new Override
            {
                AppointmentId = appointment.Id,
                PatientId = appointment.PatientId,
                Rule = command.Rule,
                Reason = command.Reason!.Value,
                Text = command.Text.Trim(),
                Binding = command.Binding,
                AssessmentId = stored.Id,
                GivenById = me.Id,
                GivenUtc = time.UtcNow,
            };
            db.Overrides.Add(given);
            await db.SaveChangesAsync(token);
            if (record is null)
            {
                var before = appointment.Decision;
                await overrides.JudgeAsync(appointment, stored, token);
                tasks.Note(appointment, before, SafetyTaskCause.ProfileChanged, (await tasks.OpenOfAsync([appointment], token)).GetValueOrDefault(appointment.Id));
            }
            else
            {
                await overrides.UseAsync(appointment.Id, stored, token);
            }

            await db.SaveChangesAsync(token);
            return given.Id;
        }

        private async Task<Failure?> RefuseAsync(Command command, Qualification qualification, Appointment appointment, StoredAssessment stored, CancellationToken token)
        {
            var found = stored.Result.Findings.Where(finding => finding.Rule == command.Rule).MaxBy(finding => finding.Action);
            return found is null ? new Failure.Conflict("This finding no longer stands. Look at the appointment again.")
                : OverrideRules.WhyNot(found, books.Book, qualification) is { } why ? new Failure.Conflict(why)
                : OverrideRules.Binding(command.Rule, stored.Result, stored.Facts, books.Book) != command.Binding ? new Failure.Stale()
                : (await overrides.OfAsync(appointment.Id, stored.Facts, stored.Result, token)).Rules.Contains(command.Rule, StringComparer.Ordinal) ? new Failure.Conflict("It is overridden already.")
                : null;
        }
    }
}
