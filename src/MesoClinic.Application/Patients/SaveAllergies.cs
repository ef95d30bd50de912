using FluentValidation;
using MediatR;
using MesoClinic.Domain;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules;

namespace MesoClinic.Application.Patients;

/// <summary>Replaces the list of allergies by what was gone through with the patient today.</summary>
public static class SaveAllergies
{
    /// <summary>Answers with the patient's new version.</summary>
    [Requires(Permission.EditCharts)]
    public sealed class Command : IProfileCommand
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid PatientId { get; set; }
        public Guid Version { get; set; }
        public List<Item> Items { get; set; } = [];

        /// <summary>The patient was asked and knows of none.</summary>
        public bool None { get; set; }
    }

    public sealed class Item
    {
        /// <summary>Null for a new row.</summary>
        public Guid? Id { get; set; }
        public string Allergen { get; set; } = "";

        /// <summary>What happened, in the patient's words: "rash in 2021".</summary>
        public string? Reaction { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.None).Equal(false).When(command => command.Items.Count > 0).WithMessage("The list has allergies: remove them, or take “none” back.");
            RuleFor(command => command.None).Equal(true).When(command => command.Items.Count == 0).WithMessage("Add an allergy, or confirm that there is none.");
            RuleForEach(command => command.Items).ChildRules(item =>
                item.RuleFor(row => row.Reaction).MaximumLength(Limits.Line).WithMessage("Describe the reaction in at most 200 characters."));
        }
    }

    internal sealed class Handler(ProfileEditing editing, ClinicTime time, RuleBook book) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            var opened = await editing.OpenAsync(command.PatientId, command.Version, nameof(SaveAllergies), token);
            if (opened is not { Value: { } patient })
            {
                return opened.Failure!;
            }

            if (Check(command) is { } refusal)
            {
                return refusal;
            }

            var today = await time.TodayAsync(token);
            patient.Allergies.RemoveAll(row => command.Items.All(item => item.Id != row.Id));
            foreach (var item in command.Items)
            {
                if (patient.Allergies.Find(a => a.Id == item.Id) is not { } row)
                {
                    patient.Allergies.Add(row = new PatientAllergy { Allergen = item.Allergen, NotedOn = today });
                }

                row.Allergen = item.Allergen;
                row.Reaction = string.IsNullOrWhiteSpace(item.Reaction) ? null : item.Reaction.Trim();
            }

            patient.AllergiesReviewedOn = today;
            return await editing.SaveAsync(patient, token);
        }

        private Failure? Check(Command command)
        {
            var errors = new RowErrors();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < command.Items.Count; i++)
            {
                var allergen = command.Items[i].Allergen;
                errors.Add(book.Knowledge.Allergens.All(row => row.Id != allergen), $"Items[{i}].Allergen", "Choose what the allergy is to from the list.");
                errors.Add(!seen.Add(allergen), $"Items[{i}].Allergen", "This allergy stands on the list twice.");
            }

            return errors.Failure;
        }
    }
}
