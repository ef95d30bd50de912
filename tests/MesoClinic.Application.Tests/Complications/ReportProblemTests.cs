using MesoClinic.Application;
using MesoClinic.Application.Aftercare;
using MesoClinic.Application.Complications;
using MesoClinic.Domain.Complications;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Complications;

public sealed class ReportProblemTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task Spreading_warm_redness_after_two_days_is_to_be_seen_by_a_doctor_today(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);

        var view = (await care.Clinic.SendAsync(care.Account, Fill(new TriageProblem.Query()))).Value!;

        Assert.Equal(TriageLevel.SeeDoctorToday, view.Level);
        Assert.Contains("Draw the border of the redness with a pen and note the time.", view.Steps);
        Assert.Equal(54, view.HoursAfterSession);
        Assert.Equal(["Cheeks"], view.Areas);
        Assert.Contains(view.Told, told => told is { Question: "Does the skin feel warm?", Answer: "Yes" });
        Assert.StartsWith("Open until 19:00.", view.WhomToAsk, StringComparison.Ordinal);
        Assert.Equal(0, await care.Clinic.InDatabaseAsync(db => db.Complications.CountAsync()));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Only_details_that_can_change_the_answer_are_asked(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);
        var query = Fill(new TriageProblem.Query());
        query.Answers = [];

        var open = (await care.Clinic.SendAsync(care.Account, query)).Value!.Open.Select(question => question.Id).ToList();

        Assert.Contains("warm", open);
        Assert.DoesNotContain("chest_pain", open);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_sent_report_is_kept_with_its_answer_its_contacts_and_the_session_before_it(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);
        var command = Fill(new ReportProblem.Command());
        command.Words = "  It creeps towards the ear  ";

        var id = (await care.Clinic.SendAsync(care.Account, command)).Value;

        var kept = await care.StoredAsync(id);
        Assert.Equal((care.Session, care.Patient, true), (kept.SessionId, kept.PatientId, kept.ReportedByPatient));
        Assert.Equal((TriageLevel.SeeDoctorToday, ComplicationState.Open), (kept.Level, kept.State));
        Assert.True(kept.NeedsCall);
        Assert.Equal("It creeps towards the ear", kept.Words);
        Assert.Equal(54, kept.Report.OnsetHours);
        Assert.Equal("tg-spreading-warm-redness", kept.TriageRules[0]);
        Assert.NotEmpty(kept.Candidates);
        Assert.NotEmpty(kept.FollowUps);
        Assert.All(kept.FollowUps, contact => Assert.True(contact.DueUtc > kept.ReportedUtc));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_belongs_to_the_ordinary_course_is_watched_and_not_open(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);
        var command = Fill(new ReportProblem.Command());
        (command.Symptom, command.Severity, command.Answers) = ("bruise", Severity.Mild, []);

        var kept = await care.StoredAsync((await care.Clinic.SendAsync(care.Account, command)).Value);

        Assert.Equal((TriageLevel.SelfCare, ComplicationState.Watching, false), (kept.Level, kept.State, kept.NeedsCall));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task An_emergency_needs_nothing_but_the_symptom(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);

        var kept = await care.StoredAsync((await care.Clinic.SendAsync(care.Account, new ReportProblem.Command { Symptom = "dyspnoea" })).Value);

        Assert.Equal(TriageLevel.Emergency, kept.Level);
        Assert.Equal("Call the emergency number now.", kept.AdviceShown[0]);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Anything_else_asks_when_and_how_bad(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);

        var refused = Assert.IsType<Failure.Invalid>((await care.Clinic.SendAsync(care.Account, new ReportProblem.Command { Symptom = "redness" })).Failure);

        Assert.Equal(["BeganAt", "BeganOn", "Severity"], refused.Errors.Keys.Order(StringComparer.Ordinal));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_beginning_that_lies_ahead_is_refused_beside_its_field(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);
        var later = Fill(new ReportProblem.Command());
        later.BeganAt = TimeOnly.FromDateTime(care.Now.DateTime.AddMinutes(5));
        later.BeganOn = DateOnly.FromDateTime(care.Now.DateTime);
        var tomorrow = Fill(new ReportProblem.Command());
        tomorrow.BeganOn = DateOnly.FromDateTime(care.Now.DateTime.AddDays(1));

        Assert.Equal(["BeganAt"], Assert.IsType<Failure.Invalid>((await care.Clinic.SendAsync(care.Account, later)).Failure).Errors.Keys);
        Assert.Equal(["BeganOn"], Assert.IsType<Failure.Invalid>((await care.Clinic.SendAsync(care.Account, tomorrow)).Failure).Errors.Keys);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_began_before_every_session_is_answered_as_if_it_had_begun_at_the_worst_time(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);
        var query = Fill(new TriageProblem.Query());
        query.BeganOn = DateOnly.FromDateTime(care.Now.DateTime.AddDays(-20));

        var view = (await care.Clinic.SendAsync(care.Account, query)).Value!;

        Assert.Null(view.HoursAfterSession);
        Assert.Equal(TriageLevel.SeeDoctorToday, view.Level);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Sending_twice_reports_once(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);
        var command = Fill(new ReportProblem.Command());

        var first = await care.Clinic.SendAsync(care.Account, command);
        var second = await care.Clinic.SendAsync(care.Account, command);

        Assert.Equal(first.Value, second.Value);
        Assert.Equal(1, await care.Clinic.InDatabaseAsync(db => db.Complications.CountAsync()));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Nobody_reports_for_or_reads_the_report_of_somebody_else(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);
        var id = (await care.Clinic.SendAsync(care.Account, Fill(new ReportProblem.Command()))).Value;
        var stranger = await care.Clinic.AddPatientAccountAsync(await care.Clinic.AddHealthyPatientAsync());
        var foreign = Fill(new ReportProblem.Command());
        foreign.PatientId = care.Patient;

        Assert.IsType<Failure.NotFound>((await care.Clinic.SendAsync(stranger, foreign)).Failure);
        Assert.IsType<Failure.NotFound>((await care.Clinic.SendAsync(stranger, new GetMyReport.Query(id))).Failure);
        Assert.IsType<Failure.Forbidden>((await care.Clinic.SendAsync(care.Account, new GetComplication.Query(id))).Failure);
        Assert.IsType<Failure.Forbidden>((await care.Clinic.SendAsync(care.Account, new ListComplications.Query())).Failure);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_patient_sees_that_the_clinic_has_taken_it_up(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);
        var id = (await care.Clinic.SendAsync(care.Account, Fill(new ReportProblem.Command()))).Value;
        Assert.Null((await care.Clinic.SendAsync(care.Account, new GetMyReport.Query(id))).Value!.Seen);
        Assert.False((await care.Clinic.SendAsync(care.Account, new GetMyHome.Query())).Value!.Report!.IsSeen);

        await care.Clinic.SendAsync(care.Practitioner, new AcknowledgeComplication.Command { Id = id });

        Assert.NotNull((await care.Clinic.SendAsync(care.Account, new GetMyReport.Query(id))).Value!.Seen);
        Assert.True((await care.Clinic.SendAsync(care.Account, new GetMyHome.Query())).Value!.Report!.IsSeen);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Unknown_areas_answers_and_symptoms_are_refused(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);
        var command = Fill(new ReportProblem.Command());
        command.Areas = ["moon"];
        command.Answers["warm"] = "perhaps";

        Assert.Equal(["Answers", "Areas"], Assert.IsType<Failure.Invalid>((await care.Clinic.SendAsync(care.Account, command)).Failure).Errors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["Symptom"], Assert.IsType<Failure.Invalid>((await care.Clinic.SendAsync(care.Account, new ReportProblem.Command { Symptom = "boredom" })).Failure).Errors.Keys);
    }

    private static T Fill<T>(T report)
        where T : ProblemReport => Care.SpreadingRedness(report);
}
