using MesoClinic.Application;
using MesoClinic.Application.Complications;
using MesoClinic.Domain.Complications;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Complications;

public sealed class ComplicationLogTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task A_manager_sees_all_entries_and_a_cosmetologist_those_of_assigned_patients(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);
        var id = await care.ReportAsync();
        var stranger = await care.Clinic.AddCosmetologistAsync("Marta Keller");

        Assert.Equal([id], (await ListAsync(care, care.Manager)).Rows.Select(row => row.Id));
        Assert.Equal([id], (await ListAsync(care, care.Practitioner)).Rows.Select(row => row.Id));
        var none = await ListAsync(care, stranger);
        Assert.Empty(none.Rows);
        Assert.Equal((0, 0), (none.Counts.Everything, none.Sessions));
        Assert.IsType<Failure.NotFound>((await care.Clinic.SendAsync(stranger, new GetComplication.Query(id))).Failure);
        Assert.IsType<Failure.NotFound>((await care.Clinic.SendAsync(stranger, new AcknowledgeComplication.Command { Id = id })).Failure);
        Assert.IsType<Failure.NotFound>((await care.Clinic.SendAsync(stranger, Judgement(id, Guid.Empty))).Failure);
        Assert.IsType<Failure.NotFound>((await care.Clinic.SendAsync(stranger, new CloseComplication.Command { Id = id, Outcome = "Gone" })).Failure);
        Assert.Empty((await care.Clinic.SendAsync(stranger, new ListComplicationTasks.Query())).Value!.Tasks);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_log_counts_with_its_denominator_and_puts_a_red_flag_first(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);
        var flag = await care.ReportAsync();
        var bruise = Care.SpreadingRedness(new ReportProblem.Command());
        (bruise.Symptom, bruise.Severity, bruise.Answers, bruise.BeganOn, bruise.BeganAt) = ("bruise", Severity.Mild, [], new DateOnly(2026, 6, 3), new TimeOnly(10, 30));
        await care.Clinic.SendAsync(care.Account, bruise);

        var page = await ListAsync(care, care.Manager);

        Assert.Equal(flag, page.Rows[0].Id);
        Assert.True(page.Rows[0].NeedsCall);
        Assert.Equal((2, 2, 1, 1), (page.Counts.Everything, page.Total, page.Counts.Open, page.Sessions));
        Assert.Equal(new DateTime(2026, 6, 2, 21, 0, 0), page.Rows[0].Onset);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Text_finds_a_patient_a_lot_and_a_symptom(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);
        await care.ReportAsync();

        foreach (var (text, found) in new[] { ("lindq", 1), ("HA-26", 1), ("redness", 1), ("%", 0), ("Keller", 0), ("VC-1", 0) })
        {
            Assert.Equal((text, found), (text, (await ListAsync(care, care.Manager, query => query.Text = text)).Rows.Count));
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Filters_leave_what_they_say(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);
        var id = await care.ReportAsync();
        await care.Clinic.SendAsync(care.Manager, Judgement(id, (await care.StoredAsync(id)).Version));

        Assert.Single((await ListAsync(care, care.Manager, query => query.Grade = 2)).Rows);
        Assert.Empty((await ListAsync(care, care.Manager, query => query.Grade = 3)).Rows);
        Assert.Single((await ListAsync(care, care.Manager, query => query.Cause = "infection")).Rows);
        Assert.Empty((await ListAsync(care, care.Manager, query => query.Cause = "product")).Rows);
        Assert.Single((await ListAsync(care, care.Manager, query => query.Level = TriageLevel.SeeDoctorToday)).Rows);
        Assert.Empty((await ListAsync(care, care.Manager, query => query.Level = TriageLevel.Emergency)).Rows);
        care.Clinic.Clock.Advance(TimeSpan.FromDays(40));
        Assert.Empty((await ListAsync(care, care.Manager, query => query.Days = 30)).Rows);
        Assert.Single((await ListAsync(care, care.Manager, query => query.Days = 90)).Rows);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_contact_is_due_when_its_time_has_come_and_done_once(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);
        var id = await care.ReportAsync();
        await care.Clinic.SendAsync(care.Practitioner, new AcknowledgeComplication.Command { Id = id });
        var contact = (await care.StoredAsync(id)).FollowUps.MinBy(due => due.DueUtc)!;
        Assert.Empty((await care.Clinic.SendAsync(care.Practitioner, new ListComplicationTasks.Query())).Value!.Tasks);
        care.Clinic.Clock.Set(new DateTimeOffset(contact.DueUtc).AddDays(1));

        var task = (await care.Clinic.SendAsync(care.Practitioner, new ListComplicationTasks.Query())).Value!.Tasks.Single();
        Assert.Equal((1, "020 7946 0128"), (task.Due!.OverdueDays, task.Phone));
        Assert.Equal(1, (await ListAsync(care, care.Manager, query => query.Show = ListComplications.Filter.FollowUpDue)).Total);

        var done = new CompleteFollowUp.Command { Id = id, FollowUpId = contact.Id, Note = "Fading, no warmth." };
        Assert.IsType<Failure.Invalid>((await care.Clinic.SendAsync(care.Practitioner, new CompleteFollowUp.Command { Id = id, FollowUpId = contact.Id })).Failure);
        Assert.True((await care.Clinic.SendAsync(care.Practitioner, done)).Succeeded);
        Assert.True((await care.Clinic.SendAsync(care.Practitioner, done)).Succeeded);
        Assert.IsType<Failure.Conflict>((await care.Clinic.SendAsync(care.Practitioner, new CompleteFollowUp.Command { Id = id, FollowUpId = contact.Id, Note = "Again" })).Failure);
        Assert.Equal("Fading, no warmth.", (await care.StoredAsync(id)).FollowUps.Single(due => due.Id == contact.Id).Note);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_red_flag_waits_for_somebody_until_it_is_taken_up(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);
        var id = await care.ReportAsync();

        var task = (await care.Clinic.SendAsync(care.Practitioner, new ListComplicationTasks.Query())).Value!.Tasks.Single();
        Assert.Null(task.Due);
        Assert.True((await care.Clinic.SendAsync(care.Practitioner, new AcknowledgeComplication.Command { Id = id })).Succeeded);

        Assert.Equal(care.Practitioner, (await care.StoredAsync(id)).SeenById);
        var taken = Assert.IsType<Failure.Conflict>((await care.Clinic.SendAsync(care.Manager, new AcknowledgeComplication.Command { Id = id })).Failure);
        Assert.Equal("Irina Volkova has taken this up already.", taken.Message);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_case_closes_only_with_grade_cause_and_outcome_and_can_be_opened_again(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);
        var id = await care.ReportAsync();
        var version = (await care.StoredAsync(id)).Version;

        Assert.Equal(["Outcome"], Assert.IsType<Failure.Invalid>((await care.Clinic.SendAsync(care.Manager, new CloseComplication.Command { Id = id, Version = version })).Failure).Errors.Keys);
        Assert.Equal([""], Assert.IsType<Failure.Invalid>((await care.Clinic.SendAsync(care.Manager, new CloseComplication.Command { Id = id, Version = version, Outcome = "Gone" })).Failure).Errors.Keys);
        await care.Clinic.SendAsync(care.Manager, Judgement(id, version));
        version = (await care.StoredAsync(id)).Version;
        Assert.True((await care.Clinic.SendAsync(care.Manager, new CloseComplication.Command { Id = id, Version = version, Outcome = "Gone after antibiotics" })).Succeeded);
        Assert.Equal((ComplicationState.Closed, "Gone after antibiotics"), ((await care.StoredAsync(id)).State, (await care.StoredAsync(id)).Outcome));
        Assert.IsType<Failure.Conflict>((await care.Clinic.SendAsync(care.Manager, Judgement(id, (await care.StoredAsync(id)).Version))).Failure);

        Assert.IsType<Failure.Invalid>((await care.Clinic.SendAsync(care.Manager, new ReopenComplication.Command { Id = id })).Failure);
        Assert.True((await care.Clinic.SendAsync(care.Manager, new ReopenComplication.Command { Id = id, Reason = "It came back" })).Succeeded);
        Assert.Equal(ComplicationState.Open, (await care.StoredAsync(id)).State);
        Assert.Equal("It came back", await care.Clinic.InDatabaseAsync(db => db.AuditEntries.Where(entry => entry.Action == nameof(ReopenComplication) && entry.Outcome == "Done").Select(entry => entry.Reason).SingleAsync()));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_judges_from_an_older_version_is_told_so_and_changes_nothing(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);
        var id = await care.ReportAsync();
        var old = (await care.StoredAsync(id)).Version;
        Assert.True((await care.Clinic.SendAsync(care.Manager, Judgement(id, old))).Succeeded);

        var late = Judgement(id, old);
        late.Grade = 4;

        Assert.IsType<Failure.Stale>((await care.Clinic.SendAsync(care.Practitioner, late)).Failure);
        Assert.Equal(2, (await care.StoredAsync(id)).Grade);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_judgement_knows_only_rows_of_the_tables(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);
        var id = await care.ReportAsync();

        var refused = Assert.IsType<Failure.Invalid>((await care.Clinic.SendAsync(care.Manager, new JudgeComplication.Command { Id = id, Diagnosis = "cx-moon", Grade = 6, Cause = "fate" })).Failure);

        Assert.Equal(["Cause", "Diagnosis", "Grade"], refused.Errors.Keys.Order(StringComparer.Ordinal));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task An_entry_shows_what_was_done_before_and_reading_it_is_written_down(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);
        var id = await care.ReportAsync();

        var view = (await care.Clinic.SendAsync(care.Manager, new GetComplication.Query(id))).Value!;

        Assert.Equal((care.Session, 54m, "Hannah Lindqvist"), (view.Session!.Id, view.HoursAfterSession, view.ReportedBy));
        Assert.EndsWith(" HA-2604", view.Session.Cocktail.Single(), StringComparison.Ordinal);
        Assert.Contains(view.Told, told => told is { Question: "How bad", Answer: "Moderate" });
        Assert.True(await care.Clinic.InDatabaseAsync(db => db.AuditEntries.AnyAsync(entry => entry.UserId == care.Manager && entry.PatientId == care.Patient && entry.Action == nameof(GetComplication))));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Staff_record_what_they_saw_and_have_taken_it_up_with_that(Engine engine)
    {
        await using var care = await Care.AfterSessionAsync(engine);
        var stranger = await care.Clinic.AddCosmetologistAsync("Marta Keller");
        RecordComplication.Command Recorded() => new() { PatientId = care.Patient, Symptom = "fever", BeganOn = new DateOnly(2026, 6, 3), BeganAt = new TimeOnly(8, 0), Severity = Severity.Moderate };

        var entry = await care.StoredAsync((await care.Clinic.SendAsync(care.Practitioner, Recorded())).Value);

        Assert.Equal((false, care.Practitioner, false), (entry.ReportedByPatient, entry.SeenById, entry.NeedsCall));
        Assert.True((await care.Clinic.SendAsync(care.Manager, Recorded())).Succeeded);
        Assert.IsType<Failure.ReasonNeeded>((await care.Clinic.SendAsync(stranger, Recorded())).Failure);
        Assert.IsType<Failure.Forbidden>((await care.Clinic.SendAsync(care.Account, Recorded())).Failure);
    }

    private static async Task<ListComplications.Page> ListAsync(Care care, Guid user, Action<ListComplications.Query>? with = null)
    {
        var query = new ListComplications.Query();
        with?.Invoke(query);
        return (await care.Clinic.SendAsync(user, query)).Value!;
    }

    private static JudgeComplication.Command Judgement(Guid id, Guid version) =>
        new() { Id = id, Version = version, Diagnosis = TestClinic.Book.Value.Knowledge.Triage.Single(row => row.Id == "tg-spreading-warm-redness").Complications[0], Grade = 2, Cause = "infection" };
}
