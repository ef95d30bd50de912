using FluentValidation;
using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Patients;

/// <summary>Corrects how a patient is reached, without the chart. The audit trail keeps what it was and what it became.</summary>
public static class CorrectContact
{
    /// <summary>Answers with the patient's new version.</summary>
    [Requires(Permission.CorrectContact)]
    public sealed class Command : ICommand<Guid>, IContactData
    {
        public Guid CommandId { get; set; } = Guid.NewGuid();
        public Guid PatientId { get; set; }
        public Guid Version { get; set; }
        public string? Phone { get; set; }
        public string? Email { get; set; }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => Include(new ContactDataValidator());
    }

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, AuditTrail trail) : IRequestHandler<Command, Outcome<Guid>>
    {
        public async Task<Outcome<Guid>> Handle(Command command, CancellationToken token)
        {
            if (await access.ToContactAsync(command.PatientId, nameof(CorrectContact), token) is { } refusal)
            {
                return refusal;
            }

            var patient = await db.Patients.SingleAsync(p => p.Id == command.PatientId, token);
            if (patient.Version != command.Version)
            {
                return new Failure.Stale();
            }

            var (phone, email) = (PersonalDetails.Blank(command.Phone), PersonalDetails.Blank(command.Email));
            if (Difference("Phone", patient.Phone, phone) + Difference("E-mail", patient.Email, email) is { Length: > 0 } changed)
            {
                (patient.Phone, patient.Email) = (phone, email);
                patient.SearchText = SearchText.Of(patient);
                await db.SaveChangesAsync(token);
                trail.Changed(changed.TrimEnd());
            }

            return patient.Version;
        }

        private static string Difference(string field, string? before, string? after) => before == after ? "" : $"{field}: {before ?? "none"} → {after ?? "none"}. ";
    }
}
