using MesoClinic.Domain.Complications;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules;
using MesoClinic.Rules.Complications;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Triage;
using Complication = MesoClinic.Domain.Complications.Complication;
using FollowUp = MesoClinic.Domain.Complications.FollowUp;

namespace MesoClinic.Application.Clinics.Demo;

/// <summary>What went wrong in the made-up year: a red flag that is still open, and ordinary reactions that were followed up.</summary>
internal static class DemoComplications
{
    private static readonly (string Symptom, int HoursAfter, int DurationHours, Severity Severity, int Grade, string Cause, string Outcome)[] Ordinary =
    [
        ("bruise", 6, 100, Severity.Mild, 1, "expected-course", "Gone after five days."),
        ("swelling", 10, 40, Severity.Mild, 1, "expected-course", "Gone the next evening."),
        ("itch", 3, 12, Severity.Mild, 1, "product", "Gone after an antihistamine; the next session went without."),
        ("redness", 2, 30, Severity.Mild, 1, "expected-course", "Faded within two days."),
        ("faint", 0, 1, Severity.Mild, 1, "individual-predisposition", "Recovered lying down; told to eat before the next session."),
        ("papule", 1, 20, Severity.Mild, 1, "expected-course", "Flat by the next day."),
    ];

    public static void AddFor(DemoPatient seed, Patient patient, IReadOnlyList<Session> sessions, StaffMember practitioner, RuleBook book, DateTime now, DemoIds ids, List<Complication> complications)
    {
        var mine = sessions.Where(session => session.PatientId == patient.Id).ToList();
        if (seed.Story == "red-flag")
        {
            var report = new SymptomReport("redness")
            {
                OnsetHours = 54,
                DurationHours = 14,
                Severity = Severity.Moderate,
                Modifiers = new Dictionary<string, string>(StringComparer.Ordinal) { ["spreading"] = "yes", ["warm"] = "yes" },
            };
            complications.Add(Reported(patient, mine[^1], report, now.AddMinutes(-25), practitioner.Id, book, now, ids));
        }
        else if (mine.Count >= 4)
        {
            var (symptom, hoursAfter, duration, severity, grade, cause, outcome) = Ordinary[ids.Random.Next(Ordinary.Length)];
            var session = mine[^2];
            var report = new SymptomReport(symptom) { OnsetHours = hoursAfter, DurationHours = duration, Severity = severity };
            var complication = Reported(patient, session, report, session.EndedUtc!.Value.AddHours(hoursAfter + 4), practitioner.Id, book, now, ids);
            (complication.Grade, complication.Cause, complication.Outcome) = (grade, cause, outcome);
            complication.Diagnosis = complication.Candidates.FirstOrDefault();
            complication.State = ComplicationState.Closed;
            complication.SeenByStaffUtc = complication.ReportedUtc.AddMinutes(50);
            complication.ClosedUtc = complication.FollowUps.Select(f => f.DueUtc).DefaultIfEmpty(complication.ReportedUtc).Max();
            foreach (var followUp in complication.FollowUps)
            {
                (followUp.DoneUtc, followUp.DoneById) = (followUp.DueUtc, practitioner.Id);
            }

            complications.Add(complication);
        }
    }

    private static Complication Reported(Patient patient, Session session, SymptomReport report, DateTime reportedUtc, Guid by, RuleBook book, DateTime now, DemoIds ids)
    {
        var triage = new TriageTable(book.Knowledge).Assess(report);
        var due = FollowUps.For(triage.Complications, new DateTimeOffset(session.EndedUtc!.Value), new DateTimeOffset(reportedUtc), book.Knowledge);
        return new Complication
        {
            Id = ids.Next(),
            PatientId = patient.Id,
            SessionId = session.Id,
            Report = report,
            Symptom = report.Symptom,
            Areas = [session.Areas[0].Area],
            OnsetUtc = reportedUtc > now ? now : reportedUtc.AddHours(-1),
            ReportedUtc = reportedUtc > now ? now : reportedUtc,
            ReportedById = by,
            ReportedByPatient = report.Symptom is not "faint",
            Level = triage.Level,
            AdviceShown = [.. triage.Steps],
            TriageRules = [.. triage.Rules],
            Candidates = [.. triage.Complications],
            FollowUps = [.. due.Select(contact => new FollowUp { Id = ids.Next(), Kind = contact.Step.Id, DueUtc = contact.Due.UtcDateTime })],
        };
    }
}
