using MesoClinic.Application.Booking;
using MesoClinic.Application.Sessions;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Clinics;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Complications;
using MesoClinic.Domain.Courses;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Application.Clinics.Demo;

/// <summary>A year of appointments and sessions: consultation, allergy test, a course at weekly steps, and what comes next.</summary>
internal sealed class DemoHistory(RuleBook book, Clinic clinic, DemoPhotos photos, DemoStock stock, IReadOnlyList<Room> rooms, Rota rota, TimeZoneInfo zone, DateTime now, DateOnly today, DemoIds ids)
{
    private const int SessionMinutes = 40;
    private const int MostRecalled = 3;
    private readonly DemoDiary diary = new(rota, today);
    private readonly DemoPoints points = new();
    private readonly List<Patient> patients = [];
    private readonly List<AllergyTest> tests = [];
    private readonly List<Consent> consents = [];
    private readonly List<Session> sessions = [];
    private readonly List<StoredAssessment> assessments = [];
    private readonly List<Course> courses = [];
    private readonly List<WaitlistEntry> waiting = [];
    private readonly List<Complication> complications = [];
    private readonly List<DemoDeed> deeds = [];

    /// <summary>Of the patient whose history is being told.</summary>
    private Course? current;

    public List<Appointment> Appointments { get; } = [];
    public IReadOnlyList<DemoDeed> Deeds => deeds;

    public void Add(DemoPatient seed, Patient patient, StaffMember practitioner)
    {
        patients.Add(patient);
        var plan = DemoPlans.PlanOf(book.Indications[seed.Indication], stock);
        var course = Enumerable.Range(0, seed.Sessions).Select(n => today.AddDays(-seed.LastSessionDaysAgo - (7 * (seed.Sessions - 1 - n)))).ToList();
        if (seed.Kind != "consultation")
        {
            var first = course.Count > 0 ? course[0] : today;
            Done(patient, practitioner, AppointmentKind.Consultation, first.AddDays(-10), 30, plan);
            AddTests(patient, practitioner, plan, first.AddDays(-7), isRead: seed.Kind != "allergy-test");
        }

        if (seed.Sessions > 0)
        {
            current = DemoCourses.Of(seed, patient, practitioner, plan, book, today, now, ids);
            courses.Add(current);
            if (DemoCourses.WaitOf(seed, current, practitioner, today, now, ids) is { } waits)
            {
                waiting.Add(waits);
            }
        }

        for (var number = 1; number <= course.Count; number++)
        {
            AddSession(seed, patient, practitioner, plan, course[number - 1], number, number == 1 ? null : course[number - 2]);
        }

        if (seed.Next is { } days)
        {
            Next(seed, patient, practitioner, plan, today.AddDays(days));
        }

        current = null;
        DemoComplications.AddFor(seed, patient, sessions, practitioner, book, now, ids, complications);
    }

    /// <summary>Sessions come unsigned: their lines can only be added before the signature, as for everybody else.</summary>
    public IEnumerable<object> Records => [.. patients, .. courses, .. waiting, .. Appointments, .. tests, .. consents, .. assessments, .. sessions, .. photos.Records, .. complications];

    /// <summary>Patients of the lot that was recalled.</summary>
    public HashSet<Guid> ReceivedRecalled { get; } = [];

    private void AddSession(DemoPatient seed, Patient patient, StaffMember practitioner, PlannedTreatment plan, DateOnly day, int number, DateOnly? last)
    {
        var appointment = Done(patient, practitioner, AppointmentKind.Session, day, SessionMinutes, plan);
        var cocktail = stock.CocktailOf(plan.Ingredients, day > today.AddDays(-85) && day < today.AddDays(-21) && (ReceivedRecalled.Contains(patient.Id) || ReceivedRecalled.Count < MostRecalled));
        if (cocktail.Any(part => part.Lot == stock.Recalled))
        {
            ReceivedRecalled.Add(patient.Id);
        }

        var perLine = number == 1 ? 0.3m : 0.36m;
        var planned = plan.Technique == "tech-nappage" ? 40 + (number / 3 * 8) : 16 + (number / 3 * 2);
        var session = new Session
        {
            Id = ids.Next(),
            AppointmentId = appointment.Id,
            PatientId = patient.Id,
            PractitionerId = practitioner.Id,
            Number = number,
            Indication = plan.Indication,
            Technique = plan.Technique,
            Administration = plan.Administration,
            NeedleOuterDiameterMm = 0.3m,
            DepthMm = plan.Technique == "tech-nappage" ? 1.5m : 2m,
            VolumePerInjectionMl = plan.Technique == "tech-nappage" ? 0.014m : 0.05m,
            InjectionSpeed = "slow",
            NewSealedAmpoules = true,
            AsepsisDone = [.. book.Knowledge.AsepsisSteps.Select(step => step.Id)],
            Cocktail = [.. cocktail.Select((part, position) => new CocktailLine { Id = ids.Next(), Position = position, LotId = part.Lot.Id, VolumeMl = perLine, Ampoules = 1, ProductName = part.Product.Name, LotNumber = part.Lot.Number, LotExpiresOn = part.Lot.ExpiresOn, Ingredients = [.. part.Product.Ingredients] })],
            OpenedUtc = appointment.StartUtc.AddMinutes(2),
            EndedUtc = appointment.StartUtc.AddMinutes(SessionMinutes - 6),
        };
        session.Begin(appointment.StartUtc.AddMinutes(8));

        // Each area was done once they had begun.
        session.Areas.AddRange(points.Over(plan.Areas, plan.Technique, planned));
        session.Points = session.Totals.Points ?? planned;
        var consent = DemoPlans.ConsentOf(book, clinic, patient, appointment, plan, practitioner, ids);
        consents.Add(consent);
        (session.ConsentId, session.Consent) = (consent.Id, consent);
        sessions.Add(session);
        deeds.Add(new DemoDeed(session.EndedUtc.Value, practitioner.Id, "SignSession", patient.Id, session.Id));

        var assessment = AssessmentOf(session, patient, plan, last);
        (appointment.AssessmentId, appointment.Decision) = (assessment.Id, assessment.Decision);

        // The hash is of the record as it will stand, signed; it is stored unsigned first.
        session.SignedUtc = session.EndedUtc;
        session.ContentHash = SessionContent.HashOf(session, new SessionParts([SessionParts.Judged.Of(assessment)], photos.Take(seed, patient, practitioner, session), [], []));
        session.SignedUtc = null;
    }

