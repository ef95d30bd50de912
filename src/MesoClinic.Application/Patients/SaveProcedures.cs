using FluentValidation;
using MediatR;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules;

namespace MesoClinic.Application.Patients;

/// <summary>Replaces the list of treatments, operations, vaccinations and plans by what was gone through with the patient today.</summary>
public static class SaveProcedures
{
    /// <summary>Plans further ahead than this are a slip of the year.</summary>
    private const int YearsAhead = 2;

    /// <summary>Answers with the patient's new version.</summary>
    [Requires(Permission.EditCharts)]
    public sealed class Command : IProfileCommand
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid PatientId { get; set; }
        public Guid Version { get; set; }
        public List<Item> Items { get; set; } = [];

        /// <summary>The patient was asked and had none, and plans none.</summary>
        public bool None { get; set; }
    }

    public sealed class Item
    {
        /// <summary>Null for a new row.</summary>
        public Guid? Id { get; set; }
        public string Kind { get; set; } = "";
        public DateOnly? Date { get; set; }
        public IReadOnlyList<string> Areas { get; set; } = [];
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.None).Equal(false).When(command => command.Items.Count > 0).WithMessage("The list has entries: remove them, or take “none” back.");
            RuleFor(command => command.None).Equal(true).When(command => command.Items.Count == 0).WithMessage("Add an entry, or confirm that there is none.");
            RuleFor(command => command.Items).Must(items => items.Count <= 100).WithMessage("A list holds at most 100 entries.");
            RuleForEach(command => command.Items).ChildRules(item => item.RuleFor(row => row.Date).NotNull().WithMessage("Enter the day. If it is not known exactly, the latest day it can have been."));
        }
    }

    internal sealed class Handler(ProfileEditing editing, ClinicTime time, RuleBook book) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            var opened = await editing.OpenAsync(command.PatientId, command.Version, nameof(SaveProcedures), token);
            if (opened is not { Value: { } patient })
            {
                return opened.Failure!;
            }

            var today = await time.TodayAsync(token);
            if (Check(command, patient, today) is { } refusal)
            {
                return refusal;
            }

            patient.Procedures.RemoveAll(row => command.Items.All(item => item.Id != row.Id));
            foreach (var item in command.Items)
            {
                if (patient.Procedures.Find(p => p.Id == item.Id) is not { } row)
                {
                    patient.Procedures.Add(row = new PatientProcedure { Kind = item.Kind, Date = item.Date!.Value, NotedOn = today });
                }

                (row.Kind, row.Date, row.Areas) = (item.Kind, item.Date!.Value, [.. item.Areas.Distinct(StringComparer.Ordinal)]);
            }

            patient.ProceduresReviewedOn = today;
            return await editing.SaveAsync(patient, token);
        }

        private Failure? Check(Command command, Patient patient, DateOnly today)
        {
            var errors = new RowErrors();
            for (var i = 0; i < command.Items.Count; i++)
            {
                var item = command.Items[i];
                errors.Add(book.Knowledge.Vocabulary.EventKinds.All(kind => kind.Id != item.Kind), $"Items[{i}].Kind", "Choose one of the list.");
                errors.Add(item.Date < patient.BirthDate, $"Items[{i}].Date", "This day lies before the date of birth.");
                errors.Add(item.Date > today.AddYears(YearsAhead), $"Items[{i}].Date", "This day is more than two years ahead. Check the year.");
                errors.Add(item.Areas.Any(area => book.Knowledge.Areas.All(row => row.Id != area)), $"Items[{i}].Areas", "Choose areas from the list.");
            }

            return errors.Failure;
        }
    }
}
