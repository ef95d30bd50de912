using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Domain;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Patients;

/// <summary>Opens a record for a new person. The cosmetologist who does it is assigned.</summary>
public static class RegisterPatient
{
    [Requires(Permission.RegisterPatients)]
    public sealed class Command : ICommand<Guid>, IPersonalDetails
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public string GivenName { get; set; } = "";
        public string FamilyName { get; set; } = "";
        public DateOnly? BirthDate { get; set; }
        public Sex Sex { get; set; } = Sex.Unknown;
        public string? Phone { get; set; }
        public string? Email { get; set; }
        public string Language { get; set; } = "en";
        public bool MayBeContacted { get; set; }

        /// <summary>Somebody looked at the people with the same name and birth date, and this is another one.</summary>
        public bool IsAnotherPerson { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => Include(new PersonalDetailsValidator());
    }

    internal sealed class Handler(ClinicDbContext db, CurrentUser user, ClinicTime time, AuditTrail trail) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            if (command.BirthDate > await time.TodayAsync(token))
            {
                return PersonalDetails.BornInTheFuture;
            }

            if (!command.IsAnotherPerson && (await Duplicates.OfAsync(db, command.GivenName, command.FamilyName, command.BirthDate!.Value, token)).Count > 0)
            {
                return new Failure.Invalid(nameof(Command.IsAnotherPerson), "Somebody with this name and date of birth is registered already. Open that record, or confirm that this is another person.");
            }

            var patient = new Patient { GivenName = "", FamilyName = "", BirthDate = default, RegisteredUtc = time.UtcNow, RegisteredById = user.RequiredId };
            PersonalDetails.Write(command, patient);
            db.Patients.Add(patient);
            if (user.IsCosmetologist && await db.Staff.AnyAsync(member => member.Id == user.RequiredId, token))
            {
                db.PatientAssignments.Add(new PatientAssignment { PatientId = patient.Id, StaffMemberId = user.RequiredId, AssignedUtc = time.UtcNow });
            }

            await db.SaveChangesAsync(token);
            trail.Concerns(patient.Id);
            return patient.Id;
        }
    }
}