    private StoredAssessment AssessmentOf(Session session, Patient patient, PlannedTreatment plan, DateOnly? last)
    {
        var started = session.StartedUtc!.Value;
        var request = new AssessmentRequest
        {
            Date = DateOnly.FromDateTime(started),
            Stage = Stage.Start,
            HistoryComplete = true,
            Patient = DemoPlans.FactsThen(patient),
            Plan = DemoPlans.StartPlan(session, plan, last, SessionMinutes),
        };
        var result = book.Assess(request);
        var assessment = new StoredAssessment
        {
            Id = ids.Next(),
            PatientId = patient.Id,
            AppointmentId = session.AppointmentId,
            SessionId = session.Id,
            AtUtc = started,
            ById = session.PractitionerId,
            Facts = request,
            Result = result,
            Decision = result.Decision,
            RuleBook = book.Hash,
            Fired = FiredRule.Of(result, started),
        };
        assessments.Add(assessment);
        return assessment;
    }

    private Appointment Done(Patient patient, StaffMember practitioner, AppointmentKind kind, DateOnly day, int minutes, PlannedTreatment plan)
    {
        var appointment = At(patient, practitioner, kind, day, minutes, plan);
        appointment.State = AppointmentState.Done;
        (appointment.ArrivedUtc, appointment.CheckedInUtc) = (appointment.StartUtc.AddMinutes(-6), appointment.StartUtc.AddMinutes(-2));
        deeds.Add(new DemoDeed(appointment.StartUtc, practitioner.Id, "GetChart", patient.Id, null));
        return appointment;
    }

    private void Next(DemoPatient seed, Patient patient, StaffMember practitioner, PlannedTreatment plan, DateOnly day)
    {
        var kind = seed.Kind switch
        {
            "consultation" => AppointmentKind.Consultation,
            "allergy-test" => AppointmentKind.AllergyTest,
            "follow-up" => AppointmentKind.FollowUp,
            _ => AppointmentKind.Session,
        };
        var appointment = At(patient, practitioner, kind, day, kind == AppointmentKind.Session ? SessionMinutes : 30, kind.IsTreatment() ? plan : null);
        if (appointment.EndUtc < now && kind != AppointmentKind.Session)
        {
            appointment.State = AppointmentState.Done;
        }
        else if (appointment.EndUtc < now)
        {
            appointment.State = AppointmentState.NoShow;
        }
        else
        {
            if (appointment.StartUtc < now.AddMinutes(20))
            {
                (appointment.State, appointment.ArrivedUtc) = (AppointmentState.Arrived, now.AddMinutes(-5));
            }

            appointment.ClaimSlots();
        }
    }

    private Appointment At(Patient patient, StaffMember practitioner, AppointmentKind kind, DateOnly day, int minutes, PlannedTreatment? plan)
    {
        var (start, room) = diary.FirstFree(practitioner.Id, day, minutes, rooms);
        var startUtc = TimeZoneInfo.ConvertTimeToUtc(start, zone);
        var appointment = new Appointment
        {
            Id = ids.Next(),
            PatientId = patient.Id,
            PractitionerId = practitioner.Id,
            RoomId = room.Id,
            CleaningMinutes = room.CleaningMinutes,
            Kind = kind,
            CourseId = kind == AppointmentKind.Session ? current?.Id : null,
            StartUtc = startUtc,
            EndUtc = startUtc.AddMinutes(minutes),
            WallStart = start,
            Plan = plan,
            BookedById = practitioner.Id,
            BookedUtc = startUtc.AddDays(-8) < now ? startUtc.AddDays(-8) : now.AddDays(-1),
        };
        Appointments.Add(appointment);
        return appointment;
    }

    private void AddTests(Patient patient, StaffMember practitioner, PlannedTreatment plan, DateOnly applied, bool isRead)
    {
        var day = applied > today ? today : applied;
        tests.AddRange(plan.Ingredients.Select(ingredient => new AllergyTest
        {
            Id = ids.Next(),
            PatientId = patient.Id,
            Ingredient = ingredient,
            LotId = stock.CocktailOf([ingredient]) is [var (_, lot), ..] ? lot.Id : null,
            AppliedOn = day,
            ReadOn = isRead ? day.AddDays(3) : null,
            Negative = isRead ? true : null,
            AppliedById = practitioner.Id,
        }));
    }
}

/// <summary>A past read or signature, for the audit trail.</summary>
internal sealed record DemoDeed(DateTime AtUtc, Guid UserId, string Action, Guid PatientId, Guid? RecordId);
