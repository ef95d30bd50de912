using FluentValidation;
using MediatR;
using MesoClinic.Domain;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Patients;

/// <summary>
/// Takes a patient's own answers. A list counts as gone through only when the patient says that it is complete; what the patient adds is kept
/// as the patient words it, for the clinician to identify. Nothing is ever taken off a list here.
/// </summary>
public static class SubmitQuestionnaire
{
    [Requires(Permission.OwnRecord)]
    public sealed class Command : ICommand<Done>
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid PatientId { get; set; }
        public Guid Version { get; set; }

        /// <summary>Question id → "yes", "no", an option, or <see cref="Answers.DoNotKnow"/>.</summary>
        public Dictionary<string, string> Answers { get; set; } = [];

        /// <summary>Lists ("medications", …) that the patient says are complete as they stand, with what is added here.</summary>
        public List<string> Confirmed { get; set; } = [];

        /// <summary>Medicines by name, one a line.</summary>
        public string? NewMedicines { get; set; }

        /// <summary>alg-…</summary>
        public List<string> NewAllergies { get; set; } = [];
        public string? EventKind { get; set; }
        public DateOnly? EventDate { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Answers).Must((c, answers) => answers.Count + c.Confirmed.Count > 0 || !string.IsNullOrWhiteSpace(c.NewMedicines) || c.NewAllergies.Count > 0 || c.EventDate is not null)
                .OverridePropertyName("").WithMessage("Answer at least one question.");
            RuleFor(c => c.NewMedicines).Must(text => Lines(text).All(line => line.Length <= Limits.Line)).WithMessage("Write one medicine a line, each with at most 200 characters.")
                .Must(text => Lines(text).Count <= 40).WithMessage("Write at most 40 medicines.");
            RuleFor(c => c.EventDate).NotNull().When(c => !string.IsNullOrEmpty(c.EventKind)).WithMessage("Enter the day. If you are not sure, the latest day it can have been.");
            RuleFor(c => c.EventKind).NotEmpty().When(c => c.EventDate is not null).WithMessage("Choose what it was.");
        }
    }

    internal sealed class Handler(ProfileEditing editing, ClinicTime time, CurrentUser user, RuleBook book) : IRequestHandler<Command, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(Command command, CancellationToken token)
        {
            var opened = await editing.OpenOwnAsync(command.PatientId, command.Version, nameof(SubmitQuestionnaire), token);
            if (opened is not { Value: { } patient })
            {
                return opened.Failure!;
            }

            var today = await time.TodayAsync(token);
            if (Check(command, patient, today) is { } refusal)
            {
                return refusal;
            }

            patient.Answers.AddRange(command.Answers.Select(answer => Patients.Answers.Of(answer.Key, answer.Value, today, time.UtcNow, user.RequiredId)));
            var known = patient.Medications.Select(m => SearchText.Fold(m.Name)).ToHashSet(StringComparer.Ordinal);
            patient.Medications.AddRange(Lines(command.NewMedicines).Where(name => known.Add(SearchText.Fold(name)))
                .Select(name => new PatientMedication { Name = name, LastDoseKind = MesoClinic.Rules.Facts.LastDoseKind.StillTaken, NotedOn = today }));
            patient.Allergies.AddRange(command.NewAllergies.Distinct(StringComparer.Ordinal).Where(id => patient.Allergies.TrueForAll(a => a.Allergen != id))
                .Select(id => new PatientAllergy { Allergen = id, NotedOn = today }));
            if (command is { EventKind: { Length: > 0 } kind, EventDate: { } day })
            {
                patient.Procedures.Add(new PatientProcedure { Kind = kind, Date = day, NotedOn = today });
            }

            Confirm(command, patient, today);
            await editing.SaveAsync(patient, token);
            return default(Done);
        }

        private Failure? Check(Command command, Patient patient, DateOnly today)
        {
            var errors = new RowErrors();
            foreach (var (id, value) in command.Answers)
            {
                var question = book.Knowledge.Questions.Questions.FirstOrDefault(q => q.Id == id);
                var isTheirs = question is { AnsweredBy: AnsweredBy.Patient } && question.Concerns(patient, today);
                errors.Add(!isTheirs || !Patients.Answers.IsOption(question!, value), $"Answers[{id}]", "Choose one of the answers.");
            }

            errors.Add(command.Confirmed.Exists(id => book.Knowledge.Questions.Lists.All(list => list.Id != id)), nameof(Command.Confirmed), "There is no such list.");
            errors.Add(command.NewAllergies.Exists(id => book.Knowledge.Allergens.All(row => row.Id != id)), nameof(Command.NewAllergies), "Choose from the list.");
            errors.Add(!string.IsNullOrEmpty(command.EventKind) && book.Knowledge.Vocabulary.EventKinds.All(kind => kind.Id != command.EventKind), nameof(Command.EventKind), "Choose one of the list.");
            errors.Add(command.EventDate < patient.BirthDate, nameof(Command.EventDate), "This day lies before your date of birth.");
            errors.Add(command.EventDate > today.AddYears(2), nameof(Command.EventDate), "This day is more than two years ahead. Check the year.");
            return errors.Failure;
        }

        private static void Confirm(Command command, Patient patient, DateOnly today)
        {
            patient.ConditionsReviewedOn = command.Confirmed.Contains("conditions") ? today : patient.ConditionsReviewedOn;
            patient.MedicationsReviewedOn = command.Confirmed.Contains("medications") ? today : patient.MedicationsReviewedOn;
            patient.AllergiesReviewedOn = command.Confirmed.Contains("allergies") ? today : patient.AllergiesReviewedOn;
            patient.ProceduresReviewedOn = command.Confirmed.Contains("procedures") ? today : patient.ProceduresReviewedOn;
        }
    }

    private static List<string> Lines(string? text) => [.. (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
