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
        await books.RefreshAsync(db, token);
        var patient = await WithProfile(db.Patients).SingleAsync(p => p.Id == patientId, token);
        return await RequestAsync(patient, await TreatmentHistory.OfAsync(db, [patientId], token), plan, kind, date, stage, token);
    }

    /// <summary>The rules by which the clinic judges now.</summary>
    public RuleBook Book => books.Book;

    /// <summary>The same for an appointment. One that belongs to a course is judged as the session that follows those booked before it.</summary>
    public async Task<AssessmentRequest> RequestAsync(Appointment appointment, DateOnly date, Stage stage, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(appointment);
        var request = await RequestAsync(appointment.PatientId, appointment.Plan ?? new PlannedTreatment(), appointment.Kind, date, stage, token);
        return appointment.CourseId is { } course ? (await BookedSessions.OfAsync(db, [course], token)).Place(request, appointment) : request;
    }

    /// <summary>Judges and keeps nothing: a date being tried, a cocktail being mixed.</summary>
    public Assessment Preview(AssessmentRequest request) => books.Book.Assess(request);

    /// <summary>Judges and keeps the assessment for ever, even if the command is refused because of it.</summary>
    public StoredAssessment Assess(AssessmentRequest request, Guid patientId, Guid? appointmentId = null, Guid? sessionId = null)
    {
        var (result, now) = (books.Book.Assess(request), time.UtcNow);
        var stored = new StoredAssessment
        {
            PatientId = patientId,
            AppointmentId = appointmentId,
            SessionId = sessionId,
            AtUtc = now,
            ById = user.Id.GetValueOrDefault(),
            Facts = request,
            Result = result,
            Decision = result.Decision,
            RuleBook = result.RuleBook,
            Fired = FiredRule.Of(result, now),
        };
        db.Assessments.Add(stored);
        kept.Add(stored);
        return stored;
    }

    /// <summary>Judges appointments that are still to come, as they are booked, and keeps the assessments. What is known of the patients must be saved already.</summary>
    public async Task<IReadOnlyList<(Appointment Appointment, StoredAssessment Assessment)>> AssessComingAsync(IReadOnlyList<Appointment> coming, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(coming);
        await books.RefreshAsync(db, token);
        List<Guid> ids = [.. coming.Select(appointment => appointment.PatientId).Distinct()];
        var patients = await WithProfile(db.Patients.AsNoTracking()).Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, token);
        var history = await TreatmentHistory.OfAsync(db, ids, token);
        var booked = await BookedSessions.OfAsync(db, [.. coming.Select(appointment => appointment.CourseId).OfType<Guid>().Distinct()], token);
        var assessed = new List<(Appointment, StoredAssessment)>(coming.Count);
        foreach (var appointment in coming)
        {
            var stage = appointment.State == AppointmentState.CheckedIn ? Stage.Visit : Stage.Booking;
            var date = DateOnly.FromDateTime(appointment.WallStart);
            var request = await RequestAsync(patients[appointment.PatientId], history, appointment.Plan ?? new PlannedTreatment(), appointment.Kind, date, stage, token);
            assessed.Add((appointment, Assess(booked.Place(request, appointment), appointment.PatientId, appointment.Id)));
        }

        return assessed;
    }

    private async Task<AssessmentRequest> RequestAsync(
        Patient patient, TreatmentHistory history, PlannedTreatment plan, AppointmentKind kind, DateOnly date, Stage stage, CancellationToken token)
    {
        var facts = FactsOf.At(patient, await time.TodayAsync(token), stage, books.Book.Knowledge);

        // A guardian's consent is a signed record, never a tick box.
        if (history.GuardianConsents.Contains(patient.Id))
        {
            facts = facts with { Answers = new Dictionary<string, string?>(facts.Answers, StringComparer.Ordinal) { ["q-guardian-consent"] = "yes" } };
        }

        return new AssessmentRequest
        {
            Date = date,
            Stage = stage,
            Purpose = PurposeOf(kind),
            HistoryComplete = true,
            Hemisphere = history.Hemisphere,
            Patient = facts,
            Plan = PlanOf(patient.Id, history, plan, date, await time.ZoneAsync(token)),
        };
    }

    private static IQueryable<Patient> WithProfile(IQueryable<Patient> patients) =>
        patients.Include(p => p.Conditions).Include(p => p.Medications).Include(p => p.Allergies).Include(p => p.Procedures).Include(p => p.Answers).Include(p => p.Measurements);

    private static Purpose PurposeOf(AppointmentKind kind) => kind switch
    {
        AppointmentKind.Consultation => Purpose.Consultation,
        AppointmentKind.AllergyTest => Purpose.AllergyTest,
        AppointmentKind.FollowUp => Purpose.FollowUp,
        _ => Purpose.Session,
    };

    private static TreatmentPlan PlanOf(Guid patient, TreatmentHistory history, PlannedTreatment plan, DateOnly date, TimeZoneInfo zone)
    {
        var sessions = history.Sessions[patient].ToList();
        var tests = history.Tests[patient].ToDictionary(test => test.Ingredient, test => test.Negative, StringComparer.Ordinal);

        // Skin that reacted meets the ingredient as if for the first time, whatever it bore before.
        var firstUsed = plan.Ingredients
            .Where(ingredient => (tests.TryGetValue(ingredient, out var negative) && !negative) || !sessions.Exists(session => session.Ingredients.Contains(ingredient, StringComparer.Ordinal)))
            .ToList();
        return new TreatmentPlan
        {
            Indication = plan.Indication,
            Areas = plan.Areas.Count == 0 ? null : plan.Areas,
            Technique = plan.Technique,
            Administration = plan.Administration,
            Ingredients = plan.Ingredients.Count == 0 ? null : plan.Ingredients,
            SessionNumber = 1 + sessions.Count(session => session.Indication == plan.Indication),
            LastSession = sessions.Select(session => session.EndedOn(zone)).Where(day => day <= date).Max(),
            Given = [.. sessions.Where(session => session.EndedOn(zone) <= date).SelectMany(session => session.Ingredients.Distinct(StringComparer.Ordinal), (session, ingredient) => new GivenIngredient(ingredient, session.EndedOn(zone)!.Value))],
            FirstUseOfProduct = plan.Ingredients.Count == 0 ? null : firstUsed.Count > 0,
            SkinTestDocumented = plan.Ingredients.Count == 0 ? null : firstUsed.TrueForAll(ingredient => tests.GetValueOrDefault(ingredient)),
            ConsultationDone = history.Consulted.Contains(patient),
            Setting = "clinic",
        };
    }
}
