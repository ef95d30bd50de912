using FluentValidation;
using MediatR;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Application.Patients;

/// <summary>Corrects who a person is and how to reach them. Age and sex decide rules, so treatments to come are assessed again.</summary>
public static class UpdatePatientDetails
{
    /// <summary>Answers with the patient's new version.</summary>
    [Requires(Permission.EditCharts)]
    public sealed class Command : ICommand<Guid>, IPersonalDetails
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid PatientId { get; set; }
        public Guid Version { get; set; }
        public string GivenName { get; set; } = "";
        public string FamilyName { get; set; } = "";
        public DateOnly? BirthDate { get; set; }
        public Sex Sex { get; set; }
        public string? Phone { get; set; }
        public string? Email { get; set; }
        public string Language { get; set; } = "en";
        public bool MayBeContacted { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => Include(new PersonalDetailsValidator());
    }

    internal sealed class Handler(ProfileEditing editing, ClinicTime time) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            var opened = await editing.OpenAsync(command.PatientId, command.Version, nameof(UpdatePatientDetails), token);
            if (opened is not { Value: { } patient })
            {
                return opened.Failure!;
            }

            if (command.BirthDate > await time.TodayAsync(token))
            {
                return PersonalDetails.BornInTheFuture;
            }

            PersonalDetails.Write(command, patient);
            return await editing.SaveAsync(patient, token);
        }
    }
}
