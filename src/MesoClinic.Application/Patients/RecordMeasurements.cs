using FluentValidation;
using MediatR;
using MesoClinic.Domain.Patients;

namespace MesoClinic.Application.Patients;

/// <summary>Adds what was measured today, and the phototype. An empty field changes nothing.</summary>
public static class RecordMeasurements
{
    /// <summary>Answers with the patient's new version.</summary>
    [Requires(Permission.EditCharts)]
    public sealed class Command : IProfileCommand
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid PatientId { get; set; }
        public Guid Version { get; set; }

        /// <summary>In °C.</summary>
        public decimal? Temperature { get; set; }

        /// <summary>In mmHg.</summary>
        public decimal? Systolic { get; set; }
        public decimal? Diastolic { get; set; }

        /// <summary>In mmol/mol.</summary>
        public decimal? HbA1c { get; set; }

        /// <summary>In kg.</summary>
        public decimal? Weight { get; set; }

        /// <summary>Phototype, 1 to 6.</summary>
        public int? Fitzpatrick { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Temperature).InclusiveBetween(30, 45).WithMessage("A body temperature lies between 30 and 45 °C.");
            RuleFor(c => c.Systolic).InclusiveBetween(50, 300).WithMessage("The upper value lies between 50 and 300 mmHg.");
            RuleFor(c => c.Diastolic).InclusiveBetween(30, 200).WithMessage("The lower value lies between 30 and 200 mmHg.")
                .Must((c, lower) => lower is null || c.Systolic is null || lower < c.Systolic).WithMessage("The lower value must be below the upper one.");
            RuleFor(c => c.HbA1c).InclusiveBetween(10, 200).WithMessage("HbA1c lies between 10 and 200 mmol/mol.");
            RuleFor(c => c.Weight).InclusiveBetween(2, 400).WithMessage("A body weight lies between 2 and 400 kg.");
            RuleFor(c => c.Fitzpatrick).InclusiveBetween(1, 6).WithMessage("The phototype is I to VI.");
            RuleFor(c => c).Must(c => c.Temperature is not null || c.Systolic is not null || c.Diastolic is not null || c.HbA1c is not null || c.Weight is not null || c.Fitzpatrick is not null)
                .OverridePropertyName("").WithMessage("Enter at least one value.");
        }
    }

    internal sealed class Handler(ProfileEditing editing, ClinicTime time) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            var opened = await editing.OpenAsync(command.PatientId, command.Version, nameof(RecordMeasurements), token);
            if (opened is not { Value: { } patient })
            {
                return opened.Failure!;
            }

            var today = await time.TodayAsync(token);
            (string Name, decimal? Value)[] measured =
                [("temperature_c", command.Temperature), ("systolic_mmhg", command.Systolic), ("diastolic_mmhg", command.Diastolic), ("hba1c_mmol_mol", command.HbA1c)];
            foreach (var (name, value) in measured)
            {
                if (value is { } read)
                {
                    patient.Measurements.Add(new Measurement { Name = name, Value = read, TakenOn = today, TakenUtc = time.UtcNow });
                }
            }

            patient.WeightKg = command.Weight ?? patient.WeightKg;
            patient.Fitzpatrick = command.Fitzpatrick ?? patient.Fitzpatrick;
            return await editing.SaveAsync(patient, token);
        }
    }
}
