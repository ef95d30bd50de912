using FluentValidation;
using MesoClinic.Domain;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Triage;
using Severity = MesoClinic.Rules.Knowledge.Severity;

namespace MesoClinic.Application.Complications;

/// <summary>What a form about a problem carries, on each of its steps. A posted form leaves out what is empty; here it is empty, never null.</summary>
public class ProblemReport
{
    /// <summary>One of the vocabulary's symptoms.</summary>
    public string? Symptom { get; set; }

    /// <summary>Treatment areas where it is; none: not said.</summary>
    public IReadOnlyList<string> Areas { get; set => field = value ?? []; } = [];

    /// <summary>When it began, on the clinic's wall clock. An emergency needs none.</summary>
    public DateOnly? BeganOn { get; set; }
    public TimeOnly? BeganAt { get; set; }
    public Severity? Severity { get; set; }

    /// <summary>Answers by modifier; an empty text is not answered.</summary>
    public Dictionary<string, string> Answers { get; set => field = value ?? new(StringComparer.Ordinal); } = new(StringComparer.Ordinal);

    /// <summary>In the person's own words.</summary>
    public string Words { get; set => field = value ?? ""; } = "";
}

/// <summary>The shape of a report. Of an emergency nothing but the symptom is needed.</summary>
internal sealed class ProblemReportValidator : AbstractValidator<ProblemReport>
{
    public const int MostWords = 1000;

    public ProblemReportValidator(TriageTable table)
    {
        bool AsksMore(ProblemReport report) => table.Symptoms.FirstOrDefault(choice => choice.Symptom.Id == report.Symptom) is { RedFlag: false };

        RuleFor(report => report.Symptom)
            .Cascade(CascadeMode.Stop)
            .NotEmpty().WithMessage("Choose what is wrong.")
            .Must(symptom => table.Symptoms.Any(choice => choice.Symptom.Id == symptom)).WithMessage("Choose one of the list.");
        RuleFor(report => report.BeganOn).NotNull().When(AsksMore).WithMessage("Say on which day it began.");
        RuleFor(report => report.BeganAt).NotNull().When(AsksMore).WithMessage("Say at what time it began. About is enough.");
        RuleFor(report => report.Severity).NotNull().When(AsksMore).WithMessage("Say how bad it is.");
        RuleFor(report => report.Severity).IsInEnum().WithMessage("Choose one of these.");
        RuleFor(report => report.Words).MaximumLength(MostWords).WithMessage($"Write at most {MostWords} characters.");
        RuleFor(report => report.Areas).Must(areas => areas.Count <= 40 && areas.All(area => area.Length <= Limits.Code)).WithMessage("Choose areas of the list.");
        RuleFor(report => report.Answers).Must(answers => answers.Count <= 40).WithMessage("Answer the questions of the form.");
    }
}
