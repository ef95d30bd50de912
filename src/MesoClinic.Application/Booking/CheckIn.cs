using System.Globalization;
using System.Text;
using FluentValidation;
using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Rules;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Booking;

/// <summary>
/// Identifies the patient by two identifiers, keeps the answers and measurements of the day, assesses the visit, and checks in if that permits it.
/// What was answered is kept in every case: a finding of today must not be lost because it stands in the way.
/// </summary>
public static class CheckIn
{
    [Requires(Permission.CheckIn)]
    public sealed class Command : ICommand<Result>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid AppointmentId { get; set; }

        /// <summary>First identifier, as the patient says it.</summary>
        public string FamilyName { get; set; } = "";

        /// <summary>Second identifier, as the patient says it.</summary>
        public DateOnly? BirthDate { get; set; }

        /// <summary>Question id to one of its options, or <see cref="DoesNotKnow"/>.</summary>
        public Dictionary<string, string> Answers { get; set; } = new(StringComparer.Ordinal);

        /// <summary>In °C.</summary>
        public decimal? TemperatureC { get; set; }

        /// <summary>In mmHg.</summary>
        public int? SystolicMmHg { get; set; }
        public int? DiastolicMmHg { get; set; }
        public IReadOnlyList<string> Acknowledged { get; set; } = [];
    }

    /// <summary>Asked, and the person cannot say.</summary>
    public const string DoesNotKnow = "unknown";

    /// <param name="CheckedIn">False: the assessment stands in the way, or a measure is still to be acknowledged.</param>
    /// <param name="Overridden">Rules against which a physician has decided for this appointment.</param>
    /// <param name="ToAcknowledge">Titles of the measures still to be acknowledged; everything else is clear.</param>
    public sealed record Result(bool CheckedIn, Assessment? Assessment, IReadOnlyList<string> Overridden, IReadOnlyList<string> ToAcknowledge);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.FamilyName).NotEmpty().WithMessage("Ask for the family name and write it down as the patient says it.").MaximumLength(Limits.Name).WithMessage($"At most {Limits.Name} characters.");
            RuleFor(command => command.BirthDate).NotNull().WithMessage("Ask for the date of birth and write it down as the patient says it.");
            RuleFor(command => command.TemperatureC).InclusiveBetween(30, 45).WithMessage("Between 30 and 45 °C.");
            RuleFor(command => command.SystolicMmHg).InclusiveBetween(50, 300).WithMessage("Between 50 and 300 mmHg.");
            RuleFor(command => command.DiastolicMmHg).InclusiveBetween(20, 200).WithMessage("Between 20 and 200 mmHg.");
            RuleFor(command => command.DiastolicMmHg).LessThan(command => command.SystolicMmHg).WithMessage("The lower value must be below the upper one.").When(command => command.SystolicMmHg is not null);
            RuleFor(command => command.Answers).Must(answers => answers.Count <= 200 && answers.All(a => a.Key.Length <= Limits.Code && a.Value is null or { Length: <= Limits.Code })).WithMessage("Answer the questions of the list.");
            RuleFor(command => command.Acknowledged).Must(TickedLists.AreSane).WithMessage("Acknowledge what the assessment lists.");
        }
    }

    /// <summary>Why the state of an appointment keeps it from being checked in; null when nothing does.</summary>
    internal static string? WhyClosed(Appointment appointment, DateTime wallNow, DateTime nowUtc) =>
        !appointment.MayCheckIn ? "This appointment is not waiting for a check-in any more."
        : appointment.HasExpired(nowUtc) ? Timetable.Expired + " Book a new time."
        : DateOnly.FromDateTime(appointment.WallStart) != DateOnly.FromDateTime(wallNow) ? "Check-in is on the day of the appointment. To treat today, move it to today."
        : null;

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, PatientAccess access, ClinicAssessor assessor, AppointmentOverrides overrides, ReassessFuture reassess, ProfileHistory history, ClinicTime time, RuleBook book) : IRequestHandler<Command, Outcome<Result>>
    {
        private const string Mismatch = "This does not match the record. Ask again, and look whether this is the right patient.";

        public async Task<Outcome<Result>> Handle(Command command, CancellationToken token)
        {
            var appointment = await db.Appointments.SingleOrDefaultAsync(a => a.Id == command.AppointmentId, token);
            if (appointment is null)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(appointment.PatientId, nameof(CheckIn), token, appointment.Id) is { } refusal)
            {
                return refusal;
            }

            var now = time.UtcNow;
            if (WhyClosed(appointment, await time.ToWallAsync(now, token), now) is { } closed)
            {
                return new Failure.Conflict(closed);
            }

            var patient = await db.Patients.Include(p => p.Answers).Include(p => p.Measurements).SingleAsync(p => p.Id == appointment.PatientId, token);
            if (Identify(command, patient) is { } mismatch)
            {
                return mismatch;
            }

            var today = await time.TodayAsync(token);
            if (appointment.IsTreatment && Keep(command, patient, today, now) is { } unreadable)
            {
                return unreadable;
            }

            history.Note(patient);
            var request = await assessor.RequestAsync(appointment, today, Stage.Visit, token);
            var stored = assessor.Assess(request, patient.Id, appointment.Id);
            var standing = await overrides.JudgeAsync(appointment, stored, token);
            appointment.Acknowledged = [.. appointment.Acknowledged.Union(command.Acknowledged, StringComparer.Ordinal)];
            var open = appointment.IsTreatment ? BookingJudgement.Unacknowledged(stored, appointment.Acknowledged) : [];
            var permitted = !appointment.IsTreatment || (standing.Decision <= Decision.AllowWithCaution && open.Count == 0);
            if (permitted)
            {
                appointment.CheckIn(now);
            }

            await db.SaveChangesAsync(token);
            if (appointment.IsTreatment)
            {
                await reassess.OfAsync(patient.Id, SafetyTaskCause.ProfileChanged, appointment.Id, token);
            }

            return new Result(permitted, appointment.IsTreatment ? stored.Result : null, standing.Rules, standing.Decision <= Decision.AllowWithCaution ? [.. open.Select(finding => finding.Title)] : []);
        }

        private static Failure.Invalid? Identify(Command command, Patient patient)
        {
            var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
            if (Plain(command.FamilyName) != Plain(patient.FamilyName))
            {
                errors[nameof(Command.FamilyName)] = [Mismatch];
            }

            if (command.BirthDate != patient.BirthDate)
            {
                errors[nameof(Command.BirthDate)] = [Mismatch];
            }

            return errors.Count == 0 ? null : new Failure.Invalid(errors);
        }

        private Failure.Invalid? Keep(Command command, Patient patient, DateOnly today, DateTime now)
        {
            var questions = CheckInQuestions.For(patient, today, book.Knowledge).ToDictionary(question => question.Id, StringComparer.Ordinal);
            foreach (var (id, value) in command.Answers.Where(answer => !string.IsNullOrEmpty(answer.Value)))
            {
                // A question of the history that was answered a moment ago is no longer due; sending its answer again changes nothing.
                if (!questions.TryGetValue(id, out var question))
                {
                    if (!book.Questions.ContainsKey(id))
                    {
                        return new Failure.Invalid(nameof(Command.Answers), "Answer the questions of the list.");
                    }

                    continue;
                }

                var answer = value == DoesNotKnow ? null : value;
                if (answer is not null && !question.Options.Contains(answer, StringComparer.Ordinal))
                {
                    return new Failure.Invalid(nameof(Command.Answers), $"Choose one of the answers: {question.Text}");
                }

                var last = patient.Answers.Where(a => a.Question == id && a.AskedOn == today).MaxBy(a => a.AskedUtc);
                if (last is null || last.Value != answer)
                {
                    patient.Answers.Add(new PatientAnswer { Question = id, Value = answer, AskedOn = today, AskedUtc = After(last?.AskedUtc), AskedById = user.RequiredId });
                }
            }

            Measure("temperature_c", command.TemperatureC);
            Measure("systolic_mmhg", command.SystolicMmHg);
            Measure("diastolic_mmhg", command.DiastolicMmHg);
            return null;

            void Measure(string name, decimal? value)
            {
                if (value is { } taken)
                {
                    patient.Measurements.Add(new Measurement { Name = name, Value = taken, TakenOn = today, TakenUtc = After(patient.Measurements.Where(m => m.Name == name).Max(m => (DateTime?)m.TakenUtc)) });
                }
            }

            // The newest counts: what is said later is newer, even if the clock has not moved since.
            DateTime After(DateTime? earlier) => earlier >= now ? earlier.Value.AddMilliseconds(1) : now;
        }

        /// <summary>Letters and digits only, without accents and case: "O'Brien-Núñez" is "obriennunez".</summary>
        private static string Plain(string name)
        {
            var letters = name.Normalize(NormalizationForm.FormKD).Where(c => char.IsLetterOrDigit(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark);
            return string.Concat(letters).ToUpperInvariant();
        }
    }
}
