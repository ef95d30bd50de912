using MesoClinic.Application.Aftercare;
using MesoClinic.Data;
using MesoClinic.Domain.Complications;
using MesoClinic.Rules;
using MesoClinic.Rules.Complications;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Triage;
using Complication = MesoClinic.Domain.Complications.Complication;

namespace MesoClinic.Application.Complications;

/// <summary>Reads a report against the patient's sessions and answers it from the triage table. The caller has authorised the read.</summary>
public sealed class ProblemTriage(ClinicDbContext db, ClinicTime time, RuleBook book, TriageTable table, CurrentUser user)
{
    internal async Task<Outcome<Judged>> JudgeAsync(Guid patientId, ProblemReport report, CancellationToken token)
    {
        var errors = Unknown(report);
        var began = time.UtcNow;
        if (report is { BeganOn: { } day, BeganAt: { } at })
        {
            (began, var problem) = await time.ToUtcAsync(day.ToDateTime(at), token);
            if (problem is not null)
            {
                errors[nameof(report.BeganAt)] = [problem];
            }
            else if (began > time.UtcNow)
            {
                errors[day > await time.TodayAsync(token) ? nameof(report.BeganOn) : nameof(report.BeganAt)] = ["This still lies ahead. Say when it began."];
            }
        }

        if (errors.Count > 0)
        {
            return new Failure.Invalid(errors);
        }

        var sessions = await SignedSessions.SinceAsync(db, patientId, DateTime.MinValue, token);

        // The session before it began; a sign that seems older than every session gets no onset, so that the worst is assumed.
        var cause = sessions.FirstOrDefault(session => session.EndedUtc <= began);
        var symptoms = new SymptomReport(report.Symptom!)
        {
            OnsetHours = cause is null || report.BeganAt is null ? null : Hours(began - cause.EndedUtc),
            DurationHours = report.BeganAt is null ? null : Hours(time.UtcNow - began),
            Severity = report.Severity,
            Modifiers = report.Answers.Where(answer => answer.Value.Length > 0).ToDictionary(answer => answer.Key, answer => answer.Value, StringComparer.Ordinal),
        };
        return new Judged(patientId, symptoms, table.Assess(symptoms), table.QuestionsFor(symptoms).Modifiers, cause ?? (sessions.Count == 0 ? null : sessions[0]), began);
    }

    /// <summary>Keeps a judged report with the contacts that it calls for. What belongs to the ordinary course is only watched.</summary>
    internal Complication Keep(Judged judged, ProblemReport report, bool byPatient)
    {
        var now = time.UtcNow;
        var complication = new Complication
        {
            PatientId = judged.PatientId,
            SessionId = judged.Session?.Id,
            Report = judged.Report,
            Symptom = judged.Report.Symptom,
            Words = report.Words.Trim(),
            Areas = [.. report.Areas.Distinct(StringComparer.Ordinal)],
            OnsetUtc = judged.BeganUtc,
            ReportedUtc = now,
            ReportedById = user.RequiredId,
            ReportedByPatient = byPatient,
            Level = judged.Result.Level,
            AdviceShown = [.. judged.Result.Steps],
            TriageRules = [.. judged.Result.Rules],
            Candidates = [.. judged.Result.Complications],
            State = judged.Result.Level == TriageLevel.SelfCare ? ComplicationState.Watching : ComplicationState.Open,
        };
        var due = FollowUps.For(judged.Result.Complications, new DateTimeOffset(judged.Session?.EndedUtc ?? now), new DateTimeOffset(now), book.Knowledge);
        complication.FollowUps.AddRange(due.Select(contact => new Domain.Complications.FollowUp { Kind = contact.Step.Id, DueUtc = contact.Due.UtcDateTime }));
        db.Complications.Add(complication);
        return complication;
    }

    private Dictionary<string, string[]> Unknown(ProblemReport report)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (report.Areas.Any(area => !book.Areas.ContainsKey(area)))
        {
            errors[nameof(report.Areas)] = ["Choose areas of the list."];
        }

        var modifiers = book.Knowledge.Vocabulary.Modifiers;
        if (report.Answers.Any(answer => answer.Value.Length > 0 && modifiers.FirstOrDefault(modifier => modifier.Id == answer.Key)?.Options.Any(option => option.Value == answer.Value) != true))
        {
            errors[nameof(report.Answers)] = ["Answer the questions of the form."];
        }

        return errors;
    }

    private static decimal Hours(TimeSpan time) => Math.Round((decimal)time.TotalHours, 2);

    /// <param name="Open">Questions whose answers could still change the level or the advice.</param>
    /// <param name="Session">The newest signed session before it began.</param>
    internal sealed record Judged(Guid PatientId, SymptomReport Report, TriageResult Result, IReadOnlyList<Modifier> Open, SignedSession? Session, DateTime BeganUtc);
}
