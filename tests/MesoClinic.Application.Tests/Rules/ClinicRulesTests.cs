using MesoClinic.Application.Booking;
using MesoClinic.Application.Patients;
using MesoClinic.Application.Rules;
using MesoClinic.Application.Tests.Booking;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Rules;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static MesoClinic.Testing.BookingBuilders;

namespace MesoClinic.Application.Tests.Rules;

public sealed class ClinicRulesTests
{
    /// <summary>Fires on everybody who is treated in the forehead.</summary>
    internal const string NoForeheads = """
        {
          "id": "ci-clinic-forehead",
          "title": "No foreheads in this clinic",
          "tier": "temporary",
          "action": "postpone",
          "detect": { "any": [ { "type": "planned-area", "in": [ "forehead" ] } ] },
          "scope": { "extent": "technique" },
          "rationale": "Our own policy.",
          "clearsWhen": "The policy changes.",
          "override": "none-until-cleared",
          "sources": [ "clinic" ],
          "reviewStatus": "unreviewed"
        }
        """;

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_rule_goes_from_draft_to_book_and_coming_appointments_turn_into_tasks(Engine engine)
    {
        await using var desk = await BookedAsync(engine);
        var (clinic, cosmetologist, patient) = (desk.Clinic, desk.Irina, desk.Patient);
        var (manager, physician) = (await clinic.AddManagerAsync(), await clinic.AddCosmetologistAsync("Dr Paul Adler", Qualification.Dermatologist));

        var draft = (await clinic.SendAsync(manager, new SaveRuleDraft.Command { Kind = RuleDraftKind.Addition, Json = NoForeheads, Note = "Three bruises in May" })).Must();
        Assert.IsType<Failure.Conflict>((await clinic.SendAsync(manager, new PublishRuleDraft.Command { DraftId = draft })).Failure);
        Assert.IsType<Failure.Conflict>((await ApproveAsync(clinic, physician, draft)).Failure);
        (await clinic.SendAsync(manager, new ReplayRuleDraft.Command { DraftId = draft })).Must();
        Assert.IsType<Failure.Forbidden>((await ApproveAsync(clinic, cosmetologist, draft)).Failure);
        (await ApproveAsync(clinic, physician, draft)).Must();
        Assert.Equal(1, (await clinic.SendAsync(manager, new PublishRuleDraft.Command { DraftId = draft })).Must());

        Assert.Equal(1, (await clinic.SendAsync(manager, new GetRescreening.Query())).Must().Waiting);
        Assert.Equal(1, await RescreenAsync(clinic));
        Assert.Equal(0, (await clinic.SendAsync(manager, new GetRescreening.Query())).Must().Waiting);
        var task = Assert.Single((await clinic.SendAsync(manager, new ListSafetyTasks.Query())).Must().Tasks);
        Assert.Equal(("Hannah Lindqvist", "020 7946 0128", SafetyTaskCause.RuleBookChanged), (task.Patient, task.Phone, task.Cause));
        Assert.Null(task.Because);
        var seen = Assert.Single((await clinic.SendAsync(cosmetologist, new ListSafetyTasks.Query())).Must().Tasks);
        Assert.Equal((Decision.Postpone, "No foreheads in this clinic"), (seen.Decision, seen.Because));
        Assert.IsType<Failure.Contraindicated>((await clinic.SendAsync(cosmetologist, ABooking(patient, cosmetologist, await clinic.AddRoomAsync("Room 2"), start: "14:00"))).Failure);

        Assert.Empty((await clinic.SendAsync(cosmetologist, new TodayBoard.Query())).Must().Alarms);
        (await clinic.SendAsync(cosmetologist, new HandleSafetyTask.Command { TaskId = seen.Id, Version = seen.Version, Note = "Called; comes for the cheeks instead." })).Must();
        Assert.Equal(Decision.Postpone, Assert.Single((await clinic.SendAsync(cosmetologist, new TodayBoard.Query())).Must().Alarms).Decision);
        Assert.Empty((await clinic.SendAsync(manager, new ListSafetyTasks.Query())).Must().Tasks);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Going_back_to_the_built_in_rules_clears_what_the_clinic_had_added(Engine engine)
    {
        await using var desk = await BookedAsync(engine);
        var clinic = desk.Clinic;
        var (manager, physician) = (await clinic.AddManagerAsync(), await clinic.AddCosmetologistAsync("Dr Paul Adler", Qualification.Physician));
        await PublishAsync(clinic, manager, physician, NoForeheads, RuleDraftKind.Addition);
        await RescreenAsync(clinic);

        Assert.IsType<Failure.Forbidden>((await clinic.SendAsync(manager, new RestoreRuleBook.Command { Number = 0, Note = "x" })).Failure);
        Assert.Equal(2, (await clinic.SendAsync(physician, new RestoreRuleBook.Command { Number = 0, Note = "The policy is over" })).Must());
        Assert.Equal(1, await RescreenAsync(clinic));

        Assert.Empty((await clinic.SendAsync(manager, new ListSafetyTasks.Query())).Must().Tasks);
        var appointment = await clinic.InDatabaseAsync(db => db.Appointments.AsNoTracking().SingleAsync(a => a.Plan != null));
        Assert.True(appointment.Decision <= Decision.AllowWithCaution);
        Assert.All((await clinic.SendAsync(manager, new GetRescreening.Query())).Must().Rounds, round => Assert.NotNull(round.Finished));
        Assert.Equal(TestClinic.Book.Value.Hash, (await clinic.SendAsync(manager, new GetRescreening.Query())).Must().RuleBook);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_changed_profile_raises_a_task_and_its_correction_closes_it(Engine engine)
    {
        await using var desk = await BookedAsync(engine);
        var (clinic, cosmetologist, patient) = (desk.Clinic, desk.Irina, desk.Patient);

        await SetPregnantAsync(clinic, cosmetologist, patient, "yes");
        var task = Assert.Single((await clinic.SendAsync(cosmetologist, new ListSafetyTasks.Query())).Must().Tasks);
        Assert.Equal(SafetyTaskCause.ProfileChanged, task.Cause);
        await clinic.InDatabaseAsync(async db =>
        {
            // Two that judge at once: the schema keeps the second task out.
            var open = await db.SafetyTasks.AsNoTracking().SingleAsync();
            db.SafetyTasks.Add(new SafetyTask { PatientId = patient, AppointmentId = open.AppointmentId, Cause = open.Cause, Before = open.Before, After = open.After, AssessmentId = open.AssessmentId, RaisedUtc = open.RaisedUtc });
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
        });

        await SetPregnantAsync(clinic, cosmetologist, patient, "no");
        Assert.Empty((await clinic.SendAsync(cosmetologist, new ListSafetyTasks.Query())).Must().Tasks);
    }

    [Theory]
    [InlineData(RuleDraftKind.Addition, "\"ci-clinic-forehead\"", "\"ci-forehead\"", "ci-clinic-")]
    [InlineData(RuleDraftKind.Addition, "\"forehead\" ]", "\"fourhead\" ]", "fourhead")]
    [InlineData(RuleDraftKind.Addition, "\"postpone\"", "\"delay\"", "action")]
    [InlineData(RuleDraftKind.Addition, "\"title\":", "\"titel\":", "titel")]
    [InlineData(RuleDraftKind.Addition, "\"clinic\" ]", "\"hearsay\" ]", "hearsay")]
    [InlineData(RuleDraftKind.Stricter, "", "", "no built-in rule")]
    [InlineData(RuleDraftKind.Removal, "", "", "not a rule of the clinic's own")]
    public async Task A_draft_that_cannot_stand_in_the_book_is_refused_with_the_reason(RuleDraftKind kind, string from, string to, string reason)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var json = from.Length == 0 ? NoForeheads : NoForeheads.Replace(from, to, StringComparison.Ordinal);
        var outcome = await clinic.SendAsync(await clinic.AddManagerAsync(), new SaveRuleDraft.Command { Kind = kind, Json = json, Note = "why" });
        Assert.Contains(reason, Assert.Single(Assert.IsType<Failure.Invalid>(outcome.Failure).Errors[nameof(SaveRuleDraft.Command.Json)]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"action\": \"postpone\"", "\"action\": \"refuse\"", null)]
    [InlineData("\"action\": \"postpone\"", "\"action\": \"allow-with-caution\"", "action")]
    [InlineData("\"withinDays\": ", "\"withinDays\": 1", "detect")]
    [InlineData("\"override\": \"none-until-cleared\"", "\"override\": \"any-clinician\"", "override")]
    public async Task A_stricter_form_is_never_milder_than_the_built_in_rule(string from, string to, string? field)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var manager = await clinic.AddManagerAsync();
        var original = (await clinic.SendAsync(manager, new GetRuleDraft.Query(null, "ci-botulinum-14d"))).Must().Json;
        Assert.Contains(from, original, StringComparison.Ordinal);
        var outcome = await clinic.SendAsync(manager, new SaveRuleDraft.Command { Kind = RuleDraftKind.Stricter, Json = original.Replace(from, to, StringComparison.Ordinal), Note = "why" });
        if (field is null)
        {
            outcome.Must();
        }
        else
        {
            Assert.Contains(Assert.IsType<Failure.Invalid>(outcome.Failure).Errors[nameof(SaveRuleDraft.Command.Json)], problem => problem.StartsWith($"Field {field}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_book_in_force_never_steps_back()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        await using var empty = await TestClinic.OpenAsync(Engine.Sqlite);
        await PublishElsewhereAsync(clinic);
        await using var scope = clinic.Scope();
        var books = scope.ServiceProvider.GetRequiredService<CurrentRuleBook>();
        var published = await clinic.InDatabaseAsync(db => books.RefreshAsync(db, CancellationToken.None));

        // As an operation sees it that began to read before the version was published.
        await empty.InDatabaseAsync(db => books.RefreshAsync(db, CancellationToken.None));

        Assert.Equal((1, published.Hash), (books.Number, books.Book.Hash));
        Assert.NotEqual(TestClinic.Book.Value.Hash, published.Hash);
    }

    [Fact]
    public async Task Another_program_is_answered_by_the_book_in_force()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        await PublishElsewhereAsync(clinic);
        await using var scope = clinic.Scope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().IsApiClient("test");
        var body = System.Text.Json.JsonSerializer.SerializeToElement(new { date = "2026-07-10", plan = new { areas = new[] { "forehead" } } });

        var assessment = (await scope.ServiceProvider.GetRequiredService<MediatR.IMediator>().Send(new AssessPlan.Query(body))).Must();

        Assert.Contains(assessment.Findings, finding => finding.Rule == "ci-clinic-forehead");
    }

    [Fact]
    public void An_update_of_the_portal_leaves_the_stricter_of_both_forms()
    {
        var built = TestClinic.Book.Value.Contraindications["ci-botulinum-14d"];
        var wider = TestClinic.Book.Value.Contraindications["ci-keloid-personal"].Detect;

        // As published over an older book: its condition was another one, its action milder or stricter than today's.
        var milder = ClinicRules.Over(TestClinic.Book.Value, [built with { Action = Decision.AllowWithCaution, Tier = Tier.Caution, Override = OverridePolicy.AnyClinician, Detect = wider }]).Contraindications[built.Id];
        var stricter = ClinicRules.Over(TestClinic.Book.Value, [built with { Action = Decision.Refuse, Tier = Tier.Absolute, Override = OverridePolicy.None, Detect = wider }]).Contraindications[built.Id];

        Assert.Equal((Decision.Postpone, Tier.Temporary, OverridePolicy.NoneUntilCleared), (milder.Action, milder.Tier, milder.Override));
        Assert.Equal((Decision.Refuse, Tier.Absolute, OverridePolicy.None), (stricter.Action, stricter.Tier, stricter.Override));
        Assert.All([milder, stricter], rule => Assert.Same(built.Detect, rule.Detect));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_changed_text_has_to_be_replayed_and_approved_again(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, physician) = (await clinic.AddManagerAsync(), await clinic.AddCosmetologistAsync("Dr Paul Adler", Qualification.Physician));
        var draft = (await clinic.SendAsync(manager, new SaveRuleDraft.Command { Kind = RuleDraftKind.Addition, Json = NoForeheads, Note = "why" })).Must();
        (await clinic.SendAsync(manager, new ReplayRuleDraft.Command { DraftId = draft })).Must();
        (await ApproveAsync(clinic, physician, draft)).Must();
        var read = (await clinic.SendAsync(manager, new GetRuleDraft.Query(draft))).Must();

        var changed = read.Json.Replace("Our own policy.", "Our own new policy.", StringComparison.Ordinal);
        (await clinic.SendAsync(manager, new SaveRuleDraft.Command { Id = draft, Version = read.Version, Kind = read.Kind, Json = changed, Note = "why" })).Must();

        Assert.IsType<Failure.Conflict>((await clinic.SendAsync(manager, new PublishRuleDraft.Command { DraftId = draft })).Failure);
        Assert.IsType<Failure.Conflict>((await ApproveAsync(clinic, physician, draft)).Failure);
        Assert.IsType<Failure.Stale>((await clinic.SendAsync(manager, new SaveRuleDraft.Command { Id = draft, Version = read.Version, Kind = read.Kind, Json = changed, Note = "why" })).Failure);
    }

    [Fact]
    public async Task A_rule_of_the_clinics_own_is_taken_out_again_and_a_built_in_one_never()
    {
        await using var desk = await BookedAsync(Engine.Sqlite);
        var clinic = desk.Clinic;
        var (manager, physician) = (await clinic.AddManagerAsync(), await clinic.AddCosmetologistAsync("Dr Paul Adler", Qualification.Physician));
        await PublishAsync(clinic, manager, physician, NoForeheads, RuleDraftKind.Addition);
        var booking = ABooking(await desk.AnotherPatientAsync(), desk.Irina, desk.Room, start: "14:00");
        Assert.IsType<Failure.Contraindicated>((await desk.SendAsync(booking, acknowledge: true)).Failure);

        await PublishAsync(clinic, manager, physician, NoForeheads, RuleDraftKind.Removal);

        booking.CommandId = Guid.NewGuid();
        (await desk.SendAsync(booking, acknowledge: true)).Must();
        var builtIn = ClinicRules.Write(TestClinic.Book.Value.Knowledge.Contraindications[0]);
        var refused = await clinic.SendAsync(manager, new SaveRuleDraft.Command { Kind = RuleDraftKind.Removal, Json = builtIn, Note = "why" });
        Assert.Contains("cannot be taken out", Assert.IsType<Failure.Invalid>(refused.Failure).Errors[nameof(SaveRuleDraft.Command.Json)][0], StringComparison.Ordinal);
    }

    /// <summary>Another instance publishes a version.</summary>
    internal static Task PublishElsewhereAsync(TestClinic clinic) => clinic.InDatabaseAsync(async db =>
    {
        db.RuleBookVersions.Add(new RuleBookVersion { Number = 1, Json = $"[{NoForeheads}]", RuleBook = "sha256:elsewhere", Note = "why", ApprovedById = Guid.NewGuid(), PublishedById = Guid.NewGuid(), PublishedUtc = TestClinic.Start.UtcDateTime });
        await db.SaveChangesAsync();
    });

    internal static async Task PublishAsync(TestClinic clinic, Guid manager, Guid physician, string json, RuleDraftKind kind)
    {
        var draft = (await clinic.SendAsync(manager, new SaveRuleDraft.Command { Kind = kind, Json = json, Note = "why" })).Must();
        (await clinic.SendAsync(manager, new ReplayRuleDraft.Command { DraftId = draft })).Must();
        (await ApproveAsync(clinic, physician, draft)).Must();
        (await clinic.SendAsync(manager, new PublishRuleDraft.Command { DraftId = draft })).Must();
    }

    internal static async Task<Outcome<Done>> ApproveAsync(TestClinic clinic, Guid physician, Guid draft)
    {
        var version = await clinic.InDatabaseAsync(db => db.RuleDrafts.Where(row => row.Id == draft).Select(row => row.Version).SingleAsync());
        return await clinic.SendAsync(physician, new ApproveRuleDraft.Command { DraftId = draft, Version = version });
    }

    internal static async Task<int> RescreenAsync(TestClinic clinic)
    {
        await using var scope = clinic.Scope();
        return await scope.ServiceProvider.GetRequiredService<Rescreener>().RunAsync(CancellationToken.None);
    }

    internal static async Task<Desk> BookedAsync(Engine engine)
    {
        var desk = await Desk.OpenAsync(engine);
        await desk.BookAsync();
        return desk;
    }

    internal static async Task SetPregnantAsync(TestClinic clinic, Guid by, Guid patient, string answer)
    {
        clinic.Clock.Advance(TimeSpan.FromMinutes(1));
        var version = await clinic.InDatabaseAsync(db => db.Patients.Where(p => p.Id == patient).Select(p => p.Version).SingleAsync());
        (await clinic.SendAsync(by, new RecordAnswers.Command { PatientId = patient, Version = version, Items = [new RecordAnswers.Item { Question = "q-pregnant", Value = answer }] })).Must();
    }
}
