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
    private static readonly PerModel<Func<ClinicDbContext, Guid, CancellationToken, Task<Patient>>> ReadSaved = new(() => EF.CompileAsyncQuery((ClinicDbContext db, Guid id, CancellationToken _) =>
        db.Patients.AsNoTracking().Include(p => p.Conditions).Include(p => p.Medications).Include(p => p.Allergies).Include(p => p.Procedures).Include(p => p.Answers).Include(p => p.Measurements)
            .Single(p => p.Id == id)));

    /// <summary>The question that only a signed consent answers.</summary>
    internal const string GuardianConsent = "q-guardian-consent";

    /// <summary>The book that this operation judges by: the one its last question found in force.</summary>
    private RuleBook? book;

    /// <summary>The rules by which the clinic judges now.</summary>
    public RuleBook Book => book ?? books.Book;

    /// <summary>Facts and plan as they stand in the database and in this context, for a treatment on that day.</summary>
    /// <param name="plan">What is planned; a session adds its own fields to the result with a <c>with</c> expression.</param>
    /// <param name="appointmentId">The appointment that is asked about: its own time and session are not among what was done before.</param>
    public async Task<AssessmentRequest> RequestAsync(Guid patientId, PlannedTreatment plan, AppointmentKind kind, DateOnly date, Stage stage, Guid? appointmentId, CancellationToken token) =>
        (await RequestsAsync(patientId, plan, kind, stage, appointmentId, token))(date);

    /// <summary>The same question for any day.</summary>
    public async Task<Func<DateOnly, AssessmentRequest>> RequestsAsync(Guid patientId, PlannedTreatment plan, AppointmentKind kind, Stage stage, Guid? appointmentId, CancellationToken token)
    {
        book = await books.RefreshAsync(db, token);
        // What was changed and is not saved yet counts: only where nothing was, the database alone is asked.
        var patient = db.ChangeTracker.HasChanges() ? await WithProfile(db.Patients).SingleAsync(p => p.Id == patientId, token) : await ReadSaved.For(db)(db, patientId, token);
        var day = await DayAsync(token);
        var history = await TreatmentHistory.OfAsync(db, [patientId], time.UtcNow, day.Today, token);
        return date => Request(patient, history, plan, kind, date, stage, appointmentId, day);
    }

    /// <summary>The same for an appointment. One that belongs to a course is judged as the session that follows those booked before it.</summary>
    public async Task<AssessmentRequest> RequestAsync(Appointment appointment, DateOnly date, Stage stage, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(appointment);
        var request = await RequestAsync(appointment.PatientId, appointment.Plan ?? new PlannedTreatment(), appointment.Kind, date, stage, appointment.Id, token);
        return appointment.CourseId is { } course ? (await BookedSessions.OfAsync(db, [course], time.UtcNow, await time.TodayAsync(token), token)).Place(request, appointment) : request;
    }

    /// <summary>Judges and keeps nothing: a date being tried, a cocktail being mixed.</summary>
    public Assessment Preview(AssessmentRequest request) => Book.Assess(request);

    /// <summary>Judges and keeps the assessment for ever, even if the command is refused because of it.</summary>
    public StoredAssessment Assess(AssessmentRequest request, Guid patientId, Guid? appointmentId = null, Guid? sessionId = null, bool byPortal = false)
    {
        var (result, now) = (Book.Assess(request), time.UtcNow);
        var stored = new StoredAssessment
        {
            PatientId = patientId,
            AppointmentId = appointmentId,
            SessionId = sessionId,
            AtUtc = now,
            ById = byPortal ? Guid.Empty : user.Id.GetValueOrDefault(),
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
        book = await books.RefreshAsync(db, token);
        List<Guid> ids = [.. coming.Select(appointment => appointment.PatientId).Distinct()];
        var patients = await WithProfile(db.Patients.AsNoTracking()).Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, token);
        var day = await DayAsync(token);
        var booked = await BookedSessions.OfAsync(db, [.. coming.Select(appointment => appointment.CourseId).OfType<Guid>().Distinct()], time.UtcNow, day.Today, token);
        var history = await TreatmentHistory.OfAsync(db, ids, time.UtcNow, day.Today, token);
        var assessed = new List<(Appointment, StoredAssessment)>(coming.Count);
        foreach (var appointment in coming)
        {
            var stage = appointment.State == AppointmentState.CheckedIn ? Stage.Visit : Stage.Booking;
            var date = DateOnly.FromDateTime(appointment.WallStart);
            var request = Request(patients[appointment.PatientId], history, appointment.Plan ?? new PlannedTreatment(), appointment.Kind, date, stage, appointment.Id, day);
            assessed.Add((appointment, Assess(booked.Place(request, appointment), appointment.PatientId, appointment.Id)));
        }

        return assessed;
    }

    private async Task<(DateOnly Today, TimeZoneInfo Zone)> DayAsync(CancellationToken token) => (await time.TodayAsync(token), await time.ZoneAsync(token));

    private AssessmentRequest Request(
        Patient patient, TreatmentHistory history, PlannedTreatment plan, AppointmentKind kind, DateOnly date, Stage stage, Guid? appointmentId, (DateOnly Today, TimeZoneInfo Zone) day)
    {
        var facts = FactsOf.At(patient, day.Today, date, stage, Book.Knowledge);

        // A guardian's consent is a signed record, never a tick box: whatever was answered, the record says.
        if (history.GuardianConsents.Contains(patient.Id) || facts.Answers.ContainsKey(GuardianConsent))
        {
            var answers = new Dictionary<string, string?>(facts.Answers, StringComparer.Ordinal);
            answers.Remove(GuardianConsent);
            if (history.GuardianConsents.Contains(patient.Id))
            {
                answers[GuardianConsent] = "yes";
            }

            facts = facts with { Answers = answers };
        }

        return new AssessmentRequest
        {
            Date = date,
            Stage = stage,
            Purpose = PurposeOf(kind),
            HistoryComplete = true,
            Hemisphere = history.Hemisphere,
            Patient = facts,
            Plan = PlanOf(patient.Id, history, plan, date, stage, appointmentId, day.Zone),
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

    private static TreatmentPlan PlanOf(Guid patient, TreatmentHistory history, PlannedTreatment plan, DateOnly date, Stage stage, Guid? appointmentId, TimeZoneInfo zone)
    {
        // Two of one day see each other while they are booked; once one has been checked in, it does not wait for the other.
        var sessions = history.Sessions[patient].Where(session => session.AppointmentId != appointmentId).ToList();
        var booked = history.Booked[patient].Where(session => session.AppointmentId != appointmentId && (session.Day < date || (stage == Stage.Booking && session.Day == date)));
        var tests = history.NewestTests[patient].ToList();
        var firstUsed = plan.Ingredients.Except(sessions.SelectMany(session => session.Judged), StringComparer.Ordinal).ToList();
        return new TreatmentPlan
        {
            Indication = plan.Indication,
            Areas = plan.Areas.Count == 0 ? null : plan.Areas,
            Technique = plan.Technique,
            Administration = plan.Administration,
            Ingredients = plan.Ingredients.Count == 0 ? null : plan.Ingredients,
            SessionNumber = 1 + sessions.Count(session => session.Indication == plan.Indication),
            LastSession = sessions.Select(session => session.Day(zone)).Where(day => day <= date).Concat(booked.Select(session => session.Day)).Max(day => (DateOnly?)day),
            Given = [.. sessions.Where(session => session.Day(zone) <= date).SelectMany(session => session.Ingredients.Distinct(StringComparer.Ordinal), (session, ingredient) => new GivenIngredient(ingredient, session.Day(zone)))],
            FirstUseOfProduct = plan.Ingredients.Count == 0 ? null : firstUsed.Count > 0,
            SkinTestDocumented = plan.Ingredients.Count == 0 ? null : !firstUsed.Except(tests.Where(test => test.IsCleared).Select(test => test.Ingredient), StringComparer.Ordinal).Any(),
            SkinTestReacted = plan.Ingredients.Count == 0 ? null : tests.Exists(test => test.Negative == false && plan.Ingredients.Contains(test.Ingredient, StringComparer.Ordinal)),
            ConsultationDone = history.Consulted.Contains(patient),
            Setting = "clinic",
        };
    }
}
