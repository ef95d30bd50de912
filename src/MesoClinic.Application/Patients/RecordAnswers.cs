using FluentValidation;
using MediatR;
using MesoClinic.Domain.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Patients;

/// <summary>Adds today's answers to several questions at once. Earlier answers stay on the record.</summary>
public static class RecordAnswers
{
    /// <summary>Answers with the patient's new version.</summary>
    [Requires(Permission.EditCharts)]
    public sealed class Command : IProfileCommand
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid PatientId { get; set; }
        public Guid Version { get; set; }
        public List<Item> Items { get; set; } = [];
    }

    public sealed class Item
    {
        public string Question { get; set; } = "";

        /// <summary>"yes", "no", an option of the question, or <see cref="Answers.DoNotKnow"/>.</summary>
        public string Value { get; set; } = "";
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Items).Must(items => items.Count is > 0 and <= 200).WithMessage("Answer at least one question.");
    }

    internal sealed class Handler(ProfileEditing editing, ClinicTime time, CurrentUser user, RuleBook book) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            var opened = await editing.OpenAsync(command.PatientId, command.Version, nameof(RecordAnswers), token);
            if (opened is not { Value: { } patient })
            {
                return opened.Failure!;
            }

            var errors = new RowErrors();
            var today = await time.TodayAsync(token);
            for (var i = 0; i < command.Items.Count; i++)
            {
                var item = command.Items[i];
                var question = book.Knowledge.Questions.Questions.FirstOrDefault(q => q.Id == item.Question);
                errors.Add(item.Question == ClinicAssessor.GuardianConsent, $"Items[{i}].Value", "A guardian's consent is a signed record. Have the consent signed.");
                errors.Add(question is null || !Answers.IsOption(question, item.Value), $"Items[{i}].Value", "Choose one of the answers.");
                patient.Answers.Add(Answers.Of(item.Question, item.Value, today, time.UtcNow, user.RequiredId));
            }

            return errors.Failure is { } refusal ? refusal : await editing.SaveAsync(patient, token);
        }
    }
}

public static class Answers
{
    /// <summary>Asked, and the person does not know: unknown, never "no".</summary>
    public const string DoNotKnow = "unknown";

    internal static bool IsOption(Question question, string? value) => value == DoNotKnow || question.Options.Contains(value, StringComparer.Ordinal);

    internal static PatientAnswer Of(string question, string value, DateOnly today, DateTime nowUtc, Guid by) =>
        new() { Question = question, Value = value == DoNotKnow ? null : value, AskedOn = today, AskedUtc = nowUtc, AskedById = by };
}
