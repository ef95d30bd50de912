using System.Text.RegularExpressions;
using FluentValidation;
using MediatR;
using MesoClinic.Domain;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Application.Patients;

/// <summary>Replaces the list of medicines by what was gone through with the patient today. A name without a code is kept, and no assessment is complete until it is identified.</summary>
public static partial class SaveMedications
{
    /// <summary>Answers with the patient's new version.</summary>
    [Requires(Permission.EditCharts)]
    public sealed class Command : IProfileCommand
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid PatientId { get; set; }
        public Guid Version { get; set; }
        public List<Item> Items { get; set; } = [];

        /// <summary>The patient was asked and takes none, and stopped none lately.</summary>
        public bool None { get; set; }
    }

    public sealed class Item
    {
        /// <summary>Null for a new row.</summary>
        public Guid? Id { get; set; }
        public string Name { get; set; } = "";

        /// <summary>Row of the medication table; null = not in it.</summary>
        public string? KnowledgeId { get; set; }
        public string? Atc { get; set; }
        public DateOnly? Started { get; set; }
        public LastDoseKind LastDoseKind { get; set; }
        public DateOnly? LastDoseOn { get; set; }

        /// <summary>Whether the prescriber agreed that it was stopped; asked only about medicines that are no longer taken.</summary>
        public bool? PrescriberConfirmedStop { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.None).Equal(false).When(command => command.Items.Count > 0).WithMessage("The list has medicines: remove them, or take “none” back.");
            RuleFor(command => command.None).Equal(true).When(command => command.Items.Count == 0).WithMessage("Add a medicine, or confirm that there is none.");
            RuleFor(command => command.Items).Must(items => items.Count <= 100).WithMessage("A list holds at most 100 medicines.");
            RuleForEach(command => command.Items).ChildRules(item =>
            {
                item.RuleFor(row => row.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage("Write the medicine's name.").MaximumLength(Limits.Line).WithMessage("A name has at most 200 characters.");
                item.RuleFor(row => row.Atc).Must(code => string.IsNullOrWhiteSpace(code) || IsAtc(code)).WithMessage("An ATC code looks like B01AF01. Leave it empty if you do not know it.");
                item.RuleFor(row => row.LastDoseKind).IsInEnum().WithMessage("Choose one of these.");
                item.RuleFor(row => row.LastDoseOn).NotNull().When(row => row.LastDoseKind == LastDoseKind.OnDate).WithMessage("Enter the day of the last dose, or choose “not known”.");
                item.RuleFor(row => row.LastDoseOn)
                    .Must((row, day) => row.LastDoseKind != LastDoseKind.OnDate || day is null || row.Started is null || day >= row.Started).WithMessage("The last dose lies before the start.");
            });
        }
    }

    internal sealed class Handler(ProfileEditing editing, ClinicTime time, RuleBook book) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            var opened = await editing.OpenAsync(command.PatientId, command.Version, nameof(SaveMedications), token);
            if (opened is not { Value: { } patient })
            {
                return opened.Failure!;
            }

            var today = await time.TodayAsync(token);
            if (Check(command, patient, today) is { } refusal)
            {
                return refusal;
            }

            patient.Medications.RemoveAll(row => command.Items.All(item => item.Id != row.Id));
            foreach (var item in command.Items)
            {
                if (patient.Medications.Find(m => m.Id == item.Id) is not { } row)
                {
                    patient.Medications.Add(row = new PatientMedication { Name = "", NotedOn = today });
                }

                Write(item, row);
            }

            patient.MedicationsReviewedOn = today;
            return await editing.SaveAsync(patient, token);
        }

        private Failure? Check(Command command, Patient patient, DateOnly today)
        {
            var errors = new RowErrors();
            for (var i = 0; i < command.Items.Count; i++)
            {
                var item = command.Items[i];
                errors.Add(item.KnowledgeId is { } id && book.Knowledge.Medications.All(row => row.Id != id), $"Items[{i}].Name", "Choose a medicine from the list, or write its name.");
                errors.Add(item.Started > today, $"Items[{i}].Started", "The start cannot lie in the future.");
                errors.Add(item.Started < patient.BirthDate, $"Items[{i}].Started", "The start lies before the date of birth.");
                errors.Add(item.LastDoseKind == LastDoseKind.OnDate && item.LastDoseOn > today, $"Items[{i}].LastDoseOn", "The last dose cannot lie in the future. Choose “still taken” until it is.");
                errors.Add(item.LastDoseKind == LastDoseKind.OnDate && item.LastDoseOn < patient.BirthDate, $"Items[{i}].LastDoseOn", "The last dose lies before the date of birth.");
            }

            return errors.Failure;
        }

        private static void Write(Item item, PatientMedication row)
        {
            row.Name = item.Name.Trim();
            row.KnowledgeId = item.KnowledgeId;
            row.Atc = string.IsNullOrWhiteSpace(item.Atc) ? null : item.Atc.Trim().ToUpperInvariant();
            row.Started = item.Started;
            row.LastDoseKind = item.LastDoseKind;
            row.LastDoseOn = item.LastDoseKind == LastDoseKind.OnDate ? item.LastDoseOn : null;
            row.PrescriberConfirmedStop = item.LastDoseKind == LastDoseKind.StillTaken ? null : item.PrescriberConfirmedStop;
        }
    }

    /// <summary>Whether this is an ATC code of a substance (B01AF01) or of its group (B01AF, B01A).</summary>
    public static bool IsAtc(string? text) => text is not null && Pattern().IsMatch(text.Trim().ToUpperInvariant());

    [GeneratedRegex(@"^[A-Z][0-9]{2}[A-Z]([A-Z]([0-9]{2})?)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Pattern();
}
