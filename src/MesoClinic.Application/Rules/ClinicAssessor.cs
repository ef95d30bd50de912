using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Rules;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>Asks the rule book about patients as the clinic knows them. Every path that can lead to a needle passes here, inside its own transaction.</summary>
public sealed class ClinicAssessor(ClinicDbContext db, CurrentRuleBook books, ClinicTime time, CurrentUser user, KeptAssessments kept)
{
    /// <summary>Facts and plan as they stand in the database and in this context, for a treatment on that day.</summary>
    /// <param name="plan">What is planned; a session adds its own fields to the result with a <c>with</c> expression.</param>
    public async Task<AssessmentRequest> RequestAsync(Guid patientId, PlannedTreatment plan, AppointmentKind kind, DateOnly date, Stage stage, CancellationToken token)
    {
        var book = await books.RefreshAsync(db, token);
        var today = await time.TodayAsync(token);
        var patient = await db.Patients
            .Include(p => p.Conditions).Include(p => p.Medications).Include(p => p.Allergies).Include(p => p.Procedures).Include(p => p.Answers).Include(p => p.Measurements)
            .SingleAsync(p => p.Id == patientId, token);
        var facts = FactsOf.At(patient, today, stage, book.Knowledge);

        // A guardian's consent is a signed record, never a tick box.
        if (await db.Consents.AnyAsync(c => c.PatientId == patientId && c.SignedByGuardian && c.WithdrawnUtc == null, token))
        {
            facts = facts with { Answers = new Dictionary<string, string?>(facts.Answers, StringComparer.Ordinal) { ["q-guardian-consent"] = "yes" } };
        }

        return new AssessmentRequest
        {
            Date = date,
            Stage = stage,
            Purpose = PurposeOf(kind),
            HistoryComplete = true,
            Hemisphere = await db.Clinics.AsNoTracking().Select(clinic => clinic.Hemisphere).SingleAsync(token),
            Patient = facts,
            Plan = await PlanAsync(patientId, plan, date, token),
        };
    }

    /// <summary>Judges and keeps nothing: a date being tried, a cocktail being mixed.</summary>
    public Assessment Preview(AssessmentRequest request) => books.Book.Assess(request);

    /// <summary>Judges and keeps the assessment for ever, even if the command is refused because of it.</summary>
    public StoredAssessment Assess(AssessmentRequest request, Guid patientId, Guid? appointmentId = null, Guid? sessionId = null)
    {
        var result = books.Book.Assess(request);
        var stored = new StoredAssessment
        {
            PatientId = patientId,
            AppointmentId = appointmentId,
            SessionId = sessionId,
            AtUtc = time.UtcNow,
            ById = user.Id.GetValueOrDefault(),
            Facts = request,
            Result = result,
            Decision = result.Decision,
            RuleBook = result.RuleBook,
        };
        db.Assessments.Add(stored);
        kept.Add(stored);
        return stored;
    }

    /// <summary>Judges an appointment that is still to come, as it is booked, and keeps the assessment.</summary>
    public async Task<StoredAssessment> AssessComingAsync(Appointment appointment, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(appointment);
        var stage = appointment.State == AppointmentState.CheckedIn ? Stage.Visit : Stage.Booking;
        var date = DateOnly.FromDateTime(appointment.WallStart);
        var request = await RequestAsync(appointment.PatientId, appointment.Plan ?? new PlannedTreatment(), appointment.Kind, date, stage, token);
        return Assess(request, appointment.PatientId, appointment.Id);
    }

    private static Purpose PurposeOf(AppointmentKind kind) => kind switch
    {
        AppointmentKind.Consultation => Purpose.Consultation,
        AppointmentKind.AllergyTest => Purpose.AllergyTest,
        AppointmentKind.FollowUp => Purpose.FollowUp,
        _ => Purpose.Session,
    };

    private async Task<TreatmentPlan> PlanAsync(Guid patientId, PlannedTreatment plan, DateOnly date, CancellationToken token)
    {
        var sessions = await db.Sessions.AsNoTracking()
            .Where(s => s.PatientId == patientId && s.SignedUtc != null)
            .Select(s => new { s.Indication, s.EndedUtc, Products = s.Cocktail.Select(line => line.Lot!.Product!.Ingredients).ToList() })
            .ToListAsync(token);
        var before = new List<DateOnly>();
        foreach (var session in sessions.Where(s => s.EndedUtc is not null))
        {
            before.Add(DateOnly.FromDateTime(await time.ToWallAsync(session.EndedUtc!.Value, token)));
        }

        var used = sessions.SelectMany(s => s.Products).SelectMany(p => p).Select(p => p.Ingredient).ToHashSet(StringComparer.Ordinal);
        var firstUsed = plan.Ingredients.Where(ingredient => !used.Contains(ingredient)).ToList();
        var tested = await db.AllergyTests.AsNoTracking().Where(t => t.PatientId == patientId && t.Negative == true).Select(t => t.Ingredient).ToListAsync(token);
        return new TreatmentPlan
        {
            Indication = plan.Indication,
            Areas = plan.Areas.Count == 0 ? null : plan.Areas,
            Technique = plan.Technique,
            Administration = plan.Administration,
            Ingredients = plan.Ingredients.Count == 0 ? null : plan.Ingredients,
            SessionNumber = 1 + sessions.Count(s => s.Indication == plan.Indication),
            LastSession = before.Where(day => day <= date).Select(day => (DateOnly?)day).Max(),
            FirstUseOfProduct = plan.Ingredients.Count == 0 ? null : firstUsed.Count > 0,
            SkinTestDocumented = plan.Ingredients.Count == 0 ? null : !firstUsed.Except(tested, StringComparer.Ordinal).Any(),
            ConsultationDone = await db.Appointments.AnyAsync(a => a.PatientId == patientId && a.Kind == AppointmentKind.Consultation && a.State == AppointmentState.Done, token),
            Setting = "clinic",
        };
    }
}
