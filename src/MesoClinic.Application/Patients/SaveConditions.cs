using System.Text.RegularExpressions;
using FluentValidation;
using MediatR;
using MesoClinic.Domain;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Application.Patients;

/// <summary>Replaces the list of conditions by what was gone through with the patient today.</summary>
public static partial class SaveConditions
{
    /// <summary>Answers with the patient's new version.</summary>
    [Requires(Permission.EditCharts)]
    public sealed class Command : IProfileCommand
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid PatientId { get; set; }
        public Guid Version { get; set; }
        public List<Item> Items { get; set; } = [];

        /// <summary>The patient was asked and has none.</summary>
        public bool None { get; set; }
    }

    public sealed class Item
    {
        /// <summary>Null for a new row.</summary>
        public Guid? Id { get; set; }
        public string Icd10 { get; set; } = "";
        public string Title { get; set; } = "";
        public ConditionStatus Status { get; set; }
        public IReadOnlyList<string> Areas { get; set; } = [];
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.None).Equal(false).When(command => command.Items.Count > 0).WithMessage("The list has conditions: remove them, or take “none” back.");
            RuleFor(command => command.None).Equal(true).When(command => command.Items.Count == 0).WithMessage("Add a condition, or confirm that there is none.");
            RuleFor(command => command.Items).Must(items => items.Count <= 100).WithMessage("A list holds at most 100 conditions.");
            RuleForEach(command => command.Items).ChildRules(item =>
            {
                item.RuleFor(row => row.Icd10).Must(IsCode).WithMessage("An ICD-10 code is a letter and two digits, and may have a point with one or two more, such as L40 or L40.0.");
                item.RuleFor(row => row.Title).MaximumLength(Limits.Line).WithMessage("A name has at most 200 characters.");
                item.RuleFor(row => row.Status).IsInEnum().WithMessage("Choose one of these.");
            });
        }
    }

    internal sealed class Handler(ProfileEditing editing, ClinicTime time, RuleBook book) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            var opened = await editing.OpenAsync(command.PatientId, command.Version, nameof(SaveConditions), token);
            if (opened is not { Value: { } patient })
            {
                return opened.Failure!;
            }

            if (Check(command) is { } refusal)
            {
                return refusal;
            }

            var today = await time.TodayAsync(token);
            patient.Conditions.RemoveAll(row => command.Items.All(item => item.Id != row.Id));
            foreach (var item in command.Items)
            {
                if (patient.Conditions.Find(c => c.Id == item.Id) is not { } row)
                {
                    patient.Conditions.Add(row = new PatientCondition { Icd10 = "", Title = "", NotedOn = today });
                }

                row.Icd10 = Code(item.Icd10);
                row.Title = string.IsNullOrWhiteSpace(item.Title) ? TitleOf(row.Icd10) ?? "" : item.Title.Trim();
                row.Status = item.Status;
                row.Areas = [.. item.Areas.Distinct(StringComparer.Ordinal)];
            }

            patient.ConditionsReviewedOn = today;
            return await editing.SaveAsync(patient, token);
        }

        private Failure? Check(Command command)
        {
            var errors = new RowErrors();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < command.Items.Count; i++)
            {
                var item = command.Items[i];
                errors.Add(string.IsNullOrWhiteSpace(item.Title) && TitleOf(Code(item.Icd10)) is null, $"Items[{i}].Title", "This code is not in the clinic's list. Write what it stands for.");
                errors.Add(item.Areas.Any(area => book.Knowledge.Areas.All(row => row.Id != area)), $"Items[{i}].Areas", "Choose areas from the list.");
                errors.Add(!seen.Add($"{Code(item.Icd10)} {string.Join(' ', item.Areas.Order(StringComparer.Ordinal))}"), $"Items[{i}].Icd10", "This condition stands on the list twice.");
            }

            return errors.Failure;
        }

        private string? TitleOf(string code) => book.Knowledge.Icd10.FirstOrDefault(row => row.Code == code)?.Title;
    }

    /// <summary>Whether this is a WHO ICD-10 code as people write it: L40, l40.0, M05.90.</summary>
    public static bool IsCode(string? text) => text is not null && Pattern().IsMatch(Code(text));

    internal static string Code(string text) => text.Trim().ToUpperInvariant();

    [GeneratedRegex(@"^[A-Z][0-9]{2}(\.[0-9]{1,2})?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Pattern();
}
