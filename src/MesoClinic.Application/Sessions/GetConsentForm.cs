using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Sessions;

/// <summary>The text to be read and signed at the clinic.</summary>
public static class GetConsentForm
{
    [Requires(Permission.RecordSessions)]
    public sealed class Query : IQuery<Result>
    {
        public ConsentKind Kind { get; set; }

        /// <summary>The appointment that is treated; photos name only the patient.</summary>
        public Guid? AppointmentId { get; set; }
        public Guid? PatientId { get; set; }
        public IReadOnlyList<string> Areas { get; set; } = [];
        public string? Technique { get; set; }
        public IReadOnlyList<string> Ingredients { get; set; } = [];
    }

    public sealed record Result(ConsentForm Form, string Witness);

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, CurrentUser user, ConsentForms forms, RuleBook book) : IRequestHandler<Query, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token)
        {
            var id = query.AppointmentId is { } appointment ? await db.Appointments.Where(a => a.Id == appointment).Select(a => (Guid?)a.PatientId).SingleOrDefaultAsync(token) : query.PatientId;
            if (id is not { } patientId)
            {
                return new Failure.NotFound();
            }

            if (await access.ToChartAsync(patientId, "Consent form", token, query.AppointmentId) is { } refusal)
            {
                return refusal;
            }

            var (subject, incomplete) = ConsentForms.Check(book, query.Kind, query.Areas, query.Technique, query.Ingredients);
            if (subject is null)
            {
                return incomplete!;
            }

            var patient = await db.Patients.AsNoTracking().SingleAsync(p => p.Id == patientId, token);
            var witness = await db.Staff.Where(s => s.Id == user.RequiredId).Select(s => s.Name).SingleOrDefaultAsync(token);
            return new Result(await forms.WriteAsync(patient, subject, token), witness ?? "");
        }
    }
}
